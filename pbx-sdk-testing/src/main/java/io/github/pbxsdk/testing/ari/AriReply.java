package io.github.pbxsdk.testing.ari;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What a {@link FakeAri} answers to a request. Immutable. */
public final class AriReply {

    private final int status;
    private final String contentType;
    private final byte[] body;

    private AriReply(int status, String contentType, byte[] body) {
        this.status = status;
        this.contentType = Objects.requireNonNull(contentType, "contentType");
        this.body = body;
    }

    /** Returns an answer with JSON; an empty text for none. */
    public static AriReply json(int status, String json) {
        return new AriReply(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a refusal as the server words it. */
    public static AriReply refused(int status, String message) {
        return json(status, "{\"message\":\"" + message + "\"}");
    }

    /** Returns an answer that says nothing. */
    public static AriReply done() {
        return json(204, "");
    }

    /** Returns an answer with a page or file. */
    public static AriReply bytes(int status, String contentType, byte[] body) {
        return new AriReply(status, contentType, body.clone());
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

    @Override
    public String toString() {
        return "AriReply[" + status + ", " + body.length + " bytes]";
    }
}
