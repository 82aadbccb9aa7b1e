package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.action.MessageSendAction;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.OtherEvent;
import io.github.pbxsdk.ami.event.UserEvent;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.GatewayLimits;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.MessageTraffic;
import io.github.pbxsdk.core.message.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Texts by way of AMI: {@code MessageSend} for those that go out, events for those that come in.
 *
 * <pre>{@code
 * AmiMessageGateway texts = AmiMessageGateway.builder(ami)
 *         .from(Address.extension("600"))
 *         .build();
 *
 * texts.subscribe(message -> texts.send(message.reply("Thank you").build()));
 * texts.send(TextMessage.to(Address.extension("102")).text("Door 4 is open").build());
 * }</pre>
 *
 * <p>It reaches SIP addresses that the PBX knows, not the carriers of FreePBX. The AMI user needs
 * write permission for {@code message} and read permission for {@code user}.
 *
 * <p>Asterisk has no event of its own for a text that arrives. The dialplan has to raise one; the
 * guide has the lines to paste. Taken are
 *
 * <ul>
 *   <li>{@code UserEvent}s of the names in {@link Builder#userEvents}, with the text in base64;
 *   <li>{@code sms-inbound} of FreePBX, which it sends for every carrier ({@code sms-outbound} and
 *       {@code sms-deleted} are told to {@link #subscribeToAll});
 *   <li>{@code MessageReceived}, which no Asterisk sends but some proxies do.
 * </ul>
 *
 * <p>Thread-safe. It needs no closing; subscriptions do, or end with the client.
 */
public final class AmiMessageGateway implements MessageGateway, MessageTraffic {

    /** The attribute of a received text that may be forged; its value says why. */
    public static final String SUSPICION = MessageTraffic.SUSPICION;

    /** What a line of 1023 bytes holds in base64 behind {@code Base64Body}. */
    private static final int MAX_TEXT_BYTES = 756;

    private final AmiClient ami;
    private final String name;
    private final @Nullable Address from;
    private final @Nullable String domain;
    private final AmiTextReader reader;

    private AmiMessageGateway(Builder builder) {
        this.ami = builder.ami;
        this.name = builder.ami.settings().source();
        this.from = builder.from;
        this.domain = builder.domain;
        this.reader =
                new AmiTextReader(
                        name, builder.userEvents, builder.base64Headers, builder.plainHeaders);
    }

    /**
     * Returns a builder.
     *
     * @param ami the client to send and receive with; it stays the caller's to close
     */
    public static Builder builder(AmiClient ami) {
        return new Builder(Objects.requireNonNull(ami, "ami"));
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * {@inheritDoc}
     *
     * <p>One recipient, which is an extension, a SIP URI or, unparsed, whatever {@code MessageSend}
     * takes as {@code To}; 756 bytes of text; attributes become SIP headers.
     */
    @Override
    public GatewayLimits limits() {
        GatewayLimits.Builder limits =
                GatewayLimits.builder()
                        .maxTextBytes(MAX_TEXT_BYTES)
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
        return ami.settings().transport().bringsEvents()
                && ami.settings().eventMask().contains(AmiEventClass.USER);
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
        return ami.sendAsync(new TextSending(action(message)));
    }

    /**
     * {@code To} alone, which every server takes: where there is {@code Destination} too, the two
     * together only change what the SIP header says.
     */
    private MessageSendAction action(TextMessage message) {
        MessageSendAction.Builder action =
                MessageSendAction.builder()
                        .to(recipient(message.to().get(0)))
                        .from(sender(message.from().orElse(from)));
        if (isPlainLine(message.text())) {
            action.body(message.text());
        } else {
            byte[] bytes = message.text().getBytes(StandardCharsets.UTF_8);
            action.base64Body(Base64.getEncoder().encodeToString(bytes));
        }
        message.attributes().forEach(action::putVariable);
        return action.build();
    }

    private static String recipient(Address to) {
        return to.kind() == Kind.UNPARSED ? to.text() : "pjsip:" + to.text();
    }

    private String sender(@Nullable Address address) {
        Address sender = Objects.requireNonNull(address, "the limits ask for one");
        return switch (sender.kind()) {
            case EXTENSION, PHONE_NUMBER, SHORT_CODE -> "sip:" + sender.text() + "@" + host();
            default -> sender.text();
        };
    }

    private String host() {
        return domain == null ? ami.settings().hosts().get(0).host() : domain;
    }

    /** The server cuts blanks at both ends of a line. */
    private static boolean isPlainLine(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F) && text.equals(text.strip());
    }

    /**
     * {@inheritDoc}
     *
     * <p>A text that may be forged has the attribute {@link #SUSPICION}. One that comes again under
     * the same id is told once, and logged.
     */
    @Override
    public Subscription subscribe(FeedListener<? super TextMessage> listener) {
        Objects.requireNonNull(listener, "listener");
        return attach(
                text -> {
                    if (text.kind() == AmiText.Kind.RECEIVED && !text.isRepeat()) {
                        listener.onEvent(text.message());
                    }
                },
                listener::onGap);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Deletions are told to {@link #subscribeToAll} alone.
     */
    @Override
    public Subscription subscribeToTraffic(FeedListener<? super TextMessage> listener) {
        Objects.requireNonNull(listener, "listener");
        return attach(
                text -> {
                    if (text.kind() != AmiText.Kind.DELETED && !text.isRepeat()) {
                        listener.onEvent(text.message());
                    }
                },
                listener::onGap);
    }

    /**
     * Attaches a listener to all that is said about texts: received, sent and deleted ones, also
     * what may be forged and what comes again.
     *
     * @throws UnsupportedOperationException if this gateway only sends
     */
    public Subscription subscribeToAll(FeedListener<? super AmiText> listener) {
        Objects.requireNonNull(listener, "listener");
        return attach(listener::onEvent, listener::onGap);
    }

    private Subscription attach(Listener<AmiText> texts, Listener<GapEvent> gaps) {
        if (!receives()) {
            throw new UnsupportedOperationException(
                    name
                            + " only sends: received texts come as events of the class user; use a"
                            + " transport that brings events, and have AmiEventClass.USER in"
                            + " eventMask(...)");
        }
        TextFeed feed = new TextFeed();
        Listener<AmiEvent> read =
                event -> {
                    AmiText text = reader.read(event).orElse(null);
                    if (text != null) {
                        texts.onEvent(feed.sort(text));
                    }
                };
        List<Subscription> all =
                List.of(
                        ami.events().subscribe(UserEvent.class, read),
                        ami.events().subscribe(OtherEvent.class, read),
                        ami.events().subscribe(GapEvent.class, gaps));
        return () -> all.forEach(Subscription::close);
    }

    @Override
    public String toString() {
        return "AmiMessageGateway[" + name + "]";
    }

    /** Collects the settings of {@link AmiMessageGateway}; not thread-safe. */
    public static final class Builder {

        private final AmiClient ami;
        private @Nullable Address from;
        private @Nullable String domain;
        private Set<String> userEvents = Set.of("sdk-message");
        private List<String> base64Headers = List.of("body64");
        private List<String> plainHeaders = List.of("body");

        private Builder(AmiClient ami) {
            this.ami = ami;
        }

        /** Sets the sender of texts that name none; by default each has to name one. */
        public Builder from(Address value) {
            this.from = Objects.requireNonNull(value, "from");
            return this;
        }

        /**
         * Sets the domain in the address of a sender that is an extension or a number; the host of
         * AMI by default.
         */
        public Builder domain(String value) {
            this.domain = Objects.requireNonNull(value, "domain");
            return this;
        }

        /**
         * Sets the names of the events that the dialplan raises for texts; {@code sdk-message} by
         * default.
         *
         * <p>They have the lines {@code from}, {@code to} and, if they can, {@code id}. With {@code
         * phase: sent} one says that the text was passed on.
         */
        public Builder userEvents(Collection<String> values) {
            this.userEvents =
                    values.stream()
                            .map(value -> value.toLowerCase(Locale.ROOT))
                            .collect(Collectors.toUnmodifiableSet());
            return this;
        }

        /** Sets the lines that have the text in base64; {@code body64} by default. */
        public Builder base64Headers(List<String> values) {
            this.base64Headers = List.copyOf(values);
            return this;
        }

        /**
         * Sets the lines that have the text as it is; {@code body} by default. Such a text counts
         * as suspicious, since a line break in it forges lines and whole events.
         */
        public Builder plainHeaders(List<String> values) {
            this.plainHeaders = List.copyOf(values);
            return this;
        }

        /** Returns the gateway; sends nothing and listens to nothing. */
        public AmiMessageGateway build() {
            return new AmiMessageGateway(this);
        }
    }
}
