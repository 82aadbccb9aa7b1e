package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.Threads;
import io.github.pbxsdk.core.internal.Workers;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;

/**
 * What all transports on the same {@link PbxResources} share: connections and threads.
 *
 * <p>Not ours are two kinds of daemon threads that OkHttp and Okio share in the whole JVM: {@code
 * OkHttp TaskRunner} and {@code Okio Watchdog}. They end by themselves after a minute of idleness.
 */
final class OkHttpPart implements AutoCloseable {

    private static final int IDLE_CONNECTIONS = 64;
    private static final long KEEP_ALIVE_SECONDS = 4;

    private final ConnectionPool pool =
            new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    private final ExecutorService callThreads = Threads.unbounded("http");
    private final ExecutorService socketThreads = Threads.unbounded("websocket");
    private final Dispatcher httpDispatcher = unlimited(callThreads);

    /** An open WebSocket occupies a place in its dispatcher until it ends. */
    private final Dispatcher socketDispatcher = unlimited(socketThreads);

    private final Executor continuations;

    private OkHttpPart(Executor continuations) {
        this.continuations = continuations;
    }

    static OkHttpPart of(PbxResources resources) {
        return ResourcesAccess.get()
                .part(resources, OkHttpPart.class, () -> new OkHttpPart(resources.executor()));
    }

    private static Dispatcher unlimited(ExecutorService threads) {
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(Integer.MAX_VALUE);
        dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
        return dispatcher;
    }

    ConnectionPool pool() {
        return pool;
    }

    Dispatcher httpDispatcher() {
        return httpDispatcher;
    }

    Dispatcher socketDispatcher() {
        return socketDispatcher;
    }

    /** Runs a task that blocks, on a thread for HTTP calls, which is free when it ends. */
    void run(Runnable task) {
        callThreads.execute(() -> Workers.lend(continuations, callThreads, task));
    }

    @Override
    public void close() {
        httpDispatcher.cancelAll();
        socketDispatcher.cancelAll();
        pool.evictAll();
        Threads.end(callThreads);
        Threads.end(socketThreads);
        pool.evictAll();
    }
}
