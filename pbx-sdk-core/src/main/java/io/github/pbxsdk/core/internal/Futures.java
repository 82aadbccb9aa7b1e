package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxInterruptedException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The blocking door of every operation. */
public final class Futures {

    private Futures() {}

    /**
     * Waits for an operation and returns its result or throws its failure.
     *
     * <p>An interrupt cancels the operation. The place of the call is added to the failure, which
     * otherwise shows only the thread that met it.
     *
     * @throws PbxException if the operation failed
     * @throws PbxInterruptedException if the waiting thread was interrupted
     * @throws CancellationException if somebody else cancelled the operation
     */
    public static <T extends @Nullable Object> T await(CompletableFuture<T> operation) {
        try {
            return operation.get();
        } catch (InterruptedException e) {
            operation.cancel(true);
            Thread.currentThread().interrupt();
            throw new PbxInterruptedException(
                    "interrupted while waiting for an answer", e, mayHaveBeenSent(operation));
        } catch (ExecutionException e) {
            throw withCallSite(unwrap(e));
        }
    }

    /** Returns the failure itself, without the wrappers that futures put around it. */
    public static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    private static boolean mayHaveBeenSent(CompletableFuture<?> operation) {
        return !(operation instanceof RootFuture<?> root) || root.mayHaveBeenSent();
    }

    private static RuntimeException withCallSite(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException known) {
            known.addSuppressed(new CallSite());
            return known;
        }
        return new PbxException("unexpected failure: " + failure, failure, true);
    }

    /** Shows in a stack trace where the blocking call was made. */
    private static final class CallSite extends Exception {

        private static final long serialVersionUID = 1L;

        CallSite() {
            super("the blocking call was made here");
        }
    }
}
