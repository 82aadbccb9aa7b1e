package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.internal.bridge.BridgeJson;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookResponse;
import io.github.pbxsdk.sms.webhook.WebhookVerifier;
import io.github.pbxsdk.sms.webhook.WebhookVerifiers;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other half of {@link io.github.pbxsdk.sms.provider.FreePbxBridge}: three routes for a front
 * end, over any provider.
 *
 * <pre>{@code
 * SmsBridge bridge = SmsBridge.builder()
 *         .client(sms)
 *         .inbox(inbox)
 *         .credentials(Credentials.of(apiKey, apiSecret))
 *         .build();
 *
 * WebhookResponse response = bridge.handle(request);
 * }</pre>
 *
 * <p>{@code POST /api/sms/send} takes {@code to}, {@code from} and {@code message}, {@code GET
 * /api/sms/messages?limit=} and {@code GET /api/sms/unread} tell what the inbox has. A header
 * {@code Idempotency-Key} makes it safe for the front end to ask for the same text again. Mount it
 * in any web framework, over https. Thread-safe.
 */
public final class SmsBridge {

    private static final Logger log = LoggerFactory.getLogger(SmsBridge.class);

    private static final int LONGEST_BODY = 64 * 1024;
    private static final int LONGEST_KEY = 200;
    private static final int PAGE = 50;

    private final SmsClient client;
    private final SmsInbox inbox;
    private final WebhookVerifier verifier;

    private SmsBridge(SmsClient client, SmsInbox inbox, Credentials credentials) {
        this.client = client;
        this.inbox = inbox;
        this.verifier = WebhookVerifiers.basic(credentials);
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Answers a request; never throws.
     *
     * <p>200 with JSON, 400 for what can't be sent, 401 without the right credentials, 404 for
     * other routes, 422 when the provider refuses, 502 when nothing was sent, and 504 when nobody
     * knows.
     */
    public WebhookResponse handle(WebhookRequest request) {
        if (!verifier.accepts(request, Instant.EPOCH)) {
            return failure(401, "wrong credentials");
        }
        try {
            return answer(request);
        } catch (IllegalArgumentException e) {
            return failure(400, String.valueOf(e.getMessage()));
        } catch (SmsRejectedException e) {
            return failure(e.mayHaveBeenSent() ? 504 : 422, e.reason());
        } catch (PbxException e) {
            log.warn("a text was asked for and not certainly sent: {}", e.getMessage());
            return e.mayHaveBeenSent()
                    ? failure(504, "nobody knows whether it was sent")
                    : failure(502, "it was not sent");
        }
    }

    private WebhookResponse answer(WebhookRequest request) {
        return switch (request.method() + " " + route(request.url())) {
            case "POST send" -> send(request);
            case "GET messages" -> messages(request);
            case "GET unread" -> json(BridgeJson.count(inbox.unread()));
            default -> failure(404, "no such route");
        };
    }

    /** Whatever stands before it is the business of who mounted this. */
    private static String route(String url) {
        String path = url.replaceFirst("[?#].*", "").replaceFirst("/+$", "");
        int mark = path.lastIndexOf("/api/sms/");
        return mark < 0 ? "" : path.substring(mark + "/api/sms/".length());
    }

    private WebhookResponse send(WebhookRequest request) {
        byte[] body = request.body();
        if (body.length > LONGEST_BODY) {
            throw new IllegalArgumentException("the request is too long");
        }
        JsonObject json = JsonObject.parse(request.bodyText());
        TextMessage.Builder message =
                TextMessage.to(client.address(json.find("to").orElse("")))
                        .text(json.find("message", "body").orElse(""));
        json.find("from").map(SmsBridge::sender).ifPresent(message::from);
        SendResult sent = clientFor(request).messages().send(message.build());
        return json(BridgeJson.sent(sent.id().map(MessageId::value), sent.status()));
    }

    private static Address sender(String text) {
        Address address = Address.parse(text);
        return address.kind() == Address.Kind.UNPARSED ? Address.senderName(text) : address;
    }

    private SmsClient clientFor(WebhookRequest request) {
        Optional<String> key =
                request.headers().find("Idempotency-Key").filter(text -> !text.isBlank());
        if (key.filter(text -> text.length() > LONGEST_KEY).isPresent()) {
            throw new IllegalArgumentException("the Idempotency-Key is too long");
        }
        return key.map(CallOptions::idempotencyKey).map(client::with).orElse(client);
    }

    private WebhookResponse messages(WebhookRequest request) {
        int limit =
                request.query()
                        .find("limit")
                        .filter(text -> text.matches("\\d{1,6}"))
                        .map(Integer::valueOf)
                        .orElse(PAGE);
        List<TextMessage> newest = inbox.messages().stream().limit(limit).toList();
        return json(BridgeJson.messages(newest, inbox::isUnread));
    }

    private static WebhookResponse json(String body) {
        return WebhookResponse.of(200, "application/json", body);
    }

    private static WebhookResponse failure(int status, String words) {
        return WebhookResponse.of(status, "application/json", BridgeJson.failure(words));
    }

    /** Collects the settings of {@link SmsBridge}; not thread-safe. */
    public static final class Builder {

        private @Nullable SmsClient client;
        private @Nullable SmsInbox inbox;
        private @Nullable Credentials credentials;

        private Builder() {}

        /** Sets who sends; needed. */
        public Builder client(SmsClient value) {
            this.client = Objects.requireNonNull(value, "client");
            return this;
        }

        /** Sets where received texts are; needed. */
        public Builder inbox(SmsInbox value) {
            this.inbox = Objects.requireNonNull(value, "inbox");
            return this;
        }

        /** Sets the API key and secret that the front end shows; needed. */
        public Builder credentials(Credentials value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /**
         * Returns the bridge.
         *
         * @throws IllegalStateException if something is missing
         */
        public SmsBridge build() {
            if (client == null || inbox == null || credentials == null) {
                throw new IllegalStateException(
                        "set client(...), inbox(...) and credentials(...) before build()");
            }
            return new SmsBridge(client, inbox, credentials);
        }
    }
}
