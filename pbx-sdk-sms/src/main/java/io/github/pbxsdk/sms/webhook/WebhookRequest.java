package io.github.pbxsdk.sms.webhook;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.sms.internal.http.Form;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A webhook call as a plain value, from whatever web framework.
 *
 * <pre>{@code
 * WebhookRequest request = WebhookRequest.of(
 *         exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
 *         exchange.getRequestBody().readAllBytes());
 * }</pre>
 *
 * <p>Take the body as bytes before the framework reads parameters from it: signatures are over
 * bytes. Immutable.
 */
public final class WebhookRequest {

    private final String method;
    private final String url;
    private final HttpHeaders headers;
    private final byte[] body;
    private final @Nullable String peer;

    private WebhookRequest(
            String method, String url, HttpHeaders headers, byte[] body, @Nullable String peer) {
        this.method = Objects.requireNonNull(method, "method");
        this.url = Objects.requireNonNull(url, "url");
        this.headers = Objects.requireNonNull(headers, "headers");
        this.body = body;
        this.peer = peer;
    }

    /**
     * Returns a request.
     *
     * @param url the whole URL, or path and query, exactly as they arrived: nothing decoded
     * @param body its bytes, which are copied
     */
    public static WebhookRequest of(String method, String url, HttpHeaders headers, byte[] body) {
        return new WebhookRequest(method, url, headers, body.clone(), null);
    }

    /** Returns this request with the address of the peer, for those who trust their proxies. */
    public WebhookRequest from(String address) {
        return new WebhookRequest(
                method, url, headers, body, Objects.requireNonNull(address, "address"));
    }

    WebhookRequest withUrl(String value) {
        return new WebhookRequest(method, value, headers, body, peer);
    }

    /** Returns the method. */
    public String method() {
        return method;
    }

    /** Returns the URL; a verifier sees the public one. */
    public String url() {
        return url;
    }

    /** Returns the headers. */
    public HttpHeaders headers() {
        return headers;
    }

    /** Returns a copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns the body as a text in UTF-8, whatever its content type says. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns the address of the peer, if somebody told. */
    public Optional<String> peer() {
        return Optional.ofNullable(peer);
    }

    int size() {
        return body.length;
    }

    /**
     * Returns the parameters of the query, decoded.
     *
     * @throws IllegalArgumentException if it is broken
     */
    public RawFields query() {
        int mark = url.indexOf('?');
        return mark < 0 ? RawFields.empty() : Form.parse(url.substring(mark + 1));
    }

    /**
     * Returns the parameters of the body, decoded.
     *
     * @throws IllegalArgumentException if it is no form
     */
    public RawFields form() {
        return Form.parse(bodyText());
    }

    /** Returns method and path, never query or body. */
    @Override
    public String toString() {
        return method + " " + url.replaceFirst("\\?.*", "");
    }
}
