package io.github.pbxsdk.sms.webhook;

import java.util.Objects;

/** What to answer to a webhook call. Immutable. */
public final class WebhookResponse {

    private final int status;
    private final String contentType;
    private final String body;

    private WebhookResponse(int status, String contentType, String body) {
        this.status = status;
        this.contentType = Objects.requireNonNull(contentType, "contentType");
        this.body = Objects.requireNonNull(body, "body");
    }

    /** Returns a response. */
    public static WebhookResponse of(int status, String contentType, String body) {
        return new WebhookResponse(status, contentType, body);
    }

    /** Returns the status. */
    public int status() {
        return status;
    }

    /** Returns the value of {@code Content-Type}. */
    public String contentType() {
        return contentType;
    }

    /**
     * Returns the body. Some providers send to the person whatever stands in it: change nothing.
     */
    public String body() {
        return body;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookResponse that
                && status == that.status
                && contentType.equals(that.contentType)
                && body.equals(that.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, contentType, body);
    }

    @Override
    public String toString() {
        return "WebhookResponse[" + status + "]";
    }
}
