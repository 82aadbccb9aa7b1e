package io.github.pbxsdk.ami;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.UserEvent;
import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.ExtensionNumber;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.PhoneNumber;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import okio.Buffer;

/** Reads texts out of events, and notes what about an event may be forged. */
final class AmiTextReader {

    private static final String RECEIVED_BY_PROXY = "MessageReceived";
    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{6,14}");

    private final String via;
    private final Set<String> userEvents;
    private final List<String> base64Headers;
    private final List<String> plainHeaders;

    AmiTextReader(
            String via,
            Set<String> userEvents,
            List<String> base64Headers,
            List<String> plainHeaders) {
        this.via = via;
        this.userEvents = userEvents;
        this.base64Headers = base64Headers;
        this.plainHeaders = plainHeaders;
    }

    /** Returns what an event says about a text, if it is about one. */
    Optional<AmiText> read(AmiEvent event) {
        if (event instanceof UserEvent raised) {
            return readUserEvent(raised);
        }
        return event.name().equals(RECEIVED_BY_PROXY)
                ? Optional.of(new Reading(event, "From", "To", AmiTextReader::pbxAddress).ofProxy())
                : Optional.empty();
    }

    private Optional<AmiText> readUserEvent(UserEvent event) {
        String name = event.userEventName().toLowerCase(Locale.ROOT);
        Optional<AmiText.Kind> freePbx =
                switch (name) {
                    case "sms-inbound" -> Optional.of(AmiText.Kind.RECEIVED);
                    case "sms-outbound" -> Optional.of(AmiText.Kind.SENT);
                    case "sms-deleted" -> Optional.of(AmiText.Kind.DELETED);
                    default -> Optional.empty();
                };
        if (freePbx.isPresent()) {
            Reading reading = new Reading(event, "from", "to", AmiTextReader::smsAddress);
            return Optional.of(reading.ofFreePbx(freePbx.get()));
        }
        return userEvents.contains(name)
                ? Optional.of(
                        new Reading(event, "from", "to", AmiTextReader::pbxAddress).ofDialplan())
                : Optional.empty();
    }

    /** On the PBX digits without a plus are one of its extensions. */
    private static Address pbxAddress(String text) {
        int bracket = text.lastIndexOf('<');
        String bare = bracket < 0 ? text : text.substring(bracket + 1).replaceFirst(">.*", "");
        Address known = Address.parse(bare);
        return known.kind() == Address.Kind.UNPARSED
                ? ExtensionNumber.find(bare).<Address>map(one -> one).orElse(known)
                : known;
    }

    /** FreePBX stores numbers of carriers in E.164 form without the plus. */
    private static Address smsAddress(String text) {
        return DIGITS.matcher(text).matches() ? PhoneNumber.of("+" + text) : Address.parse(text);
    }

    /** Reads one event. */
    private final class Reading {

        private final AmiEvent event;
        private final AmiFields fields;
        private final String from;
        private final String to;
        private final Function<String, Address> address;
        private final List<String> suspicions = new ArrayList<>();

        Reading(AmiEvent event, String from, String to, Function<String, Address> address) {
            this.event = event;
            this.fields = event.fields();
            this.from = from;
            this.to = to;
            this.address = address;
        }

        AmiText ofProxy() {
            suspectRepeats(List.of(from, to, "Body", "Base64Body"));
            String text = base64("Base64Body").orElseGet(() -> fields.text("Body"));
            return finish(AmiText.Kind.RECEIVED, text, "");
        }

        AmiText ofFreePbx(AmiText.Kind kind) {
            suspectRepeats(List.of("UserEvent", "id", from, to, "message"));
            return finish(kind, unquoted(fields.text("message")), fields.text("status"));
        }

        AmiText ofDialplan() {
            List<String> read = new ArrayList<>(List.of("UserEvent", "id", "phase", from, to));
            read.addAll(base64Headers);
            read.addAll(plainHeaders);
            suspectRepeats(read);
            if (fields.text("Channel").isEmpty()) {
                suspicions.add("no dialplan raised it: it has no channel");
            }
            boolean sent = fields.is("phase", "sent");
            return finish(
                    sent ? AmiText.Kind.SENT : AmiText.Kind.RECEIVED,
                    body(),
                    fields.text("status"));
        }

        private String body() {
            return base64Headers.stream()
                    .map(this::base64)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseGet(this::plainBody);
        }

        private Optional<String> base64(String header) {
            return fields.find(header).map(value -> decoded(header, value));
        }

        private String decoded(String header, String value) {
            try {
                byte[] bytes = Base64.getDecoder().decode(value);
                return new String(bytes, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                suspicions.add(header + " is not base64");
                return value;
            }
        }

        private String plainBody() {
            for (String header : plainHeaders) {
                Optional<String> text = fields.find(header);
                if (text.isPresent()) {
                    suspicions.add("its text is not in base64: a line break in it makes lines");
                    return text.get();
                }
            }
            return "";
        }

        /** Takes the quotes of JSON off, in which FreePBX sends its texts. */
        private String unquoted(String value) {
            if (!value.startsWith("\"")) {
                return value;
            }
            try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(value))) {
                return reader.nextString();
            } catch (IOException | JsonDataException e) {
                suspicions.add("its message is not JSON");
                return value;
            }
        }

        private void suspectRepeats(List<String> headers) {
            if (!startsAsAnEvent()) {
                suspicions.add("it does not begin as the server begins its events");
            }
            headers.stream()
                    .filter(header -> fields.all(header).size() > 1)
                    .findFirst()
                    .ifPresent(header -> suspicions.add("it has " + header + " more than once"));
        }

        /** The server writes these two first; a proxy of another kind may leave the second out. */
        private boolean startsAsAnEvent() {
            List<AmiFields.Field> lines = fields.asList();
            return lines.get(0).name().equals("Event")
                    && (event.name().equals(RECEIVED_BY_PROXY)
                            || (lines.size() > 1 && lines.get(1).name().equals("Privilege")));
        }

        private AmiText finish(AmiText.Kind kind, String text, String status) {
            Direction direction =
                    kind == AmiText.Kind.SENT ? Direction.OUTBOUND : Direction.INBOUND;
            TextMessage.Builder message =
                    TextMessage.builder(direction).text(whole(text)).via(via).raw(raw());
            address(from).ifPresent(message::from);
            address(to).ifPresent(message::addTo);
            line("id").map(MessageId::of).ifPresent(message::id);
            line("threadid").ifPresent(message::thread);
            event.timestamp().ifPresent(message::sentAt);
            AmiText read = new AmiText(kind, message.build(), status, null, false, event);
            return suspicions.isEmpty() ? read : read.suspected(String.join("; ", suspicions));
        }

        /** A text of ours must not hold half a character; the dialplan may have cut one. */
        private String whole(String text) {
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }

        private Optional<Address> address(String header) {
            return line(header).map(address);
        }

        private Optional<String> line(String header) {
            return Optional.of(fields.text(header)).filter(value -> !value.isEmpty());
        }

        private RawFields raw() {
            RawFields.Builder raw = RawFields.builder();
            fields.forEach(field -> raw.add(field.name(), field.value()));
            return raw.build();
        }
    }
}
