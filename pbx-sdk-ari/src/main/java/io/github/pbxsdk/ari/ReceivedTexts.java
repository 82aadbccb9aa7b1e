package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.event.TextMessageReceivedEvent;
import io.github.pbxsdk.ari.model.AriTextMessage;
import io.github.pbxsdk.ari.model.Endpoint;
import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.ExtensionNumber;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.SipUri;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes texts of events, each once: of the same one every application that hears of the endpoint is
 * told. Used by the one thread that delivers events.
 */
final class ReceivedTexts {

    /** How many are remembered; the events of one text follow each other at once. */
    private static final int REMEMBERED = 1024;

    /** Headers with proofs of the password, which have no place in a text that is stored. */
    private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization");

    private final String via;
    private final Set<List<String>> told = new LinkedHashSet<>();

    ReceivedTexts(String via) {
        this.via = via;
    }

    /** Returns the text of an event, unless it was told before. */
    Optional<TextMessage> take(TextMessageReceivedEvent event) {
        AriTextMessage message = event.message();
        Optional<String> id = sipId(message);
        if (id.isPresent() && !isNew(List.of(id.get(), message.from(), message.body()))) {
            return Optional.empty();
        }
        TextMessage.Builder text =
                TextMessage.builder(Direction.INBOUND)
                        .text(message.body())
                        .via(via)
                        .raw(raw(message));
        id.map(MessageId::of).ifPresent(text::id);
        sender(message.from(), event.endpoint()).ifPresent(text::from);
        recipient(message.to()).ifPresent(text::addTo);
        event.timestamp().ifPresent(text::sentAt);
        return Optional.of(text.build());
    }

    private boolean isNew(List<String> text) {
        boolean added = told.add(text);
        if (told.size() > REMEMBERED) {
            told.remove(told.iterator().next());
        }
        return added;
    }

    /** Telephones send many texts under one Call-ID; with the CSeq it is theirs alone. */
    private static Optional<String> sipId(AriTextMessage message) {
        String call = message.variables().text("Call-ID");
        String sequence = message.variables().text("CSeq");
        return call.isEmpty() || sequence.isEmpty()
                ? Optional.empty()
                : Optional.of(call + " " + sequence);
    }

    /** Whom the server has recognised is an extension; what a carrier writes stays as it is. */
    private static Optional<Address> sender(String from, Optional<Endpoint> endpoint) {
        String address = withoutName(from);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Optional<SipUri> uri = SipUri.find(address);
        return endpoint.map(Endpoint::resource)
                .filter(known -> uri.flatMap(SipUri::user).filter(known::equals).isPresent())
                .flatMap(ExtensionNumber::find)
                .<Address>map(extension -> extension)
                .or(() -> Optional.of(Address.parse(address)));
    }

    /** The server writes {@code pjsip:600@pbx.example.com}, whatever the scheme was. */
    private static Optional<Address> recipient(String to) {
        String user = to.replaceFirst("^[a-zA-Z]+:", "").replaceFirst("@.*", "");
        return user.isEmpty()
                ? Optional.empty()
                : ExtensionNumber.find(user)
                        .<Address>map(extension -> extension)
                        .or(() -> Optional.of(Address.parse(user)));
    }

    private static String withoutName(String from) {
        int open = from.lastIndexOf('<');
        int close = from.indexOf('>', open + 1);
        return open >= 0 && close > open ? from.substring(open + 1, close) : from.strip();
    }

    private static RawFields raw(AriTextMessage message) {
        RawFields.Builder raw = RawFields.builder();
        message.variables()
                .toMap()
                .forEach(
                        (name, value) -> {
                            if (!SECRET.contains(name.toLowerCase(Locale.ROOT))) {
                                raw.add(name, value);
                            }
                        });
        return raw.build();
    }
}
