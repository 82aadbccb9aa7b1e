package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.messagemedia.MessageMediaEvents;
import io.github.pbxsdk.sms.internal.messagemedia.MessageMediaJson;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * MessageMedia, which is Sinch Engage now.
 *
 * <p>Our idempotency key travels in the metadata. Replies and reports that are polled come again
 * until they are confirmed, which happens after they were handled.
 */
public final class MessageMedia implements BatchSmsProvider {

    private static final int MOST_CHARACTERS = 5000;
    private static final int MOST_IN_A_BATCH = 100;
    private static final int LONGEST_REFERENCE = 256;
    private static final int MOST_FILES = 10;

    private final SmsOrigin origin;
    private final String baseUrl;
    private final Credentials credentials;
    private final @Nullable String subAccount;
    private final SmsCapabilities capabilities;

    private MessageMedia(Builder builder, Credentials credentials) {
        String account = builder.subAccount == null ? credentials.user() : builder.subAccount;
        this.origin = new SmsOrigin("messagemedia", account);
        this.baseUrl = builder.baseUrl;
        this.credentials = credentials;
        this.subAccount = builder.subAccount;
        this.capabilities =
                SmsCapabilities.builder()
                        .senders(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.SENDER_NAME)
                        .maxCharacters(MOST_CHARACTERS)
                        .maxReference(LONGEST_REFERENCE)
                        .maxMedia(MOST_FILES)
                        .addFeature(Feature.SCHEDULE)
                        .addFeature(Feature.VALIDITY)
                        .addFeature(Feature.POLLING)
                        .addFeature(Feature.CONFIRMATION)
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
        HttpRequest request = post("/v1/messages", requestFor(List.of(outgoing), http), http);
        return http.call(request, MessageMediaJson::receipt);
    }

    private static String requestFor(List<OutgoingMessage> messages, ProviderHttp http) {
        return MessageMediaJson.request(messages, http.time().now());
    }

    @Override
    public int maxBatch() {
        return MOST_IN_A_BATCH;
    }

    /** One bad message, and nothing of the batch is sent: those named are refused. */
    @Override
    public CompletableFuture<List<BatchReceipt>> sendAllAsync(
            List<OutgoingMessage> messages, ProviderHttp http) {
        HttpRequest request = post("/v1/messages", requestFor(messages, http), http);
        return http.call(request, answer -> MessageMediaJson.receipts(answer, messages.size()));
    }

    private HttpRequest post(String path, String json, ProviderHttp http) {
        return withAccount(http.request("POST", baseUrl + path))
                .body(HttpBody.text(json, "application/json"))
                .build();
    }

    private HttpRequest.Builder withAccount(HttpRequest.Builder request) {
        request.credentials(credentials);
        return subAccount == null ? request : request.addHeader("Account", subAccount);
    }

    @Override
    public CompletableFuture<List<SmsEvent>> receiveAsync(Instant since, ProviderHttp http) {
        CompletableFuture<List<SmsEvent>> replies =
                list("replies", MessageMediaEvents::received, http);
        CompletableFuture<List<SmsEvent>> reports =
                list("delivery_reports", MessageMediaEvents::report, http);
        return replies.thenCombine(
                reports,
                (first, second) -> {
                    List<SmsEvent> all = new ArrayList<>(first);
                    all.addAll(second);
                    return all;
                });
    }

    private CompletableFuture<List<SmsEvent>> list(
            String name, BiFunction<SmsOrigin, JsonObject, SmsEvent> reader, ProviderHttp http) {
        HttpRequest request = withAccount(http.request("GET", baseUrl + "/v1/" + name)).build();
        return http.call(
                request,
                answer ->
                        MessageMediaJson.success(answer).objects(name).stream()
                                .map(json -> reader.apply(origin, json))
                                .toList());
    }

    @Override
    public CompletableFuture<Void> confirmAsync(List<SmsEvent> handled, ProviderHttp http) {
        return CompletableFuture.allOf(
                confirm("replies", "reply_ids", ids(handled, MessageReceivedEvent.class), http),
                confirm(
                        "delivery_reports",
                        "delivery_report_ids",
                        ids(handled, DeliveryReportEvent.class),
                        http));
    }

    private static List<String> ids(List<SmsEvent> handled, Class<? extends SmsEvent> type) {
        return handled.stream()
                .filter(type::isInstance)
                .map(SmsEvent::repetitionKey)
                .flatMap(Optional::stream)
                .map(key -> key.substring(key.indexOf('|') + 1))
                .toList();
    }

    private CompletableFuture<?> confirm(
            String name, String member, List<String> ids, ProviderHttp http) {
        if (ids.isEmpty()) {
            return CompletableFuture.completedFuture("nothing to confirm");
        }
        String json = MessageMediaJson.confirmation(member, ids);
        return http.call(
                post("/v1/" + name + "/confirmed", json, http), HttpAnswer::requireSuccess);
    }

    @Override
    public String toString() {
        return "MessageMedia[" + origin.account() + "]";
    }

    /** Collects the settings of {@link MessageMedia}; not thread-safe. */
    public static final class Builder {

        private @Nullable Credentials credentials;
        private @Nullable String subAccount;
        private String baseUrl = "https://api.messagemedia.com";

        private Builder() {}

        /** Sets API key and secret; needed. */
        public Builder credentials(Credentials value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Sets the sub-account to act for; none by default. */
        public Builder subAccount(String value) {
            this.subAccount = Objects.requireNonNull(value, "subAccount");
            return this;
        }

        /** Sets the server; {@code https://api.messagemedia.com} by default. */
        public Builder baseUrl(String value) {
            this.baseUrl = value.replaceFirst("/+$", "");
            return this;
        }

        /**
         * Returns the provider.
         *
         * @throws IllegalStateException if there are no credentials
         */
        public MessageMedia build() {
            if (credentials == null) {
                throw new IllegalStateException("set credentials(...) before build()");
            }
            return new MessageMedia(this, credentials);
        }
    }
}
