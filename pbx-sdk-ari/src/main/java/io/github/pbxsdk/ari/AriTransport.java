package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.http.WebSocketTransport;
import io.github.pbxsdk.core.security.TlsOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends with.
 *
 * @param own what is closed with the client
 */
record AriTransport(HttpTransport http, WebSocketTransport sockets, @Nullable OkHttpTransport own)
        implements AutoCloseable {

    /** Makes a transport once the client's resources are known. */
    @FunctionalInterface
    interface Factory {

        AriTransport on(PbxResources resources);
    }

    /** Returns a factory for a transport of the client's own. */
    static Factory own(@Nullable TlsOptions tls, Duration connectTimeout) {
        return resources -> {
            OkHttpTransport.Builder builder =
                    OkHttpTransport.builder().resources(resources).connectTimeout(connectTimeout);
            OkHttpTransport transport = (tls == null ? builder : builder.tls(tls)).build();
            return new AriTransport(transport, transport, transport);
        };
    }

    /** Returns a factory for a transport that the application has. */
    static <T extends HttpTransport & WebSocketTransport> Factory given(T transport) {
        return resources -> new AriTransport(transport, transport, null);
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
