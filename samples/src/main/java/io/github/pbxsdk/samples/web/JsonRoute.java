package io.github.pbxsdk.samples.web;

import com.squareup.moshi.JsonReader;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.sms.SmsRejectedException;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookResponse;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import okio.Buffer;

/** Work that answers with JSON; what it throws becomes a status that says what to do. */
@FunctionalInterface
public interface JsonRoute {

    /** Returns the answer. */
    JsonLine answer() throws IOException;

    /**
     * Returns the answer, or why there is none: 400 for a wrong request, 422 for a no of the
     * carrier, 502 where nothing was sent, 504 where nobody knows.
     */
    static WebhookResponse run(JsonRoute route) {
        try {
            return response(200, route.answer());
        } catch (SmsRejectedException e) {
            return failure(422, e);
        } catch (PbxException e) {
            return failure(e.mayHaveBeenSent() ? 504 : 502, e);
        } catch (IOException | RuntimeException e) {
            return failure(400, e);
        }
    }

    private static WebhookResponse failure(int status, Exception reason) {
        return failure(status, String.valueOf(reason.getMessage()));
    }

    /** Returns a failure in words. */
    static WebhookResponse failure(int status, String words) {
        return response(status, JsonLine.of("message", words));
    }

    private static WebhookResponse response(int status, JsonLine body) {
        return WebhookResponse.of(status, "application/json", body.toString());
    }

    /** Returns the key of a request: asked again under it, nobody gets a text a second time. */
    static String key(WebhookRequest request) {
        return request.headers().find("Idempotency-Key").orElse(UUID.randomUUID().toString());
    }

    /** Reads an object. */
    static Map<?, ?> object(String json) throws IOException {
        if (JsonReader.of(new Buffer().writeUtf8(json)).readJsonValue() instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("a JSON object, please");
    }

    /** Returns a member that must be there. */
    static Object required(Map<?, ?> object, String name) {
        Object value = object.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
