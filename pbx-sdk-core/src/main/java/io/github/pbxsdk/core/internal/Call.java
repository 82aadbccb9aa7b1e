package io.github.pbxsdk.core.internal;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants done, with the one thing that decides about retries in its type: whether it
 * may happen twice.
 */
public sealed interface Call<T extends @Nullable Object> {

    /** Returns what one attempt does. */
    Attempt<T> attempt();

    /** May happen twice: a read, or a change that comes to the same. */
    record Repeatable<T extends @Nullable Object>(Attempt<T> attempt) implements Call<T> {}

    /** Must not happen twice: made again only when the peer certainly did nothing. */
    record Once<T extends @Nullable Object>(Attempt<T> attempt) implements Call<T> {}

    /** One attempt. */
    @FunctionalInterface
    interface Attempt<T extends @Nullable Object> {

        /**
         * Starts the attempt; must not block.
         *
         * <p>It calls {@link RootFuture#markSent()} on the operation when the first byte leaves.
         * When the operation ends early, the returned future is cancelled.
         */
        CompletableFuture<T> start(RootFuture<T> operation);
    }
}
