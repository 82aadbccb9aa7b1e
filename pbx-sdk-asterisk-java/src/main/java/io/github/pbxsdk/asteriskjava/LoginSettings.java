package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiEventClass;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.security.TlsOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where to log in and as whom, until the next login. Thread-safe. */
final class LoginSettings {

    private static final int PORT = 5038;
    private static final int TLS_PORT = 5039;

    private volatile String hostname = "localhost";
    private volatile int port;
    private volatile boolean ssl;
    private volatile @Nullable String username;
    private volatile @Nullable String password;
    private volatile Duration socketTimeout = Duration.ZERO;
    private volatile Duration readTimeout = Duration.ZERO;

    String hostname() {
        return hostname;
    }

    void hostname(String value) {
        this.hostname = value;
    }

    /** Returns the port that was set, or else the usual one. */
    int port() {
        int usual = ssl ? TLS_PORT : PORT;
        return port == 0 ? usual : port;
    }

    void port(int value) {
        this.port = Math.max(value, 0);
    }

    boolean ssl() {
        return ssl;
    }

    void ssl(boolean value) {
        this.ssl = value;
    }

    @Nullable String username() {
        return username;
    }

    void username(String value) {
        this.username = value;
    }

    @Nullable String password() {
        return password;
    }

    void password(String value) {
        this.password = value;
    }

    void socketTimeout(Duration value) {
        this.socketTimeout = value;
    }

    void readTimeout(Duration value) {
        this.readTimeout = value;
    }

    /**
     * Returns a client for one login; opens nothing.
     *
     * @param mask the classes of the events wanted; all if empty
     * @throws IllegalStateException if user or password is missing
     */
    AmiClient client(Optional<Set<AmiEventClass>> mask) {
        String user = username;
        String secret = password;
        if (user == null || secret == null) {
            throw new IllegalStateException("set user and password before login()");
        }
        AmiClient.Builder builder =
                AmiClient.builder()
                        .host(hostname)
                        .port(port())
                        .credentials(Credentials.of(user, secret));
        mask.ifPresent(builder::eventMask);
        if (ssl) {
            builder.tls(TlsOptions.system());
        }
        if (!socketTimeout.isZero()) {
            builder.connectTimeout(socketTimeout);
        }
        if (!readTimeout.isZero()) {
            builder.pingInterval(readTimeout);
        }
        return builder.build();
    }
}
