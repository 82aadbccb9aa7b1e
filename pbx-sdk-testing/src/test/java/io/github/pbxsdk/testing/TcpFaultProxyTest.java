package io.github.pbxsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TcpFaultProxyTest {

    private static final int TRIES = 3;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private ServerSocket server;
    private TcpFaultProxy network;

    @BeforeEach
    void open() throws IOException {
        server = closedLater(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()));
        server.setSoTimeout(10_000);
        network = closedLater(FaultProxy.tcp((InetSocketAddress) server.getLocalSocketAddress()));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Nested
    class WithoutFaults {

        @ParameterizedTest
        @EnumSource
        void passesBytes(Direction direction) throws IOException {
            byte[] sent = randomBytes(5_000_000);
            Pair pair = connect(direction);

            CompletableFuture<Void> sending = pair.sendAsync(sent);

            assertThat(pair.receive(sent.length)).isEqualTo(sent);
            assertThat(sending).succeedsWithin(Duration.ofSeconds(10));
            assertThat(faults(direction).bytes()).isEqualTo(sent.length);
            assertThat(faults(opposite(direction)).bytes()).isZero();
        }

        @ParameterizedTest
        @EnumSource
        void passesTheEndInOneDirectionOnly(Direction direction) throws IOException {
            Pair pair = connect(direction);

            pair.send("last");
            pair.sender().shutdownOutput();

            assertThat(pair.receive(4)).asString().isEqualTo("last");
            assertThat(pair.receiver().getInputStream().read()).isEqualTo(-1);
            pair.receiver().getOutputStream().write('!');
            assertThat(pair.sender().getInputStream().read()).isEqualTo('!');
        }

        @ParameterizedTest
        @EnumSource
        void passesAReset(Direction direction) throws IOException {
            Pair pair = connect(direction);

            reset(pair.sender());

            assertReset(pair.receiver());
            assertThat(network.both().count(Fault.RESET)).isZero();
        }

        @Test
        void resetsTheClientOfAServerThatIsAway() throws IOException {
            server.close();

            assertThatThrownBy(() -> client().getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }

        @Test
        void servesManyConnectionsWithOneThread() throws IOException {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                pairs.add(connect(Direction.TO_SERVER));
            }

            for (Pair pair : pairs) {
                pair.send("x");
                assertThat(pair.receive(1)).asString().isEqualTo("x");
            }
            assertThat(network.connections()).isEqualTo(200);
            assertThat(proxyThreads()).hasSize(1);
        }
    }

    @Nested
    class Conditions {

        @ParameterizedTest
        @EnumSource
        void latencyHoldsUpWhatIsSent(Direction direction) throws IOException {
            faults(direction).latency(Duration.ofMillis(150));
            Pair pair = connect(direction);

            Duration there = fastest(() -> pass(pair, "ping"));
            Duration back = fastest(() -> pass(pair.reversed(), "pong"));

            assertThat(there).isBetween(Duration.ofMillis(150), Duration.ofMillis(600));
            assertThat(back).isLessThan(Duration.ofMillis(150));
            assertThat(faults(direction).count(Fault.LATENCY)).isEqualTo(TRIES);
        }

        @Test
        void latencyLeavesTheStreamItsRate() throws IOException {
            byte[] sent = randomBytes(4_000_000);
            network.toServer().latency(Duration.ofMillis(100));
            Pair pair = connect(Direction.TO_SERVER);

            Duration took =
                    fastest(
                            () -> {
                                CompletableFuture<Void> sending = pair.sendAsync(sent);
                                assertThat(pair.receive(sent.length)).isEqualTo(sent);
                                assertThat(sending).succeedsWithin(Duration.ofSeconds(10));
                            });

            // Chunk after chunk, each held up on its own, it would be more than six seconds.
            assertThat(took).isLessThan(Duration.ofSeconds(3));
        }

        @ParameterizedTest
        @EnumSource
        void bandwidthLimitsTheRate(Direction direction) throws IOException {
            byte[] sent = randomBytes(50_000);
            Pair pair = connect(direction);
            faults(direction).bandwidth(100_000);

            Duration took =
                    fastest(
                            () -> {
                                pair.send(sent);
                                assertThat(pair.receive(sent.length)).isEqualTo(sent);
                            });

            assertThat(took).isBetween(Duration.ofMillis(400), Duration.ofMillis(1500));
            assertThat(faults(direction).count(Fault.BANDWIDTH)).isPositive();
        }

        @ParameterizedTest
        @EnumSource
        void byteByByteSendsEachAlone(Direction direction) throws IOException {
            faults(direction).byteByByte().bandwidth(100);
            Pair pair = connect(direction);

            int texts = 1;
            List<Integer> sizes = sizesOf(pair, "INVITE sip:1002");
            // On a busy machine two that came alone may be there when somebody looks.
            while (sizes.size() < 15 && texts < 20) {
                texts++;
                sizes = sizesOf(pair, "INVITE sip:1002");
            }

            assertThat(sizes).hasSize(15).containsOnly(1);
            assertThat(faults(direction).count(Fault.BYTE_BY_BYTE)).isEqualTo(15L * texts);
        }

        private static List<Integer> sizesOf(Pair pair, String text) throws IOException {
            pair.send(text);
            List<Integer> sizes = new ArrayList<>();
            for (int left = text.length(); left > 0; left -= sizes.get(sizes.size() - 1)) {
                sizes.add(pair.receiver().getInputStream().read(new byte[100]));
            }
            return sizes;
        }

        @ParameterizedTest
        @EnumSource
        void stallSlowsTheSenderDownAndLosesNothing(Direction direction) throws IOException {
            Pair pair = connect(direction);
            faults(direction).stall();

            byte[] sent = randomBytes(30_000_000);
            CompletableFuture<Void> sending = pair.sendAsync(sent);
            assertSilent(pair.receiver());
            assertThat(sending).isNotDone();
            faults(direction).heal();

            assertThat(pair.receive(sent.length)).isEqualTo(sent);
            assertThat(sending).succeedsWithin(Duration.ofSeconds(10));
            assertThat(faults(direction).count(Fault.STALL)).isEqualTo(1);
        }

        @Test
        void beginAfterSoManyBytes() throws IOException {
            Pair pair = connect(Direction.TO_SERVER);
            network.toServer().after(4).latency(Duration.ofMillis(200));

            pass(pair, "soon");
            Duration took = time(() -> pass(pair, "late"));

            assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }

        @Test
        void endAfterSoManyBytes() throws IOException {
            Pair pair = connect(Direction.TO_SERVER);
            network.toServer().byteByByte().after(4).heal();

            pass(pair, "bits");
            pass(pair, "whole");

            assertThat(network.toServer().count(Fault.BYTE_BY_BYTE)).isLessThanOrEqualTo(4);
            assertThat(network.toServer().bytes()).isEqualTo(9);
        }

        @Test
        void holdForOneConnectionAlone() throws IOException {
            network.both().connection(2).latency(Duration.ofMillis(200));
            Pair first = connect(Direction.TO_SERVER);
            Pair second = connect(Direction.TO_SERVER);

            assertThat(fastest(() -> pass(first, "x"))).isLessThan(Duration.ofMillis(200));
            assertThat(time(() -> pass(second, "x"))).isGreaterThan(Duration.ofMillis(199));
            assertThat(network.both().connection(2).bytes()).isEqualTo(1);
        }

        @Test
        void healLetsGoWhatIsUnderWay() throws IOException {
            Pair pair = connect(Direction.TO_SERVER);
            network.both().latency(Duration.ofHours(1)).bandwidth(1);
            pair.send("held up");
            assertSilent(pair.receiver());

            network.heal();

            assertThat(pair.receive(7)).asString().isEqualTo("held up");
        }
    }

    @Nested
    class Strikes {

        @ParameterizedTest
        @EnumSource
        void cutEndsTheStreamAtBothEnds(Direction direction) throws IOException {
            Pair pair = connect(direction);

            faults(direction).cut();

            assertThat(pair.sender().getInputStream().read()).isEqualTo(-1);
            assertThat(pair.receiver().getInputStream().read()).isEqualTo(-1);
            assertThat(network.both().count(Fault.CUT)).isEqualTo(1);
        }

        @ParameterizedTest
        @EnumSource
        void resetIsARealReset(Direction direction) throws IOException {
            Pair pair = connect(direction);

            faults(direction).reset();

            assertReset(pair.sender());
            assertReset(pair.receiver());
            assertThat(network.both().count(Fault.RESET)).isEqualTo(1);
        }

        @ParameterizedTest
        @EnumSource
        void halfOpenSwallowsEvenTheEnd(Direction direction) throws IOException {
            Pair pair = connect(direction);
            pass(pair, "before");

            faults(direction).halfOpen();
            pair.send("lost");
            pass(pair.reversed(), "the other way lives");
            pair.sender().close();

            assertSilent(pair.receiver());
            assertThat(faults(direction).lostBytes()).isEqualTo(4);
            assertThat(faults(direction).count(Fault.HALF_OPEN)).isEqualTo(1);
        }

        @ParameterizedTest
        @EnumSource
        void halfOpenSwallowsAReset(Direction direction) throws IOException {
            Pair pair = connect(direction);

            faults(direction).halfOpen();
            reset(pair.sender());

            assertSilent(pair.receiver());
        }

        @ParameterizedTest
        @EnumSource
        void spareWhatWasSentBefore(Direction direction) throws IOException {
            for (int i = 0; i < 50; i++) {
                Pair pair = connect(direction);

                pair.send("sent before");
                faults(direction).halfOpen();

                assertThat(pair.receive(11)).asString().isEqualTo("sent before");
            }
        }

        @Test
        void aHalfOpenConnectionIsNotHealed() throws IOException {
            Pair dead = connect(Direction.TO_SERVER);
            network.both().halfOpen();

            network.heal();
            dead.send("a stream with a hole would be a lie");

            assertSilent(dead.receiver());
            pass(connect(Direction.TO_SERVER), "the next one lives");
        }

        @ParameterizedTest
        @EnumSource
        void strikeAfterExactlySoManyBytes(Direction direction) throws IOException {
            byte[] sent = randomBytes(100_000);
            faults(direction).after(70_001).reset();
            Pair pair = connect(direction);

            CompletableFuture<Void> sending = pair.sendAsync(sent);
            byte[] received = new byte[70_001];
            int count = pair.receiver().getInputStream().readNBytes(received, 0, received.length);

            assertThat(count).isEqualTo(70_001);
            assertThat(sent).startsWith(received);
            assertReset(pair.receiver());
            assertThat(faults(direction).bytes()).isEqualTo(70_001);
            sending.handle((nothing, failure) -> failure == null).join();
        }

        @Test
        void letPassWhatIsUnderWayBeforeTheCut() throws IOException {
            Pair pair = connect(Direction.TO_CLIENT);
            network.toClient().latency(Duration.ofMillis(100)).after(5).cut();

            pair.send("12345678");

            assertThat(pair.receiver().getInputStream().readAllBytes())
                    .asString()
                    .isEqualTo("12345");
            assertThat(network.toClient().lostBytes()).isEqualTo(3);
        }

        @Test
        void hitOneConnectionAlone() throws IOException {
            network.toServer().connection(2).after(3).cut();
            Pair first = connect(Direction.TO_SERVER);
            Pair second = connect(Direction.TO_SERVER);
            Pair third = connect(Direction.TO_SERVER);

            second.send("abcdef");

            assertThat(second.receiver().getInputStream().readAllBytes())
                    .asString()
                    .isEqualTo("abc");
            pass(first, "lives on");
            pass(third, "lives on");
        }

        @Test
        void hitAConnectionToComeAsItOpens() throws IOException {
            network.both().connection(2).reset();
            Pair first = connect(Direction.TO_SERVER);

            assertThatThrownBy(() -> client().getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");

            pass(first, "lives on");
            assertThat(network.both().connection(2).count(Fault.RESET)).isEqualTo(1);
        }

        @Test
        void hitAClientAsSoonAsItIsConnected() throws IOException {
            for (int i = 1; i <= 50; i++) {
                Socket client = client();
                network.both().cut();

                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(network.both().count(Fault.CUT)).isEqualTo(i);
            }
        }

        @Test
        void hitOpenConnectionsOnceAndLaterOnesNot() throws IOException {
            Pair hit = connect(Direction.TO_SERVER);
            network.both().cut();
            assertThat(hit.sender().getInputStream().read()).isEqualTo(-1);

            pass(connect(Direction.TO_SERVER), "reconnected");
        }

        @Test
        void healTakesBackWhatWasToCome() throws IOException {
            Pair pair = connect(Direction.TO_SERVER);
            network.toServer().after(3).reset();

            network.heal();

            pass(pair, "unharmed");
            pass(connect(Direction.TO_SERVER), "unharmed");
        }
    }

    @Nested
    class ThePort {

        @Test
        void refusesAndResumesAtTheSameAddress() throws IOException {
            Pair open = connect(Direction.TO_SERVER);

            network.refuse();

            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> client()).isInstanceOf(ConnectException.class);
            }
            pass(open, "still connected");

            network.resume();
            pass(connect(Direction.TO_SERVER), "back again");
            assertThat(network.connections()).isEqualTo(2);
        }

        @Test
        void opensWithHeal() throws IOException {
            network.refuse();
            network.refuse();

            network.heal();

            pass(connect(Direction.TO_SERVER), "back again");
        }
    }

    @Nested
    class TheEnd {

        @Test
        void closesConnectionsAndThread() throws IOException {
            Pair pair = connect(Direction.TO_SERVER);
            pass(pair, "counted");

            network.close();
            network.close();

            assertThat(proxyThreads()).isEmpty();
            assertThat(pair.receiver().getInputStream().read()).isEqualTo(-1);
            assertThatThrownBy(() -> client()).isInstanceOf(ConnectException.class);
            assertThat(network.toServer().bytes()).isEqualTo(7);
        }

        @Test
        void refusesFaultsAfterwards() {
            network.close();

            assertThatThrownBy(() -> network.both().cut())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("this fault proxy is closed");
        }

        @Test
        void freesAPortThatWasRefusing() {
            network.refuse();
            network.close();

            assertThatCode(() -> bind(network.address()).close()).doesNotThrowAnyException();
        }
    }

    @Nested
    class WrongUse {

        @Test
        void isToldAtOnce() {
            assertThatThrownBy(() -> FaultProxy.tcp(new InetSocketAddress("192.0.2.1", 5060)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("loopback only");
            assertThatThrownBy(() -> network.both().bandwidth(0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> network.both().latency(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> network.both().connection(0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> network.both().after(-1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private TcpFaults faults(Direction direction) {
        return direction == Direction.TO_SERVER ? network.toServer() : network.toClient();
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.TO_SERVER ? Direction.TO_CLIENT : Direction.TO_SERVER;
    }

    private Pair connect(Direction direction) throws IOException {
        Socket client = client();
        Socket accepted = closedLater(server.accept());
        accepted.setSoTimeout(10_000);
        Pair pair = new Pair(client, accepted);
        return direction == Direction.TO_SERVER ? pair : pair.reversed();
    }

    private Socket client() throws IOException {
        Socket client = closedLater(new Socket());
        client.connect(network.address(), 10_000);
        client.setSoTimeout(10_000);
        return client;
    }

    private <T extends AutoCloseable> T closedLater(T closeable) {
        opened.add(0, closeable);
        return closeable;
    }

    private List<Thread> proxyThreads() {
        String name = "pbx-sdk-tcp-fault-proxy-to-" + server.getLocalPort();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .toList();
    }

    private static void pass(Pair pair, String text) throws IOException {
        pair.send(text);
        assertThat(pair.receive(text.length())).asString().isEqualTo(text);
    }

    private static void reset(Socket socket) throws IOException {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
    }

    private static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(10_000);
    }

    private static ServerSocket bind(InetSocketAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(address);
        return socket;
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static Duration time(Action action) throws IOException {
        long start = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Once may be slow, on a machine with something else to do; a fault is so each time. */
    private static Duration fastest(Action action) throws IOException {
        Duration fastest = time(action);
        for (int i = 1; i < TRIES; i++) {
            fastest = Collections.min(List.of(fastest, time(action)));
        }
        return fastest;
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private record Pair(Socket sender, Socket receiver) {

        Pair reversed() {
            return new Pair(receiver, sender);
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.US_ASCII));
        }

        void send(byte[] bytes) throws IOException {
            sender.getOutputStream().write(bytes);
        }

        CompletableFuture<Void> sendAsync(byte[] bytes) {
            return CompletableFuture.runAsync(
                    () -> {
                        try {
                            send(bytes);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }

        byte[] receive(int count) throws IOException {
            return receiver.getInputStream().readNBytes(count);
        }
    }
}
