package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.http.HttpCalls;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderHttp;
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

    ClientHttp(PbxResources resources, HttpTransport transport, Duration timeout) {
        this.resources = resources;
        this.transport = transport;
        this.timeout = timeout;
    }

    @Override
    public HttpRequest.Builder request(String method, String url) {
        return HttpRequest.builder(method, url).timeout(timeout);
    }

    @Override
    public <T> CompletableFuture<T> call(HttpRequest request, Function<HttpAnswer, T> reader) {
        return HttpCalls.call(
                resources,
                Runnable::run,
                transport,
                request,
                response -> reader.apply(answer(request, response)));
    }

    private static HttpAnswer answer(HttpRequest request, HttpResponse response) {
        return new HttpAnswer(
                request.toString(),
                response.status(),
                response.headers(),
                response.text(LONGEST_ANSWER));
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
