package io.github.pbxsdk.samples.web;

import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A webhook as a servlet (Jakarta EE).
 *
 * <p>No filter before it may call {@code getParameter}: that eats the body of a form.
 */
public final class ServletWebhook extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Function<WebhookRequest, WebhookResponse> handler;

    /** Creates one that gives requests to a handler. */
    public ServletWebhook(Function<WebhookRequest, WebhookResponse> handler) {
        this.handler = handler;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        WebhookResponse answer = handler.apply(ServletRequests.read(request));
        response.setStatus(answer.status());
        response.setContentType(answer.contentType());
        response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
