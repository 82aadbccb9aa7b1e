package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.internal.tls.TlsSockets;
import io.github.pbxsdk.core.security.TlsOptions;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What a user has set of a transport on OkHttp, and the client that comes of it.
 *
 * @param client the user's own client
 * @param allowed which addresses may be connected to; null for all
 */
public record OkHttpSettings(
        @Nullable OkHttpClient client,
        @Nullable TlsOptions tls,
        @Nullable Duration connectTimeout,
        @Nullable Duration idleTimeout,
        @Nullable Predicate<? super InetAddress> allowed) {

    private static final Duration DEFAULT_CONNECT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_IDLE = Duration.ofSeconds(30);

    /** Returns how long a body may stand still; null leaves it to the user's client. */
    @Nullable Duration effectiveIdleTimeout() {
        return idleTimeout != null || client != null ? idleTimeout : DEFAULT_IDLE;
    }

    /** Returns the client, on the connections and threads of a part. */
    OkHttpClient safeClient(OkHttpPart part) {
        OkHttpClient.Builder builder = client == null ? ours() : client.newBuilder();
        if (tls != null) {
            trust(builder, tls);
        } else if (client != null) {
            // Whatever the user's client lets pass elsewhere: here a certificate names its host.
            builder.hostnameVerifier(new OkHttpClient().hostnameVerifier());
        }
        if (connectTimeout != null) {
            builder.connectTimeout(connectTimeout);
        }
        if (idleTimeout != null) {
            builder.readTimeout(Duration.ZERO).writeTimeout(Duration.ZERO);
        }
        if (allowed != null) {
            builder.socketFactory(new GuardedSockets(allowed)).proxy(Proxy.NO_PROXY);
        }
        return builder.dispatcher(part.httpDispatcher())
                .connectionPool(part.pool())
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .protocols(List.of(Protocol.HTTP_1_1))
                .addNetworkInterceptor(new OneRequestGuard())
                .build();
    }

    private OkHttpClient.Builder ours() {
        // Reading and writing have no limits of their own: see SilenceWatch.
        OkHttpClient.Builder builder =
                new OkHttpClient.Builder()
                        .socketFactory(new PromptSockets())
                        .connectTimeout(DEFAULT_CONNECT)
                        .readTimeout(Duration.ZERO)
                        .writeTimeout(Duration.ZERO);
        if (tls == null) {
            trust(builder, TlsOptions.system());
        }
        return builder;
    }

    private void trust(OkHttpClient.Builder builder, TlsOptions options) {
        Duration handshake = Objects.requireNonNullElse(connectTimeout, DEFAULT_CONNECT);
        // The name of the host has been checked in the handshake, by the rules that hold for AMI
        // and SIP as well; OkHttp's own would refuse certificates that name the host as CN only.
        builder.sslSocketFactory(new TlsSockets(options, handshake), options.trustManager())
                .hostnameVerifier((host, session) -> true);
    }
}
