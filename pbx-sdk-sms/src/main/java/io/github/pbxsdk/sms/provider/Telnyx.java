package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.telnyx.TelnyxJson;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Telnyx, by version 2 of its API.
 *
 * <pre>{@code
 * SmsProvider telnyx = Telnyx.builder().apiKey(key).messagingProfile(profileId).build();
 * }</pre>
 *
 * <p>It has no idempotency key and no list to look a message up in: what became of one of unknown
 * outcome, a report may tell. A message can be scheduled from five minutes to five days ahead.
 */
public final class Telnyx implements SmsProvider {

    private static final int MOST_FILES = 10;

    private final SmsOrigin origin;
    private final String baseUrl;
    private final String apiKey;
    private final @Nullable String messagingProfile;
    private final @Nullable URI statusCallback;
    private final SmsCapabilities capabilities;

    private Telnyx(Builder builder, String apiKey) {
        this.origin = new SmsOrigin("telnyx", builder.account);
        this.baseUrl = builder.baseUrl;
        this.apiKey = apiKey;
        this.messagingProfile = builder.messagingProfile;
        this.statusCallback = builder.statusCallback;
        this.capabilities = capabilities(builder.messagingProfile != null);
    }

    /** Names, and numbers that it chooses itself, belong to a profile. */
    private static SmsCapabilities capabilities(boolean hasProfile) {
        SmsCapabilities.Builder builder =
                SmsCapabilities.builder()
                        .maxMedia(MOST_FILES)
                        .addFeature(Feature.SCHEDULE)
                        .addFeature(Feature.BALANCE)
                        .addFeature(Feature.DELIVERY_REPORTS);
        return (hasProfile
                        ? builder.senders(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.SENDER_NAME)
                        : builder.senders(Kind.PHONE_NUMBER, Kind.SHORT_CODE).needsSender())
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
        String json = TelnyxJson.request(outgoing.message(), messagingProfile, statusCallback);
        HttpRequest request =
                http.request("POST", baseUrl + "/v2/messages")
                        .bearer(apiKey)
                        .body(HttpBody.text(json, "application/json"))
                        .build();
        return http.call(request, TelnyxJson::receipt);
    }

    @Override
    public CompletableFuture<Balance> balanceAsync(ProviderHttp http) {
        HttpRequest request = http.request("GET", baseUrl + "/v2/balance").bearer(apiKey).build();
        return http.call(request, TelnyxJson::balance);
    }

    @Override
    public String toString() {
        return "Telnyx[" + origin.account() + "]";
    }

    /** Collects the settings of {@link Telnyx}; not thread-safe. */
    public static final class Builder {

        private @Nullable String apiKey;
        private String account = "default";
        private @Nullable String messagingProfile;
        private String baseUrl = "https://api.telnyx.com";
        private @Nullable URI statusCallback;

        private Builder() {}

        /** Sets the API key; needed. */
        public Builder apiKey(String value) {
            this.apiKey = Objects.requireNonNull(value, "apiKey");
            return this;
        }

        /**
         * Sets a name for the account in events and in the ledger, since the key is a secret;
         * {@code default} by default. Accounts that share a store need different ones.
         */
        public Builder account(String value) {
            this.account = Objects.requireNonNull(value, "account");
            return this;
        }

        /** Sets the messaging profile, which can choose the sender and has names to send under. */
        public Builder messagingProfile(String value) {
            this.messagingProfile = Objects.requireNonNull(value, "messagingProfile");
            return this;
        }

        /** Sets the server; {@code https://api.telnyx.com} by default. */
        public Builder baseUrl(String value) {
            this.baseUrl = value.replaceFirst("/+$", "");
            return this;
        }

        /** Sets where delivery reports are posted; by default what is set in the profile. */
        public Builder statusCallback(URI value) {
            this.statusCallback = Objects.requireNonNull(value, "statusCallback");
            return this;
        }

        /**
         * Returns the provider.
         *
         * @throws IllegalStateException if there is no API key
         */
        public Telnyx build() {
            if (apiKey == null) {
                throw new IllegalStateException("set apiKey(...) before build()");
            }
            return new Telnyx(this, apiKey);
        }
    }
}
