package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One HTTP exchange from the request to the value that was read from the answer, as the operations
 * of our modules need it.
 *
 * <p>Continuations of {@link HttpTransport#sendAsync} run on the user's executor, which the very
 * listener that waits for the operation may occupy. Here the answer is read on a thread of our own,
 * and blocking callers wake from there.
 */
public final class HttpCalls {

    private HttpCalls() {}

    /**
     * Sends a request, reads the answer and closes it.
     *
     * <p>Cancelling the future cancels the call, also while the answer is read.
     *
     * @param continuations where continuations of the future run; {@code Runnable::run} when those
     *     are our own and short
     * @param reader reads the answer on a thread of ours; what it throws fails the future
     */
    public static <T> RootFuture<T> call(
            PbxResources resources,
            Executor continuations,
            HttpTransport transport,
            HttpRequest request,
            Function<HttpResponse, T> reader) {
        if (transport instanceof OkHttpTransport ours) {
            return TransportAccess.get().call(ours, continuations, request, reader);
        }
        RootFuture<T> root = new RootFuture<>(continuations);
        // Nobody else has it yet, so nobody can have given it up.
        root.markSent();
        CompletableFuture<HttpResponse> sending = transport.sendAsync(request);
        root.onCancel(() -> sending.cancel(true));
        OkHttpPart.of(resources).run(() -> finish(root, sending, reader));
        return root;
    }

    private static <T> void finish(
            RootFuture<T> root,
            CompletableFuture<HttpResponse> sending,
            Function<HttpResponse, T> reader) {
        try (HttpResponse response = Futures.await(sending)) {
            root.onCancel(response::close);
            root.succeed(reader.apply(response));
        } catch (Throwable e) {
            root.fail(e);
        }
    }
}
