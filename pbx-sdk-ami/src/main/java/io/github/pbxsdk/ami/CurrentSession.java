package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.PbxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection to send on, for those who would send: there is one, there will be one, or there
 * won't.
 *
 * <p>Whoever comes while a connection is being made waits for it; how long is up to him.
 */
final class CurrentSession {

    private final String source;
    private final Consumer<Runnable> threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<CompletableFuture<AmiSession>> waiting = new ArrayList<>();
    private @Nullable AmiSession offered;
    private volatile @Nullable AmiSession current;
    private @Nullable AmiServer lastServer;
    private @Nullable ConnectionStatus status;

    /**
     * Creates a place without a connection.
     *
     * @param threads starts a thread
     */
    CurrentSession(String source, Consumer<Runnable> threads) {
        this.source = source;
        this.threads = threads;
    }

    /** Takes a connection that is set up; it is used once the state says so. */
    void offer(AmiSession session) {
        lock.lock();
        try {
            offered = session;
        } finally {
            lock.unlock();
        }
    }

    /** Notes a change of the connection's state. */
    void become(ConnectionStatus now) {
        lock.lock();
        try {
            status = now;
            if (now.state() == ConnectionState.CONNECTED) {
                current = offered;
                offered = null;
                lastServer = current == null ? lastServer : current.server();
            } else {
                current = null;
            }
            tellWaiting();
        } finally {
            lock.unlock();
        }
    }

    /** Tells on a thread of its own: what they do next may be to run code of a user. */
    private void tellWaiting() {
        if (waiting.isEmpty() || (current == null && isBeingMade())) {
            return;
        }
        List<CompletableFuture<AmiSession>> all = List.copyOf(waiting);
        waiting.clear();
        AmiSession session = current;
        PbxException failure = session == null ? notConnected() : null;
        threads.accept(() -> all.forEach(one -> complete(one, session, failure)));
    }

    private static void complete(
            CompletableFuture<AmiSession> one,
            @Nullable AmiSession session,
            @Nullable PbxException failure) {
        if (session != null) {
            one.complete(session);
        } else if (failure != null) {
            one.completeExceptionally(failure);
        }
    }

    /** Returns the connection if there is one. */
    @Nullable AmiSession now() {
        return current;
    }

    /** Returns the connection: done when there is one, failed when none is being made. */
    CompletableFuture<AmiSession> await() {
        CompletableFuture<AmiSession> future = new CompletableFuture<>();
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
        return new NotConnectedException(
                source + " is not connected: " + reason,
                now == null ? null : now.failure().orElse(null));
    }

    /** Returns the server that answered last. */
    Optional<AmiServer> server() {
        lock.lock();
        try {
            return Optional.ofNullable(lastServer);
        } finally {
            lock.unlock();
        }
    }
}
