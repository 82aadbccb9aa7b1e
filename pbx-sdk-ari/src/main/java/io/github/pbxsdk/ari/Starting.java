package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Hands out a handle once the request that it was made for has succeeded, through either door. */
final class Starting<H> {

    private final AriClient client;
    private final H handle;
    private final CompletableFuture<?> request;
    private final Consumer<Throwable> failed;

    private Starting(
            AriClient client, H handle, CompletableFuture<?> request, Consumer<Throwable> failed) {
        this.client = client;
        this.handle = handle;
        this.request = request;
        this.failed = failed;
    }

    /**
     * Sends the request.
     *
     * @param failed told when there is nothing to wait for
     */
    static <H> Starting<H> of(
            AriClient client,
            H handle,
            Supplier<? extends CompletableFuture<?>> request,
            Consumer<Throwable> failed) {
        try {
            return new Starting<>(client, handle, request.get(), failed);
        } catch (RuntimeException e) {
            failed.accept(e);
            throw e;
        }
    }

    /** Waits for the answer itself: a continuation might need the very thread that waits here. */
    H await() {
        try {
            Futures.await(request);
            return handle;
        } catch (RuntimeException e) {
            failed.accept(e);
            throw e;
        }
    }

    /** Returns a future of the handle; cancelling it cancels the request. */
    CompletableFuture<H> future() {
        RootFuture<H> started = new RootFuture<>(client.engine().resources().executor());
        started.onCancel(() -> request.cancel(true));
        request.whenComplete(
                (answer, failure) -> {
                    if (failure == null) {
                        started.succeed(handle);
                    } else {
                        failed.accept(Futures.unwrap(failure));
                        started.fail(Futures.unwrap(failure));
                    }
                });
        return started;
    }
}
