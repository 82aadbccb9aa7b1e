package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.PhoneNumber;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.broadcast.BroadcastLines;
import io.github.pbxsdk.sms.internal.http.Form;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * SMS Broadcast of Australia, by its advanced API.
 *
 * <p>Each message is a POST of its own, except in a bulk, where one text goes to up to a hundred
 * numbers at once. A reference of up to 20 characters comes back in reports and replies, by which a
 * message of unknown outcome can be told. A sender name has letters and digits only.
 */
public final class SmsBroadcast implements BatchSmsProvider {

    private static final int LONGEST_REFERENCE = 20;
    private static final int MOST_IN_A_BATCH = 100;

    private final SmsOrigin origin;
    private final String url;
    private final Credentials credentials;
    private final int maxParts;
    private final SmsCapabilities capabilities;

    private SmsBroadcast(Builder builder, Credentials credentials) {
        this.origin = new SmsOrigin("smsbroadcast", credentials.user());
        this.url = builder.baseUrl + "/api-adv.php";
        this.credentials = credentials;
        this.maxParts = builder.maxParts;
        this.capabilities =
                SmsCapabilities.builder()
                        .senders(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.SENDER_NAME)
                        .maxSegments(maxParts)
                        .maxReference(LONGEST_REFERENCE)
                        .addFeature(Feature.SCHEDULE)
                        .addFeature(Feature.BALANCE)
                        .addFeature(Feature.DELIVERY_REPORTS)
                        .build();
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public SmsOrigin origin() {
        return origin;
    }

    @Override
    public SmsCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public CompletableFuture<ProviderReceipt> sendAsync(
            OutgoingMessage outgoing, ProviderHttp http) {
        return http.call(
                post(form(outgoing, digits(outgoing.to()), http), http), BroadcastLines::receipt);
    }

    @Override
    public int maxBatch() {
        return MOST_IN_A_BATCH;
    }

    /** One text goes to a list of numbers. */
    @Override
    public boolean fitTogether(OutgoingMessage first, OutgoingMessage second) {
        TextMessage one = first.message();
        TextMessage two = second.message();
        return one.text().equals(two.text())
                && one.from().equals(two.from())
                && one.reference().equals(two.reference())
                && one.scheduledAt().equals(two.scheduledAt());
    }

    @Override
    public CompletableFuture<List<BatchReceipt>> sendAllAsync(
            List<OutgoingMessage> messages, ProviderHttp http) {
        List<String> numbers = messages.stream().map(message -> digits(message.to())).toList();
        Form form = form(messages.get(0), String.join(",", numbers), http);
        return http.call(post(form, http), answer -> BroadcastLines.receipts(answer, numbers));
    }

    private Form form(OutgoingMessage outgoing, String to, ProviderHttp http) {
        TextMessage message = outgoing.message();
        Form form =
                account()
                        .add("to", to)
                        .add("message", message.text())
                        .add("maxsplit", String.valueOf(maxParts));
        message.from().ifPresent(from -> form.add("from", sender(from)));
        message.reference().ifPresent(reference -> form.add("ref", reference));
        message.scheduledAt()
                .ifPresent(at -> form.add("delay", minutesUntil(at, http.time().now())));
        return form;
    }

    private Form account() {
        return new Form().add("username", credentials.user()).add("password", credentials.secret());
    }

    private HttpRequest post(Form form, ProviderHttp http) {
        return http.request("POST", url).body(form.body()).build();
    }

    private static String digits(Address address) {
        return address instanceof PhoneNumber number ? number.e164().substring(1) : address.text();
    }

    /** A name that is cut or cleaned in silence would be somebody else's. */
    private static String sender(Address from) {
        if (from.kind() == Kind.SENDER_NAME && !from.text().matches("[A-Za-z0-9]{1,11}")) {
            throw new IllegalArgumentException(
                    "SMS Broadcast takes sender names of letters and digits only, not "
                            + from.text());
        }
        return digits(from);
    }

    private static String minutesUntil(Instant at, Instant now) {
        long seconds = Math.max(0, Duration.between(now, at).toSeconds());
        return String.valueOf((seconds + 59) / 60);
    }

    @Override
    public CompletableFuture<Balance> balanceAsync(ProviderHttp http) {
        return http.call(post(account().add("action", "balance"), http), BroadcastLines::balance);
    }

    @Override
    public String toString() {
        return "SmsBroadcast[" + origin.account() + "]";
    }

    /** Collects the settings of {@link SmsBroadcast}; not thread-safe. */
    public static final class Builder {

        private static final int MOST_PARTS = 7;

        private @Nullable Credentials credentials;
        private String baseUrl = "https://api.smsbroadcast.com.au";
        private int maxParts = 5;

        private Builder() {}

        /** Sets user and password, or an API key and its secret; needed. */
        public Builder credentials(Credentials value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Sets the server; older accounts and resellers have others. */
        public Builder baseUrl(String value) {
            this.baseUrl = value.replaceFirst("/+$", "");
            return this;
        }

        /**
         * Sets how many messages on the air a text may take; 5 by default. Longer texts are refused
         * here rather than cut there.
         *
         * @throws IllegalArgumentException if it is not 1 to 7
         */
        public Builder maxParts(int value) {
            if (value < 1 || value > MOST_PARTS) {
                throw new IllegalArgumentException("maxParts is 1 to 7, not " + value);
            }
            this.maxParts = value;
            return this;
        }

        /**
         * Returns the provider.
         *
         * @throws IllegalArgumentException if the server is no http or https URL
         * @throws IllegalStateException if there are no credentials, or they would go to another
         *     host over plain http
         */
        public SmsBroadcast build() {
            if (credentials == null) {
                throw new IllegalStateException("set credentials(...) before build()");
            }
            ClearText.refusePassword(baseUrl);
            return new SmsBroadcast(this, credentials);
        }
    }
}
