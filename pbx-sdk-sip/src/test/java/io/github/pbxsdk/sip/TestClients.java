package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.testing.sip.FakeSip;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

/** Clients of a fake server. */
final class TestClients {

    private TestClients() {}

    /** Returns a builder for a client that comes back quickly. */
    static SipClient.Builder builder(FakeSip server, SipTransport transport) {
        InetSocketAddress address = address(server, transport);
        SipClient.Builder builder =
                SipClient.builder()
                        .server(address.getHostString(), address.getPort())
                        .transport(transport)
                        .connectTimeout(Duration.ofSeconds(5))
                        .timeout(Duration.ofSeconds(5))
                        .reconnect(
                                ReconnectOptions.defaults()
                                        .firstDelay(Duration.ofMillis(20))
                                        .longestDelay(Duration.ofMillis(200)));
        return transport.isSecure() ? builder.tls(TlsOptions.ca(server.authority())) : builder;
    }

    static InetSocketAddress address(FakeSip server, SipTransport transport) {
        return switch (transport) {
            case UDP -> server.udp();
            case TCP -> server.tcp();
            case TLS -> server.tls();
            case WS -> address(server.ws());
            case WSS -> address(server.wss());
        };
    }

    private static InetSocketAddress address(URI uri) {
        return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort());
    }

    static Credentials credentials(String extension) {
        return Credentials.of(extension, "secret-" + extension);
    }
}
