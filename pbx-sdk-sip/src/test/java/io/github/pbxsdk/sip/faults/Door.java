package io.github.pbxsdk.sip.faults;

import io.github.pbxsdk.core.internal.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The two ways to ask for the same thing. */
enum Door {
    BLOCKING {
        @Override
        <T> T ask(Supplier<T> blocking, Supplier<CompletableFuture<T>> async) {
            return blocking.get();
        }
    },
    ASYNC {
        @Override
        <T> T ask(Supplier<T> blocking, Supplier<CompletableFuture<T>> async) {
            return result(async.get());
        }
    };

    abstract <T> T ask(Supplier<T> blocking, Supplier<CompletableFuture<T>> async);

    void run(Runnable blocking, Supplier<CompletableFuture<Void>> async) {
        ask(
                () -> {
                    blocking.run();
                    return null;
                },
                async);
    }

    /** Takes the result by a continuation, as asynchronous code does. */
    private static <R> R result(CompletableFuture<R> future) {
        CompletableFuture<R> seen = new CompletableFuture<>();
        future.whenComplete(
                (value, failure) -> {
                    if (failure == null) {
                        seen.complete(value);
                    } else {
                        seen.completeExceptionally(failure);
                    }
                });
        return Futures.await(seen);
    }
}
