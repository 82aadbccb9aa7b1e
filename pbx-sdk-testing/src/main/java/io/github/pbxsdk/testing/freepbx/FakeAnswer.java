package io.github.pbxsdk.testing.freepbx;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is answered; a status of 0 is to hang up. */
final class FakeAnswer {

    static final FakeAnswer HANG_UP = new FakeAnswer(0, "", new byte[0], Map.of());

    /** Never goes out, and the connection stays. */
    static final FakeAnswer SILENCE = new FakeAnswer(0, "", new byte[0], Map.of());

    static final FakeAnswer PAGE =
            html("<!DOCTYPE html><html><head><title>FreePBX Administration</title></head></html>");

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, String> headers;

    FakeAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    byte[] body() {
        return body;
    }

    /** Returns what goes out beside the type. */
    Map<String, String> headers() {
        return headers;
    }

    static FakeAnswer json(int status, String json) {
        return new FakeAnswer(
                status, "application/json", json.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static FakeAnswer html(String page) {
        return new FakeAnswer(
                200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static FakeAnswer error(String message) {
        return json(
                400, "{\"errors\":[{\"message\":" + Json.write(message) + ",\"status\":false}]}");
    }

    /** Returns what a real one answered. */
    static FakeAnswer of(RecordedExchange exchange) {
        return new FakeAnswer(
                exchange.status(),
                exchange.header("Content-Type").orElse(""),
                exchange.body().getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    FakeAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new FakeAnswer(status, contentType, body, more);
    }
}
