package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.internal.RootFuture;
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
    private final FreePbxFlight flight;

    FreePbxHttp(
            FreePbxSettings settings,
            PbxResources resources,
            HttpTransport transport,
            FreePbxFlight flight) {
        this.settings = settings;
        this.resources = resources;
        this.transport = transport;
        this.flight = flight;
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

    /** Sends a request to the API. */
    <T> RootFuture<T> call(HttpRequest request, Function<Answer, T> reader) {
        flight.sent(request);
        return send(
                request,
                response -> {
                    Answer answer = read(response);
                    flight.received(answer);
                    return reader.apply(answer);
                });
    }

    /** Sends a request to the web interface, whose pages are not written down. */
    <T> RootFuture<T> page(HttpRequest request, Function<Answer, T> reader) {
        flight.sentHead(request);
        return send(
                request,
                response -> {
                    flight.receivedHead(response);
                    return reader.apply(read(response));
                });
    }

    private <T> RootFuture<T> send(HttpRequest request, Function<HttpResponse, T> reader) {
        return HttpCalls.call(resources, Runnable::run, transport, request, reader);
    }

    /** Sends a request and returns the answer with its body still open, to be closed. */
    HttpResponse open(HttpRequest request) {
        flight.sentHead(request);
        HttpResponse response = transport.send(request);
        flight.receivedHead(response);
        return response;
    }

    static Answer read(HttpResponse response) {
        return new Answer(
                response.status(),
                response.headers().find("Content-Type").orElse(""),
                response.headers().list("Set-Cookie"),
                response.text(LONGEST_ANSWER));
    }
}
