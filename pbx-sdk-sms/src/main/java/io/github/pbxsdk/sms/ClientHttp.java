package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.internal.http.HttpCalls;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** The HTTP of a client for one call; futures complete on threads of ours. */
final class ClientHttp implements ProviderHttp {

    /** Attached pictures come inside the JSON. */
    private static final int LONGEST_ANSWER = 16 * 1024 * 1024;

    private final PbxResources resources;
    private final HttpTransport transport;
    private final Duration timeout;
    private final FlightTap tap;

    ClientHttp(PbxResources resources, HttpTransport transport, Duration timeout, FlightTap tap) {
        this.resources = resources;
        this.transport = transport;
        this.timeout = timeout;
        this.tap = tap;
    }

    @Override
    public HttpRequest.Builder request(String method, String url) {
        return HttpRequest.builder(method, url).timeout(timeout);
    }

    @Override
    public <T> CompletableFuture<T> call(HttpRequest request, Function<HttpAnswer, T> reader) {
        if (tap.isOn()) {
            tap.sent(written(request));
        }
        return HttpCalls.call(
                resources,
                Runnable::run,
                transport,
                request,
                response -> reader.apply(answer(request, response)));
    }

    private HttpAnswer answer(HttpRequest request, HttpResponse response) {
        String body = response.text(LONGEST_ANSWER);
        if (tap.isOn()) {
            String head = "HTTP/1.1 " + response.status() + "\r\n";
            tap.received(head + written(response.headers()) + body);
        }
        return new HttpAnswer(request.toString(), response.status(), response.headers(), body);
    }

    /** Bodies of providers are short texts in memory. */
    private static String written(HttpRequest request) {
        String head = request.method() + " " + request.url() + " HTTP/1.1\r\n";
        try (InputStream body = request.body().open()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return head + written(request.headers()) + text;
        } catch (IOException e) {
            return head + written(request.headers()) + "(" + e + ")";
        }
    }

    private static String written(HttpHeaders headers) {
        StringBuilder text = new StringBuilder();
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString();
    }

    @Override
    public <T> CompletableFuture<T> blocking(Supplier<T> call) {
        RootFuture<T> root = new RootFuture<>(Runnable::run);
        SmsThreads.of(resources)
                .run(
                        () -> {
                            try {
                                root.succeed(call.get());
                            } catch (Throwable e) {
                                root.fail(e);
                            }
                        });
        return root;
    }

    @Override
    public Time time() {
        return resources.time();
    }
}
