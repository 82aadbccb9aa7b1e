package io.github.pbxsdk.samples.web;

import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;

/** Takes a request out of a servlet container, before anybody calls {@code getParameter}. */
final class ServletRequests {

    private ServletRequests() {}

    static WebhookRequest read(HttpServletRequest request) throws IOException {
        HttpHeaders.Builder headers = HttpHeaders.builder();
        for (String name : Collections.list(request.getHeaderNames())) {
            Collections.list(request.getHeaders(name)).forEach(value -> headers.add(name, value));
        }
        String query = request.getQueryString();
        return WebhookRequest.of(
                        request.getMethod(),
                        request.getRequestURI() + (query == null ? "" : "?" + query),
                        headers.build(),
                        Bodies.read(request.getInputStream()))
                .from(request.getRemoteAddr());
    }
}
