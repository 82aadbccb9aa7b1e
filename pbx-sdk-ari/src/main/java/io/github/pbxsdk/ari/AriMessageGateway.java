package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.event.TextMessageReceivedEvent;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.GatewayLimits;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.security.Operation.Access;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Texts by way of ARI: {@code sendMessage} for those that go out, {@code TextMessageReceived} for
 * those that come in.
 *
 * <pre>{@code
 * AriMessageGateway texts = AriMessageGateway.builder(ari)
 *         .from(Address.extension("600"))
 *         .build();
 *
 * texts.subscribe(message -> texts.send(message.reply("Thank you").build()));
 * texts.send(TextMessage.to(Address.extension("102")).text("Door 4 is open").build());
 * }</pre>
 *
 * <p>It reaches SIP addresses that the PBX knows, not the carriers of FreePBX. Without a sender the
 * server would write {@code (null)} as one, so each text has to have one.
 *
 * <p>To receive, the client has an application that hears of endpoints: {@link
 * AriClient.Builder#eventSource eventSource("endpoint:PJSIP")} or {@link
 * AriClient.Builder#subscribeAll()}. The dialplan gets each text as well.
 *
 * <p>Thread-safe. It needs no closing; subscriptions do, or end with the client.
 */
public final class AriMessageGateway implements MessageGateway {

    private final AriClient ari;
    private final String name;
    private final @Nullable Address from;
    private final String domain;

    private AriMessageGateway(Builder builder) {
        this.ari = builder.ari;
        this.name = builder.ari.engine().settings().source();
        this.from = builder.from;
        this.domain = builder.domain;
    }

    /**
     * Returns a builder.
     *
     * @param ari the client to send and receive with; it stays the caller's to close
     */
    public static Builder builder(AriClient ari) {
        return new Builder(Objects.requireNonNull(ari, "ari"));
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * {@inheritDoc}
     *
     * <p>One recipient, which is an extension, a SIP URI or, unparsed, whatever {@code sendMessage}
     * takes as {@code to}, such as {@code pjsip:trunk/sip:+15550100@carrier.example}; attributes
     * become SIP headers.
     */
    @Override
    public GatewayLimits limits() {
        GatewayLimits.Builder limits =
                GatewayLimits.builder()
                        .recipientKinds(Kind.EXTENSION, Kind.SIP_URI, Kind.UNPARSED)
                        .addFeature(GatewayLimits.Feature.ATTRIBUTES);
        if (from == null) {
            limits.addFeature(GatewayLimits.Feature.NEEDS_SENDER);
        }
        if (receives()) {
            limits.addFeature(GatewayLimits.Feature.RECEIVE);
        }
        return limits.build();
    }

    private boolean receives() {
        return ari.engine().hearsOf("endpoint:");
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if there is no text, or a line break where there must
     *     be none
     */
    @Override
    public CompletableFuture<MessageReceipt> sendAsync(TextMessage message) {
        limits().check(message);
        if (message.text().isEmpty()) {
            throw new IllegalArgumentException("Asterisk sends no empty text");
        }
        AriCall call = ari.calls().begin("endpoints.sendMessage", Access.CHANGE, "PUT");
        call.path("endpoints");
        call.path("sendMessage");
        call.member("to", oneLine("to", recipient(message.to().get(0))));
        call.member("from", oneLine("from", sender(message.from().orElse(from))));
        call.member("body", message.text());
        message.attributes().forEach(AriMessageGateway::requireOneLine);
        call.member("variables", AriCall.variables(message.attributes()));
        return ari.calls()
                .send(call, answer -> MessageReceipt.accepted(String.valueOf(answer.status())));
    }

    private static String recipient(Address to) {
        return to.kind() == Kind.UNPARSED ? to.text() : "pjsip:" + to.text();
    }

    private String sender(@Nullable Address address) {
        Address sender = Objects.requireNonNull(address, "the limits ask for one");
        return switch (sender.kind()) {
            case EXTENSION, PHONE_NUMBER, SHORT_CODE -> "sip:" + sender.text() + "@" + domain;
            default -> sender.text();
        };
    }

    private static void requireOneLine(String attribute, String value) {
        oneLine("the name of an attribute", attribute);
        oneLine(attribute, value);
    }

    /** These become lines of SIP, where a line break begins another one. */
    private static String oneLine(String what, String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException(what + " holds a line break or control character");
        }
        return text;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The sender is an extension where the server knows who it was, else what the text says. A
     * text that comes twice, because two applications hear of the same endpoint, is told once. Of
     * its SIP headers all but the proof of the password are in {@link TextMessage#raw()}.
     */
    @Override
    public Subscription subscribe(FeedListener<? super TextMessage> listener) {
        Objects.requireNonNull(listener, "listener");
        if (!receives()) {
            throw new UnsupportedOperationException(
                    name
                            + " only sends: to receive, build the client with application(...) and"
                            + " eventSource(\"endpoint:PJSIP\") or subscribeAll()");
        }
        ReceivedTexts received = new ReceivedTexts(name);
        Listener<TextMessageReceivedEvent> texts =
                event -> {
                    TextMessage text = received.take(event).orElse(null);
                    if (text != null) {
                        listener.onEvent(text);
                    }
                };
        List<Subscription> all =
                List.of(
                        ari.events().subscribe(TextMessageReceivedEvent.class, texts),
                        ari.events().subscribe(GapEvent.class, listener::onGap));
        return () -> all.forEach(Subscription::close);
    }

    @Override
    public String toString() {
        return "AriMessageGateway[" + name + "]";
    }

    /** Collects the settings of {@link AriMessageGateway}; not thread-safe. */
    public static final class Builder {

        private final AriClient ari;
        private @Nullable Address from;
        private String domain;

        private Builder(AriClient ari) {
            this.ari = ari;
            this.domain = ari.engine().settings().host().host();
        }

        /** Sets the sender of texts that name none; by default each has to name one. */
        public Builder from(Address value) {
            this.from = Objects.requireNonNull(value, "from");
            return this;
        }

        /**
         * Sets the domain in the address of a sender that is an extension or a number; the host of
         * ARI by default.
         */
        public Builder domain(String value) {
            this.domain = Objects.requireNonNull(value, "domain");
            return this;
        }

        /** Returns the gateway; sends nothing and listens to nothing. */
        public AriMessageGateway build() {
            return new AriMessageGateway(this);
        }
    }
}
