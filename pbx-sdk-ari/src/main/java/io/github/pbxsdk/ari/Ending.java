package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.AriRejectedException.Kind;
import io.github.pbxsdk.ari.event.AriEvent;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for what is told by an event that comes once, such as the end of a playback.
 *
 * <p>It waits from the moment it is made, so that whoever makes it before his request leaves misses
 * nothing. After a gap it asks whether the thing is still there: the event may have been lost with
 * the connection.
 */
final class Ending<T> {

    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    private final Endings endings;
    private final String key;
    private final String what;
    private final RootFuture<T> future;
    private final Function<AriEvent, T> outcome;
    private final Supplier<? extends CompletableFuture<?>> stillThere;

    private Ending(
            AriEngine engine,
            String key,
            String what,
            Function<AriEvent, T> outcome,
            Supplier<? extends CompletableFuture<?>> stillThere) {
        this.endings = engine.endings();
        this.key = key;
        this.what = what;
        this.future = new RootFuture<>(engine.resources().executor());
        this.outcome = outcome;
        this.stillThere = stillThere;
    }

    /**
     * Begins to wait.
     *
     * @param what what is waited for, for messages
     * @param outcome what the event says
     * @param stillThere asks the server for the thing
     */
    static <T> Ending<T> begin(
            AriEngine engine,
            String key,
            String what,
            Function<AriEvent, T> outcome,
            Supplier<? extends CompletableFuture<?>> stillThere) {
        Ending<T> ending = new Ending<>(engine, key, what, outcome, stillThere);
        engine.endings().add(key, ending);
        ending.future.onCancel(ending::detach);
        return ending;
    }

    /** Returns what is waited for; cancelling it only gives up waiting. */
    CompletableFuture<T> future() {
        return future;
    }

    /** Takes the event; called by the thread that reads the socket. */
    void take(AriEvent event) {
        complete(outcome.apply(event));
    }

    /** Asks whether there is still something to wait for; the future ends with the answer. */
    CompletableFuture<?> check() {
        if (future.isSettled()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<?> asked;
        try {
            asked = stillThere.get();
        } catch (RuntimeException e) {
            checked(e);
            return CompletableFuture.completedFuture(null);
        }
        return asked.whenComplete(
                (there, failure) -> {
                    if (failure != null) {
                        checked(Futures.unwrap(failure));
                    }
                });
    }

    private void checked(Throwable failure) {
        if (isGone(failure)) {
            fail(missed());
        } else if (!future.isSettled()) {
            // Names of channels and recordings hold numbers of callers.
            log.warn(
                    "whether something is still to come could not be asked: {}",
                    failure.getClass().getSimpleName());
        }
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof AriRejectedException refusal && refusal.kind() == Kind.NOT_FOUND;
    }

    private PbxConnectionException missed() {
        return new PbxConnectionException(
                what + " came while nobody listened; it is over, how is not known", null, true);
    }

    /** Ends the wait with an outcome. */
    void complete(T value) {
        detach();
        future.succeed(value);
    }

    /** Ends the wait with a failure. */
    void fail(Throwable failure) {
        detach();
        future.fail(failure);
    }

    private void detach() {
        endings.remove(key, this);
    }

    /**
     * Waits for the outcome.
     *
     * @throws PbxTimeoutException if it does not come within the limit; it may still come
     */
    T await(Duration limit) {
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PbxTimeoutException(
                    what + " did not come within " + limit.toMillis() + " ms", e, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PbxInterruptedException("interrupted while waiting for " + what, e, true);
        } catch (ExecutionException e) {
            return Futures.await(future);
        }
    }
}
