package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.sip.internal.transport.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The flow to send on: there is one, there will be one, or there won't. Who comes while one is
 * being made waits for it, as long as he likes.
 */
final class CurrentFlow {

    private final String source;
    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<CompletableFuture<Flow>> waiting = new ArrayList<>();
    private @Nullable Flow offered;
    private volatile @Nullable Flow current;
    private @Nullable ConnectionStatus status;

    CurrentFlow(String source, Executor threads) {
        this.source = source;
        this.threads = threads;
    }

    /** Takes a flow that stands; it is used once the state of the connection says so. */
    void offer(Flow flow) {
        lock.lock();
        try {
            offered = flow;
        } finally {
            lock.unlock();
        }
    }

    /** Notes a change of the connection; returns the flow that ended with it, if one did. */
    @Nullable Flow become(ConnectionStatus now) {
        lock.lock();
        try {
            Flow before = current;
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

    private void tellWaiting() {
        if (waiting.isEmpty() || (current == null && isBeingMade())) {
            return;
        }
        List<CompletableFuture<Flow>> all = List.copyOf(waiting);
        waiting.clear();
        Flow flow = current;
        PbxException failure = notConnected();
        threads.execute(() -> all.forEach(one -> complete(one, flow, failure)));
    }

    private static void complete(
            CompletableFuture<Flow> one, @Nullable Flow flow, PbxException failure) {
        if (flow != null) {
            one.complete(flow);
        } else {
            one.completeExceptionally(failure);
        }
    }

    /** Returns the flow if there is one. */
    @Nullable Flow now() {
        return current;
    }

    /** Returns the flow: done when there is one, failed when none is being made. */
    CompletableFuture<Flow> await() {
        Flow known = current;
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        CompletableFuture<Flow> future = new CompletableFuture<>();
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

    private PbxConnectionException notConnected() {
        ConnectionStatus now = status;
        String reason = now == null ? "call connect() or register(...) first" : now.reason();
        return new PbxConnectionException(
                source + " is not connected: " + reason,
                now == null ? null : now.failure().orElse(null));
    }
}
