package io.github.pbxsdk.testing.sms;

import java.util.Optional;

/** A call that a fake provider made to a webhook. Immutable. */
public final class WebhookCall {

    private final Outgoing request;
    private final int status;
    private final String answer;

    WebhookCall(Outgoing request, int status, String answer) {
        this.request = request;
        this.status = status;
        this.answer = answer;
    }

    /** Returns the method. */
    public String method() {
        return request.method();
    }

    /** Returns the URL, with its query. */
    public String url() {
        return request.url();
    }

    /** Returns a header. */
    public Optional<String> header(String name) {
        return request.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue())
                .findFirst();
    }

    /** Returns the body; empty for a GET. */
    public String body() {
        return request.body();
    }

    /** Returns the status that was answered, or 0 if no answer came. */
    public int status() {
        return status;
    }

    /** Returns the body that was answered. */
    public String answer() {
        return answer;
    }

    @Override
    public String toString() {
        return method() + " " + url() + ": " + status;
    }
}
