package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.bridge.BridgeJson;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A bridge in front of the SMS of a FreePBX: send, messages and unread, over HTTP.
 *
 * <pre>{@code
 * SmsProvider bridge = FreePbxBridge.builder()
 *         .baseUrl("https://pbx.example.com")
 *         .credentials(Credentials.of(apiKey, apiSecret))
 *         .build();
 * }</pre>
 *
 * <p>FreePBX itself has no such routes: a site that offers them has put its own bridge there. Lists
 * tell no direction; a message from one of our {@link Builder#ownNumbers} is one of ours. When many
 * have come, longer lists are asked for: a bridge must give as many as it is asked.
 */
public final class FreePbxBridge implements SmsProvider {

    private static final int PAGE = 50;
    private static final int LONGEST_LIST = 12_800;

    private final SmsOrigin origin;
    private final Builder settings;
    private final Credentials credentials;
    private final SmsCapabilities capabilities =
            SmsCapabilities.builder()
                    .recipients(Kind.PHONE_NUMBER, Kind.SHORT_CODE)
                    .senders(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.SENDER_NAME)
                    .addFeature(Feature.LOOKUP)
                    .addFeature(Feature.POLLING)
                    .addFeature(Feature.UNREAD_COUNT)
                    .build();

    private FreePbxBridge(Builder settings, Credentials credentials) {
        this.origin = new SmsOrigin("freepbx-bridge", credentials.user());
        this.settings = settings;
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
        String json = BridgeJson.request(outgoing.message());
        HttpRequest request =
                request("POST", settings.sendPath, http)
                        .body(HttpBody.text(json, "application/json"))
                        .build();
        return http.call(request, BridgeJson::receipt);
    }

    private HttpRequest.Builder request(String method, String path, ProviderHttp http) {
        HttpRequest.Builder request =
                http.request(method, settings.baseUrl + path).credentials(credentials);
        return settings.plaintextAllowed ? request.allowPlaintext() : request;
    }

    @Override
    public CompletableFuture<Optional<ProviderReceipt>> findAsync(
            OutgoingMessage outgoing, Instant since, ProviderHttp http) {
        String digits = digits(outgoing.to().text());
        return listAsync(since, PAGE, http)
                .thenApply(
                        found ->
                                found.stream()
                                        .filter(json -> isSame(json, outgoing, digits, since))
                                        .findFirst()
                                        .map(BridgeJson::receipt));
    }

    private static boolean isSame(
            JsonObject json, OutgoingMessage outgoing, String digits, Instant since) {
        return digits(json.find("to").orElse("")).equals(digits)
                && json.find("body", "message").orElse("").equals(outgoing.message().text())
                && isSince(BridgeJson.message(json, "", List.of()), since);
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    @Override
    public CompletableFuture<List<SmsEvent>> receiveAsync(Instant since, ProviderHttp http) {
        return listAsync(since, PAGE, http)
                .thenApply(
                        found ->
                                found.stream()
                                        .map(this::message)
                                        .filter(text -> text.direction() == Direction.INBOUND)
                                        .filter(text -> isSince(text, since))
                                        .<SmsEvent>map(
                                                text -> new MessageReceivedEvent(origin, text))
                                        .toList());
    }

    private TextMessage message(JsonObject json) {
        return BridgeJson.message(json, origin.provider(), settings.ownNumbers);
    }

    private static boolean isSince(TextMessage message, Instant since) {
        return message.sentAt().map(at -> !at.isBefore(since)).orElse(true);
    }

    /** Asks for more until the list reaches back far enough: there are no pages. */
    private CompletableFuture<List<JsonObject>> listAsync(
            Instant since, int limit, ProviderHttp http) {
        HttpRequest request =
                request("GET", settings.messagesPath + "?limit=" + limit, http).build();
        return http.call(request, BridgeJson::messages)
                .thenCompose(
                        found ->
                                reachesBack(found, since, limit)
                                        ? CompletableFuture.completedFuture(found)
                                        : listAsync(since, longer(limit), http));
    }

    private static int longer(int limit) {
        if (limit >= LONGEST_LIST) {
            throw new PbxException(
                    "a list of more than " + LONGEST_LIST + " messages; begin at a later time");
        }
        return limit * 4;
    }

    private boolean reachesBack(List<JsonObject> found, Instant since, int limit) {
        return found.size() < limit
                || found.stream()
                        .map(this::message)
                        .flatMap(message -> message.sentAt().stream())
                        .anyMatch(at -> at.isBefore(since));
    }

    @Override
    public CompletableFuture<Integer> unreadCountAsync(ProviderHttp http) {
        return http.call(request("GET", settings.unreadPath, http).build(), BridgeJson::count);
    }

    @Override
    public String toString() {
        return "FreePbxBridge[" + settings.baseUrl + "]";
    }

    /** Collects the settings of {@link FreePbxBridge}; not thread-safe. */
    public static final class Builder {

        private String baseUrl = "";
        private @Nullable Credentials credentials;
        private String sendPath = "/api/sms/send";
        private String messagesPath = "/api/sms/messages";
        private String unreadPath = "/api/sms/unread";
        private List<Address> ownNumbers = List.of();
        private boolean plaintextAllowed;

        private Builder() {}

        /** Sets the server, such as {@code https://pbx.example.com}; needed. */
        public Builder baseUrl(String value) {
            this.baseUrl = value.replaceFirst("/+$", "");
            return this;
        }

        /** Sets API key and secret; needed. */
        public Builder credentials(Credentials value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Sets the path to send by; {@code /api/sms/send} by default. */
        public Builder sendPath(String value) {
            this.sendPath = Objects.requireNonNull(value, "sendPath");
            return this;
        }

        /** Sets the path of the list; {@code /api/sms/messages} by default. */
        public Builder messagesPath(String value) {
            this.messagesPath = Objects.requireNonNull(value, "messagesPath");
            return this;
        }

        /** Sets the path of the count; {@code /api/sms/unread} by default. */
        public Builder unreadPath(String value) {
            this.unreadPath = Objects.requireNonNull(value, "unreadPath");
            return this;
        }

        /**
         * Sets our numbers, by which sent messages are told from received ones; none by default.
         */
        public Builder ownNumbers(List<? extends Address> values) {
            this.ownNumbers = List.copyOf(values);
            return this;
        }

        /**
         * Allows the credentials to go over plain http to another host; see {@link HttpRequest}.
         */
        public Builder allowPlaintext() {
            this.plaintextAllowed = true;
            return this;
        }

        /**
         * Returns the provider.
         *
         * @throws IllegalStateException if there is no server, or no credentials
         */
        public FreePbxBridge build() {
            if (baseUrl.isEmpty() || credentials == null) {
                throw new IllegalStateException(
                        "set baseUrl(...) and credentials(...) before build()");
            }
            return new FreePbxBridge(copy(), credentials);
        }

        private Builder copy() {
            Builder copy = new Builder();
            copy.baseUrl = baseUrl;
            copy.sendPath = sendPath;
            copy.messagesPath = messagesPath;
            copy.unreadPath = unreadPath;
            copy.ownNumbers = new ArrayList<>(ownNumbers);
            copy.plaintextAllowed = plaintextAllowed;
            return copy;
        }
    }
}
