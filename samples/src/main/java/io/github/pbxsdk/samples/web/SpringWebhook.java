package io.github.pbxsdk.samples.web;

import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A webhook as a controller of Spring MVC.
 *
 * <p>It asks for the request itself: with {@code @RequestParam} the body of a form would be gone.
 * Leave the hidden-method filter out for its route, for the same reason.
 */
@RestController
public final class SpringWebhook {

    private final Function<WebhookRequest, WebhookResponse> handler;

    /** Creates one that gives requests to a handler. */
    public SpringWebhook(Function<WebhookRequest, WebhookResponse> handler) {
        this.handler = handler;
    }

    /** Takes a call of the provider. */
    @RequestMapping("/sms")
    public ResponseEntity<byte[]> call(HttpServletRequest request) throws IOException {
        WebhookResponse answer = handler.apply(ServletRequests.read(request));
        return ResponseEntity.status(answer.status())
                .header(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .body(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
