package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.event.OtherSipEvent;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.ResponseText;
import io.github.pbxsdk.sip.internal.wire.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the server's requests, at once and on the thread that reads; what they mean to anybody is
 * told afterwards.
 */
final class Incoming {

    private static final Logger log = LoggerFactory.getLogger(Incoming.class);

    private static final String ALLOW = "Allow: MESSAGE, OPTIONS, NOTIFY";
    private static final String ACCEPT = "Accept: text/plain";

    private final SipEngine engine;
    private final IncomingTexts texts;
    private final Watches watches;
    private final AnsweredRequests answered;
    private final String tag = ClientTransactions.randomText();

    Incoming(SipEngine engine, IncomingTexts texts, Watches watches, Time time) {
        this.engine = engine;
        this.texts = texts;
        this.watches = watches;
        this.answered = new AnsweredRequests(time);
    }

    /** An answer, and what is to be done once it is given. */
    record Answer(int status, List<String> headers, @Nullable Runnable afterwards) {

        static Answer of(int status, String... headers) {
            return new Answer(status, List.of(headers), null);
        }

        static Answer then(int status, Runnable afterwards) {
            return new Answer(status, List.of(), afterwards);
        }
    }

    void received(Flow flow, SipRequest request) {
        if (request.method().equals("ACK")) {
            // It ends a call that we refused.
            return;
        }
        Integer before = answered.find(request);
        if (before != null) {
            send(flow, request, Answer.of(before));
            return;
        }
        Answer answer = decide(request);
        answered.add(request, answer.status());
        send(flow, request, answer);
        if (answer.afterwards() != null) {
            answer.afterwards().run();
        }
    }

    private Answer decide(SipRequest request) {
        Optional<Integer> fault = request.fault();
        if (fault.isPresent()) {
            return Answer.of(fault.get());
        }
        Optional<Answer> unsupported = unsupported(request);
        if (unsupported.isPresent()) {
            return unsupported.get();
        }
        return switch (request.method()) {
            case "OPTIONS" -> Answer.of(200, ALLOW, ACCEPT);
            case "MESSAGE" -> texts.decide(request);
            case "NOTIFY" -> watches.notified(request);
            case "INVITE" -> told(request, Answer.of(480));
            case "CANCEL", "BYE" -> Answer.of(481);
            default -> told(request, Answer.of(501, ALLOW));
        };
    }

    /** Nothing that must be understood is understood. */
    private static Optional<Answer> unsupported(SipRequest request) {
        List<String> required = new ArrayList<>(request.headers().all("Require"));
        required.removeIf(String::isBlank);
        return required.isEmpty()
                ? Optional.empty()
                : Optional.of(Answer.of(420, "Unsupported: " + String.join(", ", required)));
    }

    private Answer told(SipRequest request, Answer answer) {
        String extension =
                engine.registrations()
                        .recipient(request)
                        .map(RegistrationKeeper::extension)
                        .orElse("");
        OtherSipEvent event =
                new OtherSipEvent(
                        extension, request.method(), answer.status(), request.headers().fields());
        return new Answer(answer.status(), answer.headers(), () -> engine.announce(event));
    }

    private void send(Flow flow, SipRequest request, Answer answer) {
        byte[] bytes =
                ResponseText.encode(request, answer.status(), flow.peer(), tag, answer.headers());
        try {
            flow.send(bytes, () -> true);
        } catch (PbxException e) {
            // The sender repeats its request, or its connection is gone as well.
            log.debug("an answer could not be sent: {}", e.getMessage());
        }
    }

    /** Returns a type of content without its parameters, in small letters. */
    static String mediaType(@Nullable String header) {
        String type = Objects.requireNonNullElse(header, "");
        return type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }
}
