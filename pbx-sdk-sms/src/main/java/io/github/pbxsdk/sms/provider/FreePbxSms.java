package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.MessageTraffic;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.freepbx.IntakeListener;
import io.github.pbxsdk.sms.internal.freepbx.LiveTexts;
import io.github.pbxsdk.sms.internal.freepbx.SentWatch;
import io.github.pbxsdk.sms.internal.freepbx.SmsTable;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The SMS module of a FreePBX, by way of the PBX itself: whatever carrier it uses.
 *
 * <pre>{@code
 * FreePbxSms freePbx = FreePbxSms.builder()
 *         .gateway(sip)                                // an extension that may send texts
 *         .domain("pbx.example.com")
 *         .traffic(AmiMessageGateway.builder(ami).build())
 *         .history(database)                           // reads sms_messages
 *         .build();
 * }</pre>
 *
 * <p>A text goes as a SIP MESSAGE to {@code sip:DID+NUMBER@DOMAIN}, where the dialplan of the
 * module takes it and hands it to the carrier. SIP says only that the PBX has it. The module's
 * report {@code sms-outbound} says more and gives the text its id; without one in time the result
 * is {@link SmsState#ACCEPTED} with the words {@code accepted, unconfirmed} and has no id.
 *
 * <p>What carriers bring is {@linkplain #subscribe subscribed to} here, or polled from the history.
 * Both give a text the same id, so an intake handles it once; neither has the pictures of a text.
 * Thread-safe; it holds no connection of its own, and closes none.
 */
public final class FreePbxSms implements SmsProvider {

    /** Asterisk accepts longer ones, and delivers them empty. */
    private static final int MAX_TEXT_BYTES = 1023;

    private static final String UNCONFIRMED = "accepted, unconfirmed";

    private final MessageGateway gateway;
    private final String domain;
    private final SmsOrigin origin;
    private final Duration patience;
    private final @Nullable MessageTraffic traffic;
    private final @Nullable SentWatch watch;
    private final @Nullable SmsTable table;

    private FreePbxSms(Builder builder, MessageGateway gateway, String domain) {
        this.gateway = gateway;
        this.domain = domain;
        this.origin = new SmsOrigin("freepbx", domain);
        this.patience = builder.patience;
        this.traffic = builder.traffic;
        this.watch = builder.traffic == null ? null : new SentWatch(builder.traffic);
        this.table = builder.history == null ? null : new SmsTable(builder.history, origin);
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns {@code freepbx} and the domain. */
    @Override
    public SmsOrigin origin() {
        return origin;
    }

    @Override
    public SmsCapabilities capabilities() {
        SmsCapabilities.Builder capabilities =
                SmsCapabilities.builder()
                        .recipients(Kind.PHONE_NUMBER, Kind.SHORT_CODE)
                        .senders(Kind.PHONE_NUMBER, Kind.SHORT_CODE)
                        .maxCharacters(MAX_TEXT_BYTES);
        if (table != null) {
            capabilities
                    .addFeature(Feature.LOOKUP)
                    .addFeature(Feature.POLLING)
                    .addFeature(Feature.UNREAD_COUNT);
        }
        return capabilities.build();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The sender is one of the numbers of the PBX; without one it takes the default of the
     * extension.
     *
     * @throws IllegalArgumentException if the text has more than 1023 bytes, or the gateway can't
     *     carry it
     */
    @Override
    public CompletableFuture<ProviderReceipt> sendAsync(
            OutgoingMessage outgoing, ProviderHttp http) {
        TextMessage message = addressed(outgoing.message());
        gateway.limits().check(message);
        // Waited for on a thread of its own, as in GatewaySms.
        return http.blocking(() -> send(outgoing.message(), message, http.time()));
    }

    private TextMessage addressed(TextMessage message) {
        int bytes = message.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException(
                    "the text has " + bytes + " bytes; Asterisk takes " + MAX_TEXT_BYTES);
        }
        String from = sender(message);
        String user = (from.isEmpty() ? "" : from + "+") + number(message.to().get(0));
        return TextMessage.to(Address.sip("sip:" + user + "@" + domain))
                .text(message.text())
                .build();
    }

    private static String sender(TextMessage message) {
        return message.from().map(FreePbxSms::number).orElse("");
    }

    /** The module writes numbers without their plus. */
    private static String number(Address address) {
        return address.text().replace("+", "");
    }

    private ProviderReceipt send(TextMessage original, TextMessage message, Time time) {
        if (watch == null) {
            return unconfirmed(gateway.send(message));
        }
        String to = number(original.to().get(0));
        try (SentWatch.Expected expected = watch.expect(sender(original), to, original.text())) {
            return sendAndWatch(message, expected, time);
        }
    }

    private ProviderReceipt sendAndWatch(
            TextMessage message, SentWatch.Expected expected, Time time) {
        try {
            MessageReceipt told = gateway.send(message);
            return expected.await(patience, time)
                    .map(FreePbxSms::confirmed)
                    .orElseGet(() -> unconfirmed(told));
        } catch (PbxException e) {
            if (!e.mayHaveBeenSent()) {
                throw e;
            }
            // SIP lost the answer; the PBX may tell nevertheless.
            return expected.await(patience, time).map(FreePbxSms::confirmed).orElseThrow(() -> e);
        }
    }

    /** The module reports when it has stored the text, before the carrier has seen it. */
    private static ProviderReceipt confirmed(TextMessage report) {
        ProviderReceipt receipt = ProviderReceipt.of(SmsStatus.of(SmsState.QUEUED, "sms-outbound"));
        return report.raw()
                .find("id")
                .filter(id -> !id.isEmpty())
                .map(id -> receipt.identifiedBy(MessageId.of(id)))
                .orElse(receipt);
    }

    private static ProviderReceipt unconfirmed(MessageReceipt told) {
        return ProviderReceipt.of(
                SmsStatus.of(SmsState.ACCEPTED, UNCONFIRMED + " (" + told.words() + ")"));
    }

    @Override
    public CompletableFuture<Optional<ProviderReceipt>> findAsync(
            OutgoingMessage outgoing, Instant since, ProviderHttp http) {
        SmsTable history = requireHistory();
        TextMessage message = outgoing.message();
        return http.blocking(
                () -> history.sent(sender(message), number(outgoing.to()), message.text(), since));
    }

    @Override
    public CompletableFuture<List<SmsEvent>> receiveAsync(Instant since, ProviderHttp http) {
        SmsTable history = requireHistory();
        return http.blocking(() -> history.received(since));
    }

    @Override
    public CompletableFuture<Integer> unreadCountAsync(ProviderHttp http) {
        return http.blocking(requireHistory()::unread);
    }

    private SmsTable requireHistory() {
        if (table == null) {
            throw new UnsupportedOperationException("give FreePbxSms a history(...) for that");
        }
        return table;
    }

    /**
     * Has an intake handle the texts that carriers bring from now on.
     *
     * <p>After a {@linkplain GapEvent gap} it is given what the history has since five minutes
     * before; what could not be read is logged. A text that the handler throws on does not come
     * again: poll into the same intake as well, which also brings what came while the program was
     * down.
     *
     * @throws IllegalStateException if the webhook of the PBX leads to the same intake, too: it has
     *     no ids, so that each text would be handled twice
     * @throws UnsupportedOperationException if there is no traffic, or it reports nothing
     */
    public Subscription subscribe(SmsIntake intake) {
        Objects.requireNonNull(intake, "intake");
        requireTraffic();
        intake.addDoorWithIds(origin);
        return subscribe(new IntakeListener(intake));
    }

    /**
     * Attaches a listener to the texts that carriers bring from now on.
     *
     * <p>After a {@linkplain GapEvent gap} it is given what the history has since five minutes
     * before, some of it again under the same id; only where there is no history, or it can't be
     * read, is it told of the gap. A listener that throws is not called again for that text.
     *
     * @throws UnsupportedOperationException if there is no traffic, or it reports nothing
     */
    public Subscription subscribe(FeedListener<? super SmsEvent> listener) {
        Objects.requireNonNull(listener, "listener");
        return requireTraffic().subscribeToTraffic(new LiveTexts(origin, table, listener));
    }

    private MessageTraffic requireTraffic() {
        if (traffic == null) {
            throw new UnsupportedOperationException("give FreePbxSms a traffic(...) for that");
        }
        return traffic;
    }

    @Override
    public String toString() {
        return "FreePbxSms[" + domain + " by " + gateway.name() + "]";
    }

    /** Collects the settings of {@link FreePbxSms}; not thread-safe. */
    public static final class Builder {

        private @Nullable MessageGateway gateway;
        private @Nullable String domain;
        private @Nullable MessageTraffic traffic;
        private @Nullable DataSource history;
        private Duration patience = Duration.ofSeconds(5);

        private Builder() {}

        /** Sets the road to the PBX; needed. */
        public Builder gateway(MessageGateway value) {
            this.gateway = Objects.requireNonNull(value, "gateway");
            return this;
        }

        /** Sets the SIP domain of the PBX, or its host; needed. */
        public Builder domain(String value) {
            this.domain = Objects.requireNonNull(value, "domain");
            return this;
        }

        /** Sets what tells of the reports of the SMS module; none by default. */
        public Builder traffic(MessageTraffic value) {
            this.traffic = Objects.requireNonNull(value, "traffic");
            return this;
        }

        /**
         * Sets the database of the PBX, usually {@code asterisk}, with a user that may read the
         * table {@code sms_messages}; none by default. Nothing is ever written.
         */
        public Builder history(DataSource value) {
            this.history = Objects.requireNonNull(value, "history");
            return this;
        }

        /**
         * Sets how long to wait for the report of a text that was sent; 5 s by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder confirmWithin(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("confirmWithin must be positive, not " + value);
            }
            this.patience = value;
            return this;
        }

        /**
         * Returns the provider; opens nothing.
         *
         * @throws IllegalStateException if there is no gateway or no domain
         */
        public FreePbxSms build() {
            if (gateway == null || domain == null) {
                throw new IllegalStateException("set gateway(...) and domain(...) before build()");
            }
            return new FreePbxSms(this, gateway, domain);
        }
    }
}
