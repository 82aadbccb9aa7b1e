package io.github.pbxsdk.sip.faults;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.testing.sip.FakeSip;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clients of a {@link FakeSip}. */
final class Clients {

    private Clients() {}

    static SipClient.Builder builder(FakeSip server, SipTransport transport) {
        int port =
                switch (transport) {
                    case UDP, TCP -> server.udp().getPort();
                    case TLS -> server.tls().getPort();
                    case WS -> server.ws().getPort();
                    case WSS -> server.wss().getPort();
                };
        SipClient.Builder builder =
                SipClient.builder()
                        .server("127.0.0.1", port)
                        .transport(transport)
                        .reconnect(
                                ReconnectOptions.defaults()
                                        .firstDelay(Duration.ofMillis(20))
                                        .longestDelay(Duration.ofMillis(200)));
        return transport.isSecure()
                ? builder.tls(TlsOptions.builder().ca(server.authority()).build())
                : builder;
    }

    /**
     * Returns one over UDP whose time is the test's, and who asks for no sign of life by himself.
     */
    static SipClient.Builder builder(FakeSip server, PbxResources resources) {
        return SipClient.builder()
                .server("127.0.0.1", server.udp().getPort())
                .keepAliveInterval(Duration.ofDays(100))
                .reconnect(
                        ReconnectOptions.defaults()
                                .firstDelay(Duration.ofSeconds(2))
                                .longestDelay(Duration.ofMinutes(5)))
                .resources(resources);
    }

    static ManualTime time() {
        return ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /**
     * Lets time pass until something has happened, twenty times as fast as on the wall: what is on
     * its way over the network needs time of the real kind.
     */
    static void passUntilDone(ManualTime time, CompletableFuture<?> awaited)
            throws InterruptedException {
        while (!isDoneWithin(Duration.ofMillis(5), awaited)) {
            time.awaitPending(1);
            time.advance(Duration.ofMillis(100));
        }
    }

    private static boolean isDoneWithin(Duration limit, CompletableFuture<?> awaited)
            throws InterruptedException {
        try {
            awaited.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failed) {
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    static Credentials secret(String extension) {
        return Credentials.of(extension, "secret-" + extension);
    }

    static TextMessage text(String to, String text) {
        return TextMessage.to(Address.extension(to)).text(text).build();
    }
}
