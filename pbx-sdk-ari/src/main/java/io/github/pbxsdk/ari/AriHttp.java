package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.AsteriskVersion;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.internal.http.HttpCalls;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request of an operation by the road of HTTP or over the event socket, and turns what
 * comes back into a result or a failure.
 */
final class AriHttp {

    private static final int UNAUTHORIZED = 401;

    /** What the server calls itself; a proxy before it has a name and a version of its own. */
    private static final String PRODUCT = "Asterisk/";

    /** How long the words of a refusal may be. */
    private static final int REASON_LIMIT = 64 * 1024;

    private final AriSettings settings;
    private final PbxResources resources;
    private final HttpTransport transport;
    private final FlightTap tap;
    private volatile @Nullable Release server;

    AriHttp(AriSettings settings, PbxResources resources, HttpTransport transport, FlightTap tap) {
        this.settings = settings;
        this.resources = resources;
        this.transport = transport;
        this.tap = tap;
    }

    /** Returns the release of the server, once it has answered. */
    Optional<Release> server() {
        return Optional.ofNullable(server);
    }

    /** Returns an operation in words. */
    String describe(AriCall call) {
        return call.describe(settings.host().toString());
    }

    /** Sends a request; the future fails with what the server or the network says. */
    <T extends @Nullable Object> RootFuture<T> send(
            AriCall call, Credentials credentials, Duration timeout, AriAnswer<T> answer) {
        return send(call, request(call, credentials, timeout).build(), answer);
    }

    /** Sends a request for a body of any length; the timeout ends with the head of the answer. */
    <T extends @Nullable Object> RootFuture<T> sendStreaming(
            AriCall call, Credentials credentials, Duration timeout, AriAnswer<T> answer) {
        return send(call, request(call, credentials, timeout).streaming().build(), answer);
    }

    /** Sends a request over the event socket; what it says back is read in the same way. */
    <T extends @Nullable Object> CompletableFuture<T> send(
            AriCall call, SocketRequests socket, AriAnswer<T> answer) {
        record(call);
        return socket.send(call, head -> read(call, head, answer));
    }

    private void record(AriCall call) {
        tap.sent(
                call.method()
                        + (" " + call.target() + " HTTP/1.1\r\n\r\n" + call.body().orElse("")));
    }

    private <T extends @Nullable Object> RootFuture<T> send(
            AriCall call, HttpRequest request, AriAnswer<T> answer) {
        record(call);
        return HttpCalls.call(
                resources, Runnable::run, transport, request, head -> read(call, head, answer));
    }

    private HttpRequest.Builder request(AriCall call, Credentials credentials, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.builder(call.method(), settings.url() + call.target())
                        .credentials(credentials)
                        .timeout(timeout);
        if (settings.plaintextAllowed()) {
            request.allowPlaintext();
        }
        call.body().ifPresent(json -> request.body(HttpBody.text(json, "application/json")));
        return request;
    }

    private <T extends @Nullable Object> T read(
            AriCall call, HttpResponse response, AriAnswer<T> answer) {
        tap.received("HTTP/1.1 " + response.status() + "\r\n\r\n");
        response.headers().find("Server").flatMap(AriHttp::release).ifPresent(this::learn);
        if (!response.isSuccessful()) {
            throw refusal(call, response);
        }
        try {
            return answer.read(response);
        } catch (PbxProtocolException e) {
            throw new PbxProtocolException(describe(call) + ": " + e.getMessage(), e.rawText(), e);
        }
    }

    private static Optional<Release> release(String product) {
        return product.startsWith(PRODUCT)
                ? Release.of(AsteriskVersion.of(product.substring(PRODUCT.length())))
                : Optional.empty();
    }

    private PbxException refusal(AriCall call, HttpResponse response) {
        if (response.status() == UNAUTHORIZED) {
            return new PbxAuthenticationException(
                    describe(call)
                            + ": the server does not accept the credentials (401); check user and"
                            + " password in ari.conf");
        }
        return AriRejectedException.of(describe(call), response.status(), reason(response));
    }

    /** Returns the server's words, which come under two names, or not at all. */
    private static String reason(HttpResponse response) {
        try {
            AriObject body = AriObject.parse(response.text(REASON_LIMIT));
            return body.find("message").or(() -> body.find("error")).orElse("");
        } catch (PbxException e) {
            // No words, or a page for a browser: the status has to do.
            return "";
        }
    }

    /** Notes the release of the server. */
    void learn(Release found) {
        server = found;
    }
}
