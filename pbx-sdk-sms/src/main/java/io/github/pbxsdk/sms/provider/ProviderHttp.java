package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.time.Time;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** The HTTP of a client, as its provider uses it: one call is one request on the wire. */
public interface ProviderHttp {

    /** Returns a builder of a request that has the time this call has. */
    HttpRequest.Builder request(String method, String url);

    /**
     * Sends a request and reads its answer.
     *
     * @param reader makes the result of the answer, or throws why there is none; it must not block
     */
    <T> CompletableFuture<T> call(HttpRequest request, Function<HttpAnswer, T> reader);

    /** Runs something that blocks, such as the library of a provider, on a thread for it alone. */
    <T> CompletableFuture<T> blocking(Supplier<T> call);

    /** Returns the clock of the client. */
    Time time();
}
