package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.core.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamConnectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PbxResources resources = PbxResources.create();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        resources.close();
    }

    private HostAndPort address() {
        return new HostAndPort("127.0.0.1", server.getLocalPort());
    }

    private StreamConnection connect() {
        return connect(address(), PATIENCE);
    }

    private StreamConnection connect(HostAndPort peer, Duration timeout) {
        return StreamConnection.open(peer, null, timeout, resources.time(), socket -> {});
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsWhatComesAndSeesTheEnd() throws Exception {
        try (StreamConnection connection = connect();
                Socket peer = server.accept()) {
            peer.getOutputStream().write(bytes("hello"));
            byte[] buffer = new byte[100];
            int count = 0;
            while (count < 5) {
                count += connection.read(buffer, count);
            }
            assertThat(new String(buffer, 0, count, StandardCharsets.UTF_8)).isEqualTo("hello");

            peer.shutdownOutput();
            assertThat(connection.read(buffer, 0)).isEqualTo(-1);
        }
    }

    @Test
    void writesOfManyThreadsDoNotMix() throws Exception {
        try (StreamConnection connection = connect();
                Socket peer = server.accept()) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                byte[] line = bytes(String.valueOf(i).repeat(5_000) + "\n");
                writers.add(
                        CompletableFuture.runAsync(
                                () ->
                                        IntStream.range(0, 20)
                                                .forEach(n -> connection.write(line, PATIENCE)),
                                resources.executor()));
            }
            List<String> lines = readLines(peer.getInputStream(), 160);

            writers.forEach(CompletableFuture::join);
            assertThat(lines).allMatch(line -> line.matches("(.)\\1{4999}"));
        }
    }

    private static List<String> readLines(InputStream input, int count) throws IOException {
        byte[] all = input.readNBytes(count * 5_001);
        return new String(all, StandardCharsets.UTF_8).lines().collect(Collectors.toList());
    }

    @Test
    void aPeerThatTakesNothingIsGivenUp() throws Exception {
        try (StreamConnection connection = connect();
                Socket silent = server.accept()) {
            assertThat(silent.isConnected()).isTrue();
            byte[] large = new byte[32 * 1024 * 1024];

            PbxTimeoutException failure =
                    catchThrowableOfType(
                            PbxTimeoutException.class,
                            () -> connection.write(large, Duration.ofMillis(300)));

            assertThat(failure).hasMessage(address() + " did not take our data within 300 ms");
            assertThat(failure.mayHaveBeenSent()).isTrue();
        }
    }

    @Test
    void closingWakesAReader() throws Exception {
        StreamConnection connection = connect();
        CompletableFuture<Integer> reading =
                CompletableFuture.supplyAsync(
                        () -> connection.read(new byte[10], 0), resources.executor());

        connection.close();

        assertThat(reading)
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(PbxConnectionException.class);
    }

    @Test
    void aLimitEndsAPhaseInWhichThePeerStaysSilent() throws Exception {
        try (StreamConnection connection = connect()) {
            connection.limit(Duration.ofMillis(100));

            assertThatThrownBy(() -> connection.read(new byte[10], 0))
                    .isInstanceOf(PbxConnectionException.class);
        }
    }

    @Test
    void aLimitThatIsTakenBackDoesNothing() throws Exception {
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        try (StreamConnection connection =
                        StreamConnection.open(address(), null, PATIENCE, time, socket -> {});
                Socket peer = server.accept()) {
            Time.Alarm alarm = connection.limit(Duration.ofMillis(50));
            alarm.cancel();
            time.advance(Duration.ofMillis(150));

            peer.getOutputStream().write(1);
            assertThat(connection.read(new byte[10], 0)).isEqualTo(1);
        }
    }

    @Test
    void saysThatNothingListens() throws Exception {
        HostAndPort nobody = address();
        server.close();

        assertThatThrownBy(() -> connect(nobody, PATIENCE))
                .isInstanceOf(PbxConnectionException.class)
                .hasMessageStartingWith("nothing listens on " + nobody);
    }

    @Test
    void saysThatThereIsNoSuchHost() {
        assertThatThrownBy(() -> connect(new HostAndPort("pbx.invalid", 5038), PATIENCE))
                .isInstanceOf(PbxConnectionException.class)
                .hasMessage("there is no host pbx.invalid; check its name and the DNS");
    }

    @Test
    void saysThatAHostDoesNotAnswer() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HostAndPort stalled = new HostAndPort("127.0.0.1", full.getLocalPort());
            List<Socket> waiting = fillBacklog(stalled);

            assertThatThrownBy(() -> connect(stalled, Duration.ofMillis(300)))
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageStartingWith(stalled + " does not answer");
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Nobody accepts, so from some connection on the system answers nothing. */
    private static List<Socket> fillBacklog(HostAndPort peer) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(new java.net.InetSocketAddress(peer.host(), peer.port()), 200);
            } catch (java.net.SocketTimeoutException e) {
                return sockets;
            }
        }
        throw new AssertionError("the backlog never filled");
    }

    @Test
    void theSocketCanBeClosedWhileItConnects() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HostAndPort stalled = new HostAndPort("127.0.0.1", full.getLocalPort());
            List<Socket> waiting = fillBacklog(stalled);
            CompletableFuture<AutoCloseable> created = new CompletableFuture<>();
            CompletableFuture<StreamConnection> connecting =
                    CompletableFuture.supplyAsync(
                            () ->
                                    StreamConnection.open(
                                            stalled,
                                            null,
                                            Duration.ofMinutes(1),
                                            resources.time(),
                                            created::complete),
                            resources.executor());
            created.join().close();

            assertThat(connecting)
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withCauseInstanceOf(PbxConnectionException.class);
            for (Socket other : waiting) {
                other.close();
            }
        }
    }
}
