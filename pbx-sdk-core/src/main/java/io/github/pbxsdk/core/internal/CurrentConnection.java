package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.PbxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection to send on, for those who would send: there is one, there will be one, or there
 * won't.
 *
 * <p>Whoever comes while a connection is being made waits for it; how long is up to him.
 *
 * @param <C> what sends
 */
public final class CurrentConnection<C> {

    private final String source;
    private final NotConnected notConnected;
    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<CompletableFuture<C>> waiting = new ArrayList<>();
    private @Nullable C offered;
    private volatile @Nullable C current;
    private @Nullable ConnectionStatus status;

    /**
     * Creates a place without a connection.
     *
     * @param source the name of the client, for messages
     * @param threads run what those do who have waited
     */
    public CurrentConnection(String source, NotConnected notConnected, Executor threads) {
        this.source = source;
        this.notConnected = notConnected;
        this.threads = threads;
    }

    /** Makes the failure of those who would send while no connection is being made. */
    @FunctionalInterface
    public interface NotConnected {

        /** Returns the failure for this sentence. */
        PbxException because(String message, @Nullable Throwable cause);
    }

    /** Takes a connection that is set up; it is used once the state says so. */
    public void offer(C connection) {
        lock.lock();
        try {
            offered = connection;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Notes a change of the connection's state.
     *
     * @return the connection that was in use until now, if there was one
     */
    public @Nullable C become(ConnectionStatus now) {
        lock.lock();
        try {
            C before = current;
            status = now;
            if (now.state() == ConnectionState.CONNECTED) {
                current = offered;
                offered = null;
            } else {
                current = null;
            }
            tellWaiting();
            return before;
        } finally {
            lock.unlock();
        }
    }

    /** Tells on a thread of its own: what they do next may be to run code of a user. */
    private void tellWaiting() {
        if (waiting.isEmpty() || (current == null && isBeingMade())) {
            return;
        }
        List<CompletableFuture<C>> all = List.copyOf(waiting);
        waiting.clear();
        C connection = current;
        if (connection != null) {
            threads.execute(() -> all.forEach(one -> one.complete(connection)));
        } else {
            PbxException failure = notConnected();
            threads.execute(() -> all.forEach(one -> one.completeExceptionally(failure)));
        }
    }

    /** Returns the connection if there is one. */
    public @Nullable C now() {
        return current;
    }

    /** Returns the connection: done when there is one, failed when none is being made. */
    public CompletableFuture<C> await() {
        C known = current;
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        CompletableFuture<C> future = new CompletableFuture<>();
        lock.lock();
        try {
            if (current != null) {
                future.complete(current);
            } else if (isBeingMade()) {
                waiting.removeIf(CompletableFuture::isDone);
                waiting.add(future);
            } else {
                future.completeExceptionally(notConnected());
            }
        } finally {
            lock.unlock();
        }
        return future;
    }

    private boolean isBeingMade() {
        ConnectionStatus now = status;
        return now != null
                && (now.state() == ConnectionState.CONNECTING
                        || now.state() == ConnectionState.RECONNECTING);
    }

    private PbxException notConnected() {
        ConnectionStatus now = status;
        String reason = now == null ? "call connect() first" : now.reason();
        return notConnected.because(
                source + " is not connected: " + reason,
                now == null ? null : now.failure().orElse(null));
    }
}
