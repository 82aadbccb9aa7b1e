package io.github.pbxsdk.samples.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A webhook on the server that every JDK has.
 *
 * <pre>{@code
 * server.createContext("/sms", new JdkWebhook(webhook::handle));
 * }</pre>
 */
public final class JdkWebhook implements HttpHandler {

    private final Function<WebhookRequest, WebhookResponse> handler;

    /** Creates one that gives requests to a handler. */
    public JdkWebhook(Function<WebhookRequest, WebhookResponse> handler) {
        this.handler = handler;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange, handler.apply(request(exchange)));
        }
    }

    private static WebhookRequest request(HttpExchange exchange) throws IOException {
        HttpHeaders.Builder headers = HttpHeaders.builder();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        return WebhookRequest.of(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        headers.build(),
                        Bodies.read(exchange.getRequestBody()))
                .from(exchange.getRemoteAddress().getAddress().getHostAddress());
    }

    private static void answer(HttpExchange exchange, WebhookResponse response) throws IOException {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
