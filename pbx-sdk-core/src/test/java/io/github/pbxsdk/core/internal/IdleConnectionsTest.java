package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.ServerIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand connections on which nothing happens, as a portal of many tenants has them. */
@Timeout(120)
class IdleConnectionsTest {

    private static final int CONNECTIONS = 1_000;

    @Test
    void aThousandIdleConnectionsCostFewThreadsAndLeaveNone() throws Exception {
        int before = platformThreads();
        Set<Thread> others = ours();
        try (SilentServer server = new SilentServer()) {
            int most;
            try (PbxResources resources = PbxResources.create()) {
                List<ConnectionKeeper> keepers = connect(server.address(), resources);
                most = platformThreads() - before;
                Awaitility.await()
                        .untilAsserted(
                                () -> assertThat(server.connections()).isEqualTo(CONNECTIONS));
                keepers.forEach(ConnectionKeeper::close);
            }
            System.out.printf(
                    "%d idle connections on Java %s: %d platform threads%n",
                    CONNECTIONS, System.getProperty("java.version"), most);
            if (Threads.areVirtual()) {
                assertThat(most).isLessThan(50);
            }
            awaitOnly(others);
        }
    }

    private static List<ConnectionKeeper> connect(HostAndPort server, PbxResources resources) {
        List<ConnectionKeeper> keepers = new ArrayList<>();
        List<CompletableFuture<?>> connected = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            ConnectionKeeper keeper =
                    new ConnectionKeeper(
                            "tenant-" + i,
                            resources,
                            new ConnectionKeeper.Settings(
                                    List.of(server),
                                    CredentialsProvider.of(Credentials.of("user", "secret")),
                                    ReconnectOptions.defaults()),
                            attempt -> new IdleLink(attempt, resources),
                            event -> {});
            keepers.add(keeper);
            connected.add(keeper.connect());
        }
        connected.forEach(CompletableFuture::join);
        return keepers;
    }

    /** Threads that run on the machine; virtual ones are not among them. */
    private static int platformThreads() {
        return Thread.getAllStackTraces().size();
    }

    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pbx-sdk-"))
                .collect(Collectors.toSet());
    }

    private static void awaitOnly(Set<Thread> others) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ours()).isSubsetOf(others));
    }

    private static final class IdleLink implements ConnectionKeeper.Link {

        private final StreamConnection connection;

        IdleLink(ConnectionKeeper.Attempt attempt, PbxResources resources) {
            this.connection =
                    StreamConnection.open(
                            attempt.host(),
                            null,
                            Duration.ofSeconds(60),
                            resources.time(),
                            attempt::onAbort);
        }

        @Override
        public void run() {
            connection.read(new byte[100], 0);
            throw new PbxConnectionException("the server hung up", null, true);
        }

        @Override
        public Instant lastSignOfLife() {
            return connection.lastRead();
        }

        @Override
        public @Nullable ServerIdentity identity() {
            return null;
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    /** Accepts and says nothing. */
    private static final class SilentServer implements AutoCloseable {

        private final ServerSocketChannel listening = ServerSocketChannel.open();
        private final List<SocketChannel> accepted = new CopyOnWriteArrayList<>();

        SilentServer() throws IOException {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CONNECTIONS);
            new Thread(this::accept, "silent-server").start();
        }

        HostAndPort address() throws IOException {
            return new HostAndPort(
                    "127.0.0.1", ((InetSocketAddress) listening.getLocalAddress()).getPort());
        }

        int connections() {
            return accepted.size();
        }

        private void accept() {
            try {
                while (true) {
                    accepted.add(listening.accept());
                }
            } catch (IOException e) {
                // Closed: the test is over.
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
            for (SocketChannel channel : accepted) {
                channel.close();
            }
        }
    }
}
