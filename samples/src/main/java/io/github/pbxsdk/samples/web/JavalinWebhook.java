package io.github.pbxsdk.samples.web;

import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.function.Function;

/**
 * A webhook in Javalin, for {@code app.get} and {@code app.post}.
 *
 * <p>No handler before it may call {@code formParam}: that eats the body.
 */
public final class JavalinWebhook implements Handler {

    private final Function<WebhookRequest, WebhookResponse> handler;

    /** Creates one that gives requests to a handler. */
    public JavalinWebhook(Function<WebhookRequest, WebhookResponse> handler) {
        this.handler = handler;
    }

    @Override
    public void handle(Context context) throws IOException {
        WebhookResponse answer = handler.apply(ServletRequests.read(context.req()));
        context.status(answer.status()).contentType(answer.contentType()).result(answer.body());
    }
}
