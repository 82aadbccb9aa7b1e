package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.internal.Call;
import io.github.pbxsdk.core.internal.CallRunner;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.GatewayLimits;
import io.github.pbxsdk.core.message.GatewayLimits.Feature;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Sends texts. */
final class OutgoingTexts implements AutoCloseable {

    /** RFC 3261, 18.1.1: more may be cut on the way, and lost. */
    private static final int MOST_IN_A_DATAGRAM = 1300;

    private static final String TYPE = "Content-Type";
    private static final String PLAIN = "text/plain;charset=UTF-8";

    /** What a request has of its own; two of any of them would be a forgery or a riddle. */
    private static final Set<String> OWN_HEADERS =
            Set.of(
                    "via",
                    "from",
                    "to",
                    "call-id",
                    "cseq",
                    "max-forwards",
                    "contact",
                    "content-length",
                    "route",
                    "record-route",
                    "authorization",
                    "proxy-authorization",
                    "user-agent",
                    "require",
                    "proxy-require");

    private final SipEngine engine;
    private final CallRunner runner;
    private final TextQueues queues = new TextQueues();
    private final Set<RootFuture<MessageReceipt>> underWay = ConcurrentHashMap.newKeySet();

    OutgoingTexts(SipEngine engine, CallRunner runner) {
        this.engine = engine;
        this.runner = runner;
    }

    GatewayLimits limits() {
        GatewayLimits.Builder limits =
                GatewayLimits.builder()
                        .maxTextBytes(engine.settings().maxTextBytes())
                        .recipientKinds(
                                Kind.EXTENSION, Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.SIP_URI)
                        .addFeature(Feature.ATTRIBUTES)
                        .addFeature(Feature.RECEIVE);
        if (engine.registrations().all().size() != 1) {
            limits.addFeature(Feature.NEEDS_SENDER);
        }
        return limits.build();
    }

    CompletableFuture<MessageReceipt> send(TextMessage message, CallOptions options) {
        limits().check(message);
        if (message.text().isEmpty()) {
            throw new IllegalArgumentException("Asterisk takes no empty text");
        }
        RegistrationKeeper sender = sender(message);
        String uri = uri(message.to().get(0));
        RequestText request = request(message, sender, uri);
        Duration deadline = options.deadline().orElse(engine.settings().timeout());
        RootFuture<MessageReceipt> sending =
                runner.run(
                        "MESSAGE",
                        new What(message),
                        new Call.Once<>(
                                operation -> start(operation, request, sender, uri, deadline)),
                        deadline,
                        options.retry().orElse(RetryPolicy.defaults()));
        underWay.add(sending);
        sending.whenComplete((receipt, failure) -> underWay.remove(sending));
        return sending;
    }

    /** Fails what has no outcome yet, also what waits for another attempt. */
    @Override
    public void close() {
        for (RootFuture<MessageReceipt> sending : underWay) {
            sending.keepBack();
            sending.abort(
                    new PbxConnectionException(
                            engine.settings().source() + " was closed",
                            null,
                            sending.mayHaveBeenSent()));
        }
    }

    /** Says what is done, in a text that is only made when somebody wants to read it. */
    private record What(TextMessage message) {

        @Override
        public String toString() {
            return "sending " + message;
        }
    }

    private RegistrationKeeper sender(TextMessage message) {
        if (message.from().isEmpty()) {
            return engine.registrations().only();
        }
        Address from = message.from().get();
        return engine.registrations()
                .find(from.text())
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        from.masked()
                                                + " is not registered here; call register(...)"
                                                + " for the extension that sends"));
    }

    private String uri(Address to) {
        return to.kind() == Kind.SIP_URI
                ? to.text()
                : engine.settings().addressOf(SipText.user(to.text()));
    }

    private RequestText request(TextMessage message, RegistrationKeeper sender, String uri) {
        String from = engine.settings().addressOf(SipText.user(sender.extension()));
        RequestText request =
                new RequestText(
                        "MESSAGE",
                        uri,
                        "<" + from + ">;tag=" + sender.tag(),
                        "<" + uri + ">",
                        engine.newCallId());
        sender.facts().serviceRoute().forEach(route -> request.header("Route", route));
        message.attributes().forEach((name, value) -> add(request, name, value));
        if (has(message, TextExpiry.EXPIRES) && !has(message, TextExpiry.DATE)) {
            request.header(TextExpiry.DATE, TextExpiry.date(engine.time().now()));
        }
        String type = message.attributes().getOrDefault(TYPE, PLAIN);
        return request.body(type, message.text().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean has(TextMessage message, String header) {
        return message.attributes().keySet().stream().anyMatch(header::equalsIgnoreCase);
    }

    private static void add(RequestText request, String name, String value) {
        if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)) || name.length() == 1) {
            throw new IllegalArgumentException("the header " + name + " is set by the client");
        }
        if (!name.equals(TYPE)) {
            request.header(name, value);
        }
    }

    private CompletableFuture<MessageReceipt> start(
            RootFuture<MessageReceipt> operation,
            RequestText request,
            RegistrationKeeper sender,
            String uri,
            Duration timeout) {
        Sending sending = new Sending(operation, request, sender, timeout);
        queues.enter(sender.extension() + ' ' + uri, sending::begin);
        return sending.receipt;
    }

    /** One text on its way. */
    private final class Sending {

        private final RootFuture<MessageReceipt> operation;
        private final RequestText request;
        private final RegistrationKeeper sender;
        private final Duration timeout;
        private final AtomicLong sequence = new AtomicLong();
        private final CompletableFuture<MessageReceipt> receipt = new CompletableFuture<>();

        Sending(
                RootFuture<MessageReceipt> operation,
                RequestText request,
                RegistrationKeeper sender,
                Duration timeout) {
            this.operation = operation;
            this.request = request;
            this.sender = sender;
            this.timeout = timeout;
        }

        CompletableFuture<?> begin() {
            if (!receipt.isDone()) {
                engine.awaitFlow()
                        .whenComplete(
                                (flow, failure) -> {
                                    if (flow == null) {
                                        receipt.completeExceptionally(failure);
                                    } else {
                                        choose(flow);
                                    }
                                });
            }
            return receipt;
        }

        /** What is too large for a datagram goes over TCP, where the server takes that. */
        private void choose(Flow flow) {
            if (flow.isReliable() || request.size() <= MOST_IN_A_DATAGRAM) {
                leave(flow);
            } else {
                engine.besides(flow, receipt).thenAccept(this::leave);
            }
        }

        private void leave(Flow flow) {
            if (receipt.isDone()) {
                return;
            }
            CompletableFuture<SipResponse> answer =
                    engine.exchange(
                            flow,
                            request,
                            sequence::incrementAndGet,
                            sender.digest(),
                            timeout,
                            operation::markSent);
            receipt.whenComplete((done, failure) -> answer.cancel(false));
            answer.whenComplete(
                    (response, failure) -> {
                        if (response == null) {
                            receipt.completeExceptionally(failure);
                        } else {
                            read(response);
                        }
                    });
        }

        private void read(SipResponse response) {
            MessageId id = MessageId.of(request.callId());
            if (response.status() == 200) {
                receipt.complete(MessageReceipt.delivered(response.toString()).identifiedBy(id));
            } else if (response.isSuccess()) {
                receipt.complete(MessageReceipt.accepted(response.toString()).identifiedBy(id));
            } else {
                receipt.completeExceptionally(
                        SipFailures.of("a text from " + sender.extension(), response));
            }
        }
    }
}
