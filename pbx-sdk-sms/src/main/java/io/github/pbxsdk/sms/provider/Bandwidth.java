package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.bandwidth.BandwidthJson;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Bandwidth, by version 2 of its messaging API.
 *
 * <pre>{@code
 * SmsProvider bandwidth = Bandwidth.builder()
 *         .account("5500123")
 *         .application("93de2206-9669-4e07-948d-329f4b722ee2")
 *         .credentials(Credentials.of(token, secret))
 *         .build();
 * }</pre>
 *
 * <p>The reference travels as its {@code tag} and comes back in reports, by which a message of
 * unknown outcome can be told. It has no idempotency key, and can't be asked.
 */
public final class Bandwidth implements SmsProvider {

    private static final int MOST_CHARACTERS = 2048;
    private static final int LONGEST_REFERENCE = 1024;

    private final SmsOrigin origin;
    private final String url;
    private final String application;
    private final Credentials credentials;
    private final SmsCapabilities capabilities =
            SmsCapabilities.builder()
                    .senders(Kind.PHONE_NUMBER, Kind.SHORT_CODE)
                    .needsSender()
                    .maxCharacters(MOST_CHARACTERS)
                    .maxReference(LONGEST_REFERENCE)
                    .maxMedia(Integer.MAX_VALUE)
                    .addFeature(Feature.DELIVERY_REPORTS)
                    .build();

    private Bandwidth(String baseUrl, String account, String application, Credentials credentials) {
        this.origin = new SmsOrigin("bandwidth", account);
        this.url = baseUrl + "/api/v2/users/" + account + "/messages";
        this.application = application;
        this.credentials = credentials;
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
        String json = BandwidthJson.request(outgoing.message(), application);
        HttpRequest request =
                http.request("POST", url)
                        .credentials(credentials)
                        .body(HttpBody.text(json, "application/json"))
                        .build();
        return http.call(request, BandwidthJson::receipt);
    }

    @Override
    public String toString() {
        return "Bandwidth[" + origin.account() + "]";
    }

    /** Collects the settings of {@link Bandwidth}; not thread-safe. */
    public static final class Builder {

        private @Nullable String account;
        private @Nullable String application;
        private @Nullable Credentials credentials;
        private String baseUrl = "https://messaging.bandwidth.com";

        private Builder() {}

        /**
         * Sets the number of the account; needed.
         *
         * @throws IllegalArgumentException if it is not letters, digits, {@code -} or {@code _}
         */
        public Builder account(String value) {
            if (!value.matches("[A-Za-z0-9_-]+")) {
                throw new IllegalArgumentException("account(...) is as in 5500123");
            }
            this.account = value;
            return this;
        }

        /** Sets the id of the messaging application, to which webhooks belong; needed. */
        public Builder application(String value) {
            this.application = Objects.requireNonNull(value, "application");
            return this;
        }

        /** Sets API token and secret; needed. */
        public Builder credentials(Credentials value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Sets the server; {@code https://messaging.bandwidth.com} by default. */
        public Builder baseUrl(String value) {
            this.baseUrl = value.replaceFirst("/+$", "");
            return this;
        }

        /**
         * Returns the provider.
         *
         * @throws IllegalStateException if account, application or credentials are missing
         */
        public Bandwidth build() {
            if (account == null || application == null || credentials == null) {
                throw new IllegalStateException(
                        "set account(...), application(...) and credentials(...) before build()");
            }
            return new Bandwidth(baseUrl, account, application, credentials);
        }
    }
}
