package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.internal.http.HttpCalls;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Sends requests and reads answers as texts; knows nothing of what they mean. */
final class FreePbxHttp {

    /** All extensions, or the call records of a busy day, come in one answer. */
    private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

    private final FreePbxSettings settings;
    private final PbxResources resources;
    private final HttpTransport transport;
    private final FlightTap tap;

    FreePbxHttp(
            FreePbxSettings settings,
            PbxResources resources,
            HttpTransport transport,
            FlightTap tap) {
        this.settings = settings;
        this.resources = resources;
        this.transport = transport;
        this.tap = tap;
    }

    /** An answer, read to its end. */
    record Answer(int status, String contentType, List<String> cookies, String text) {

        boolean isSuccessful() {
            return status >= 200 && status < 300;
        }
    }

    HttpRequest.Builder request(String method, String url, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.builder(method, url)
                        .timeout(timeout)
                        .addHeader("Accept", "application/json");
        return settings.plaintextAllowed() ? request.allowPlaintext() : request;
    }

    RootFuture<Answer> send(HttpRequest request) {
        return send(request, FreePbxHttp::read);
    }

    <T> RootFuture<T> send(HttpRequest request, Function<HttpResponse, T> reader) {
        tap.sent(request.method() + " " + path(request.url()) + " HTTP/1.1\r\n\r\n");
        return HttpCalls.call(
                resources,
                Runnable::run,
                transport,
                request,
                response -> {
                    tap.received("HTTP/1.1 " + response.status() + "\r\n\r\n");
                    return reader.apply(response);
                });
    }

    /** Sends a request and returns the answer with its body still open, to be closed. */
    HttpResponse open(HttpRequest request) {
        tap.sent(request.method() + " " + path(request.url()) + " HTTP/1.1\r\n\r\n");
        HttpResponse response = transport.send(request);
        tap.received("HTTP/1.1 " + response.status() + "\r\n\r\n");
        return response;
    }

    private static String path(String url) {
        return url.replaceFirst("^[a-z]+://[^/]*", "");
    }

    static Answer read(HttpResponse response) {
        return new Answer(
                response.status(),
                response.headers().find("Content-Type").orElse(""),
                response.headers().list("Set-Cookie"),
                response.text(LONGEST_ANSWER));
    }
}
