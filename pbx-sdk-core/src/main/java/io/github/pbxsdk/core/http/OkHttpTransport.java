package io.github.pbxsdk.core.http;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.http.OkHttpEngine;
import io.github.pbxsdk.core.internal.http.OkHttpSettings;
import io.github.pbxsdk.core.internal.http.TransportAccess;
import io.github.pbxsdk.core.security.TlsOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * HTTP and WebSocket on OkHttp: what clients use unless they are given something else.
 *
 * <pre>{@code
 * try (OkHttpTransport http = OkHttpTransport.builder()
 *         .resources(shared)
 *         .tls(TlsOptions.ca(Path.of("/etc/pbx/ca.pem")))
 *         .build()) {
 *     AriClient ari = AriClient.builder().transport(http)…build();
 * }
 * }</pre>
 *
 * <p>HTTP/1.1 only, without cookies, cache, authenticator, redirects and repeats. Transports on the
 * same {@link PbxResources} share one pool of connections; an idle one is closed after four
 * seconds, before the web servers around a PBX hang up on it (Apache after 5, Asterisk after 15): a
 * request on a connection that the peer has just dropped could not be repeated safely. WebSockets
 * have threads of their own, so that any number of open ones leaves HTTP calls alone.
 *
 * <p>Thread-safe. {@link #close()} fails what is under way.
 */
public final class OkHttpTransport implements HttpTransport, WebSocketTransport, AutoCloseable {

    static {
        TransportAccess.register(new Access());
    }

    private final OkHttpEngine engine;
    private final @Nullable PbxResources ownResources;

    private OkHttpTransport(Builder builder) {
        PbxResources given = builder.resources;
        this.ownResources = given == null ? PbxResources.create() : null;
        PbxResources resources = given == null ? Objects.requireNonNull(ownResources) : given;
        this.engine = OkHttpEngine.on(resources, builder.settings());
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder(null);
    }

    @Override
    public CompletableFuture<HttpResponse> sendAsync(HttpRequest request) {
        return engine.send(request);
    }

    @Override
    public CompletableFuture<WebSocketConnection> connectAsync(
            WebSocketRequest request, WebSocketHandler handler) {
        return engine.connect(request, handler);
    }

    /**
     * Fails what is under way and closes open WebSockets; repeatable.
     *
     * <p>{@link PbxResources} that were given go on; otherwise all threads end here.
     */
    @Override
    public void close() {
        engine.close();
        if (ownResources != null) {
            ownResources.close();
        }
    }

    /** Collects the settings of an {@link OkHttpTransport}; not thread-safe. */
    public static final class Builder {

        private final @Nullable OkHttpClient client;
        private @Nullable PbxResources resources;
        private @Nullable TlsOptions tls;
        private @Nullable Duration connectTimeout;
        private @Nullable Duration idleTimeout;
        private @Nullable Predicate<? super InetAddress> allowed;

        Builder(@Nullable OkHttpClient client) {
            this.client = client;
        }

        /** Sets the threads, clock and pool to share; the transport makes its own by default. */
        public Builder resources(PbxResources value) {
            this.resources = value;
            return this;
        }

        /** Sets whom to trust on https and wss; {@link TlsOptions#system()} by default. */
        public Builder tls(TlsOptions value) {
            this.tls = value;
            return this;
        }

        /**
         * Sets how long a connection may take to come about, and the peer may stay silent in the
         * TLS handshake; 10 seconds by default.
         *
         * <p>Raise it for peers behind satellite links; the timeout of a request ends connecting in
         * any case.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder connectTimeout(Duration value) {
            this.connectTimeout = positive("connectTimeout", value);
            return this;
        }

        /**
         * Sets how long the peer may stay silent within the body of an answer, or not take what is
         * sent; 30 seconds by default.
         *
         * <p>The wait for the head of the answer is bounded by the timeout of the request alone: a
         * PBX can think for minutes before it answers.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder idleTimeout(Duration value) {
            this.idleTimeout = positive("idleTimeout", value);
            return this;
        }

        /**
         * Connects to addresses only that pass, whatever a name resolves to, and through no proxy;
         * to all by default. For URLs that come from strangers.
         */
        public Builder connectOnlyTo(Predicate<? super InetAddress> value) {
            this.allowed = Objects.requireNonNull(value, "connectOnlyTo");
            return this;
        }

        private static Duration positive(String setting, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(setting + "(...) must be positive: " + value);
            }
            return value;
        }

        /** Returns the transport; opens nothing. */
        public OkHttpTransport build() {
            return new OkHttpTransport(this);
        }

        private OkHttpSettings settings() {
            return new OkHttpSettings(client, tls, connectTimeout, idleTimeout, allowed);
        }
    }

    private static final class Access extends TransportAccess {

        @Override
        public <T> RootFuture<T> call(
                OkHttpTransport transport,
                Executor continuations,
                HttpRequest request,
                Function<HttpResponse, T> reader) {
            return transport.engine.call(continuations, request, reader);
        }
    }
}
