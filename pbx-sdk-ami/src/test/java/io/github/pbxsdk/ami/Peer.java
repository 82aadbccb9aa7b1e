package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.testing.ami.AmiWebSocketBridge;
import io.github.pbxsdk.testing.ami.FakeAmi;
import io.github.pbxsdk.testing.ami.FakeAmiws;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A fake server together with what stands in front of it on one of the roads. */
final class Peer implements AutoCloseable {

    final FakeAmi server = FakeAmi.asterisk22();
    private final Road road;
    private @Nullable AmiWebSocketBridge bridge;
    private @Nullable FakeAmiws proxy;

    /** How a client comes to the server. */
    enum Road {
        TCP,
        HTTP,
        WEB_SOCKET_TEXT,
        WEB_SOCKET_BINARY,
        AMIWS
    }

    Peer(Road road) {
        this.road = road;
        switch (road) {
            case WEB_SOCKET_TEXT -> bridge = AmiWebSocketBridge.text(server.address(), 7);
            case WEB_SOCKET_BINARY -> bridge = AmiWebSocketBridge.binary(server.address(), 3);
            case AMIWS -> {
                FakeAmiws started = FakeAmiws.start();
                started.front(1, "pbx", server.address(), "lab", "lab-secret");
                server.awaitLogins(1);
                proxy = started;
            }
            default -> {}
        }
    }

    AmiClient.Builder builder() {
        AmiClient.Builder builder =
                AmiClient.builder()
                        .transport(transport())
                        .connectTimeout(Duration.ofSeconds(5))
                        .timeout(Duration.ofSeconds(5))
                        .reconnect(
                                ReconnectOptions.defaults()
                                        .firstDelay(Duration.ofMillis(20))
                                        .longestDelay(Duration.ofMillis(200)));
        if (road == Road.TCP) {
            builder.host(server.host()).port(server.port());
        }
        return road == Road.AMIWS ? builder : builder.credentials(lab("lab-secret"));
    }

    static Credentials lab(String secret) {
        return Credentials.of("lab", secret);
    }

    AmiTransport transport() {
        return switch (road) {
            case TCP -> AmiTransport.tcp();
            case HTTP -> AmiTransport.http(server.http());
            case WEB_SOCKET_TEXT, WEB_SOCKET_BINARY -> AmiTransport.webSocket(bridge.uri());
            case AMIWS -> AmiTransport.amiws(proxy.uri());
        };
    }

    AmiClient connect() {
        AmiClient client = builder().build();
        client.connect();
        return client;
    }

    FakeAmiws proxy() {
        return proxy;
    }

    /** Loses the connection of the client. */
    void cut() {
        if (bridge != null) {
            bridge.cut();
        } else if (proxy != null) {
            proxy.cut();
        } else {
            server.cut();
        }
    }

    @Override
    public void close() {
        if (bridge != null) {
            bridge.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        server.close();
    }
}
