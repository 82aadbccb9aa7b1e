package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.ExtensionNumber;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.PhoneNumber;
import io.github.pbxsdk.core.message.SipUri;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sip.Incoming.Answer;
import io.github.pbxsdk.sip.event.MessageReceivedEvent;
import io.github.pbxsdk.sip.event.OtherSipEvent;
import io.github.pbxsdk.sip.internal.wire.Grammar;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.NameAddress;
import io.github.pbxsdk.sip.internal.wire.SipRequest;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes texts that arrive. */
final class IncomingTexts {

    private static final Pattern CHARSET =
            Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\";\\s]+)");

    private final SipEngine engine;

    IncomingTexts(SipEngine engine) {
        this.engine = engine;
    }

    Answer decide(SipRequest request) {
        Optional<RegistrationKeeper> recipient = engine.registrations().recipient(request);
        if (recipient.isEmpty()) {
            return Answer.of(404);
        }
        if (!engine.takesTexts()) {
            return Answer.of(480);
        }
        @Nullable String type = request.headers().find("Content-Type");
        if (type == null || !Incoming.mediaType(type).equals("text/plain")) {
            return Answer.of(415, "Accept: text/plain");
        }
        String extension = recipient.get().extension();
        if (TextExpiry.isOver(request, engine.time().now())) {
            return expired(extension, request);
        }
        try {
            TextMessage message = message(request, extension, type);
            int bytes = request.body().length + 512;
            // Taken and told to nobody, it would be lost.
            return engine.takesOver(new MessageReceivedEvent(extension, message), bytes)
                    ? Answer.of(200)
                    : Answer.of(480);
        } catch (MalformedMessageException e) {
            return Answer.of(400);
        }
    }

    /** It is of no use any more, and still not dropped in silence. */
    private Answer expired(String extension, SipRequest request) {
        OtherSipEvent event =
                new OtherSipEvent(extension, "MESSAGE", 200, request.headers().fields());
        return Answer.then(200, () -> engine.announce(event));
    }

    private TextMessage message(SipRequest request, String extension, String type)
            throws MalformedMessageException {
        NameAddress from = Grammar.address("From", request.headers().get("From"));
        return TextMessage.builder(Direction.INBOUND)
                .id(MessageId.of(request.callId()))
                .from(sender(from))
                .addTo(Address.extension(extension))
                .text(new String(request.body(), charset(type)))
                .via(engine.settings().source())
                .receivedAt(engine.time().now())
                .raw(request.headers().fields())
                .build();
    }

    /** Whoever is in our domain is an extension or a number; all others keep their address. */
    private Address sender(NameAddress from) {
        if (engine.settings().isOwnHost(from.host())) {
            Optional<PhoneNumber> number = PhoneNumber.find(from.user());
            if (number.isPresent()) {
                return number.get();
            }
            Optional<ExtensionNumber> extension = ExtensionNumber.find(from.user());
            if (extension.isPresent()) {
                return extension.get();
            }
        }
        return SipUri.find(from.uri())
                .<Address>map(uri -> uri)
                .orElseGet(() -> Address.unparsed(from.uri()));
    }

    private static Charset charset(String type) {
        Matcher charset = CHARSET.matcher(type);
        if (!charset.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(charset.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            // Most likely it is UTF-8 all the same.
            return StandardCharsets.UTF_8;
        }
    }
}
