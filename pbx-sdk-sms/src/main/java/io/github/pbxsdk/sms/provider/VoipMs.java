package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.http.Form;
import io.github.pbxsdk.sms.internal.voipms.VoipMsJson;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * VoIP.ms, for numbers of North America.
 *
 * <p>A text without files has at most 160 bytes in UTF-8, so an accent costs two and an emoji four;
 * with files it goes as an MMS of up to 2048 characters. It reports nothing about what was sent.
 * The server must know the address that calls it, and knows one sender: a number of the account.
 */
public final class VoipMs implements SmsProvider {

    private static final int MOST_BYTES = 160;
    private static final int MOST_CHARACTERS = 2048;
    private static final int MOST_FILES = 3;

    private final SmsOrigin origin;
    private final String url;
    private final Credentials credentials;
    private final String currency;
    private final SmsCapabilities capabilities =
            SmsCapabilities.builder()
                    .needsSender()
                    .maxCharacters(MOST_CHARACTERS)
                    .maxMedia(MOST_FILES)
                    .addFeature(Feature.BALANCE)
                    .build();

    private VoipMs(Builder builder, Credentials credentials) {
        this.origin = new SmsOrigin("voipms", credentials.user());
        this.url = builder.baseUrl + "/api/v1/rest.php";
        this.credentials = credentials;
        this.currency = builder.currency;
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

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a number is not of North America, or a text without files
     *     has more than 160 bytes
     */
    @Override
    public CompletableFuture<ProviderReceipt> sendAsync(
            OutgoingMessage outgoing, ProviderHttp http) {
        TextMessage message = outgoing.message();
        Form form =
                method(message.media().isEmpty() ? "sendSMS" : "sendMMS")
                        .add("did", tenDigits(message.from().orElseThrow()))
                        .add("dst", tenDigits(outgoing.to()))
                        .add("message", text(message));
        for (int i = 0; i < message.media().size(); i++) {
            String file = message.media().get(i).url().map(Object::toString).orElseThrow();
            form.add("media" + (i + 1), file);
        }
        return http.call(post(form, http), VoipMsJson::receipt);
    }

    /** A number of another country would be cut, and is somebody else's then. */
    private static String tenDigits(Address address) {
        if (!address.text().matches("\\+1\\d{10}")) {
            throw new IllegalArgumentException(
                    "VoIP.ms carries texts within North America only, not " + address.masked());
        }
        return address.text().substring(2);
    }

    private static String text(TextMessage message) {
        int bytes = message.text().getBytes(StandardCharsets.UTF_8).length;
        if (message.media().isEmpty() && bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "the text has " + bytes + " bytes; VoIP.ms takes " + MOST_BYTES);
        }
        return message.text();
    }

    private Form method(String name) {
        return new Form()
                .add("api_username", credentials.user())
                .add("api_password", credentials.secret())
                .add("method", name);
    }

    /** As a POST, so that password and text stay out of the logs on the way. */
    private HttpRequest post(Form form, ProviderHttp http) {
        return http.request("POST", url).body(form.body()).build();
    }

    @Override
    public CompletableFuture<Balance> balanceAsync(ProviderHttp http) {
        return http.call(
                post(method("getBalance"), http), answer -> VoipMsJson.balance(answer, currency));
    }

    @Override
    public String toString() {
        return "VoipMs[" + origin.account() + "]";
    }

    /** Collects the settings of {@link VoipMs}; not thread-safe. */
    public static final class Builder {

        private @Nullable Credentials credentials;
        private String baseUrl = "https://voip.ms";
        private String currency = "USD";

        private Builder() {}

        /** Sets the user and the password of the API, which is not that of the portal; needed. */
        public Builder credentials(Credentials value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Sets the server; {@code https://voip.ms} by default. */
        public Builder baseUrl(String value) {
            this.baseUrl = value.replaceFirst("/+$", "");
            return this;
        }

        /** Sets the currency of the account, which the server doesn't tell; USD by default. */
        public Builder currency(String value) {
            this.currency = Objects.requireNonNull(value, "currency");
            return this;
        }

        /**
         * Returns the provider.
         *
         * @throws IllegalArgumentException if the server is no http or https URL
         * @throws IllegalStateException if there are no credentials, or they would go to another
         *     host over plain http
         */
        public VoipMs build() {
            if (credentials == null) {
                throw new IllegalStateException("set credentials(...) before build()");
            }
            ClearText.refusePassword(baseUrl);
            return new VoipMs(this, credentials);
        }
    }
}
