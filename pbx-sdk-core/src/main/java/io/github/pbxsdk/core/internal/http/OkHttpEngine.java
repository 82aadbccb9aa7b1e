package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpConnectionException;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.WebSocketConnection;
import io.github.pbxsdk.core.http.WebSocketHandler;
import io.github.pbxsdk.core.http.WebSocketRequest;
import io.github.pbxsdk.core.internal.Deadlines;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** One transport on OkHttp: its client, and what is under way on it. */
public final class OkHttpEngine implements AutoCloseable {

    private final PbxResources resources;
    private final OkHttpPart part;
    private final OkHttpClient client;
    private final OkHttpRequests requests = new OkHttpRequests();
    private final @Nullable Duration idleTimeout;
    private final Deadlines deadlines;
    private final Set<Ending> underWay = ConcurrentHashMap.newKeySet();
    private volatile ResourcesAccess.@Nullable Registration registration;
    private volatile boolean closed;

    private OkHttpEngine(PbxResources resources, OkHttpSettings settings) {
        this.resources = resources;
        this.part = OkHttpPart.of(resources);
        this.client = settings.safeClient(part);
        this.idleTimeout = settings.effectiveIdleTimeout();
        this.deadlines = new Deadlines(resources.time());
    }

    /** Returns an engine that is closed with the resources, if not before. */
    public static OkHttpEngine on(PbxResources resources, OkHttpSettings settings) {
        OkHttpEngine engine = new OkHttpEngine(resources, settings);
        engine.registration = ResourcesAccess.get().register(resources, engine);
        return engine;
    }

    /** Sends a request; the response is the caller's to close. */
    public RootFuture<HttpResponse> send(HttpRequest request) {
        return exchange(resources.executor(), request, Function.identity());
    }

    /** Sends a request and reads the response, which is closed then. */
    public <T> RootFuture<T> call(
            Executor continuations, HttpRequest request, Function<HttpResponse, T> reader) {
        return exchange(
                continuations,
                request,
                response -> {
                    try (response) {
                        return reader.apply(response);
                    }
                });
    }

    private <T> RootFuture<T> exchange(
            Executor continuations, HttpRequest request, Function<HttpResponse, T> reader) {
        RootFuture<T> root = new RootFuture<>(continuations);
        try {
            new OkHttpExchange<>(this, request, reader, root).start();
        } catch (RuntimeException e) {
            // Wrong use comes through the future like everything else.
            root.fail(e);
        }
        return root;
    }

    /** Opens a WebSocket. */
    public RootFuture<WebSocketConnection> connect(
            WebSocketRequest request, WebSocketHandler handler) {
        RootFuture<WebSocketConnection> root = new RootFuture<>(resources.executor());
        try {
            new OkHttpSocket(this, request, handler, root).start();
        } catch (RuntimeException e) {
            root.fail(e);
        }
        return root;
    }

    OkHttpClient client() {
        return client;
    }

    OkHttpRequests requests() {
        return requests;
    }

    OkHttpPart part() {
        return part;
    }

    Time time() {
        return resources.time();
    }

    Deadlines deadlines() {
        return deadlines;
    }

    @Nullable Duration idleTimeout() {
        return idleTimeout;
    }

    /** Notes something to be ended when the transport is closed. */
    void begin(Ending something) {
        underWay.add(something);
        if (closed) {
            underWay.remove(something);
            throw new IllegalStateException("this transport is closed");
        }
    }

    void end(Ending something) {
        underWay.remove(something);
    }

    @Override
    public void close() {
        closed = true;
        ResourcesAccess.Registration known = registration;
        if (known != null) {
            known.remove();
        }
        underWay.forEach(Ending::endWithTransport);
    }

    /** Something under way that does not outlive its transport. */
    @FunctionalInterface
    interface Ending {

        /** Ends it; must not block. */
        void endWithTransport();
    }

    static HttpConnectionException closedMeanwhile(Object what, long bytesSent) {
        return new HttpConnectionException(
                what + ": the transport was closed meanwhile", null, bytesSent);
    }
}
