package io.github.pbxsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UdpFaultProxyTest {

    private static final int TRIES = 3;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private DatagramSocket server;
    private DatagramSocket client;
    private UdpFaultProxy network;

    @BeforeEach
    void open() throws IOException {
        server = socket();
        client = socket();
        network = proxy(0);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1400, 65_507})
    void passesDatagramsOfEverySize(int size) throws IOException {
        Line there = line(Direction.TO_SERVER);
        there.send(new byte[size]);
        DatagramPacket received = there.receivePacket();
        assertThat(received.getLength()).isEqualTo(size);

        Line back = new Line(server, received.getSocketAddress(), client);
        back.send(new byte[size]);
        DatagramPacket answer = back.receivePacket();
        assertThat(answer.getLength()).isEqualTo(size);
        assertThat(answer.getSocketAddress()).isEqualTo(network.address());
    }

    @Test
    void keepsClientsApart() throws IOException {
        DatagramSocket other = socket();
        Line first = new Line(client, network.address(), server);
        Line second = new Line(other, network.address(), server);
        first.send("from one");
        SocketAddress one = first.receivePacket().getSocketAddress();
        second.send("from two");
        SocketAddress two = second.receivePacket().getSocketAddress();

        Line backToTwo = new Line(server, two, other);
        Line backToOne = new Line(server, one, client);
        backToTwo.send("to two");
        backToOne.send("to one");

        assertThat(backToTwo.receive()).isEqualTo("to two");
        assertThat(backToOne.receive()).isEqualTo("to one");
        assertThat(network.clients()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void dropsAll(Direction direction) throws IOException {
        Line line = line(direction);
        faults(direction).drop(1).after(3).heal();

        line.sendNumbers(1, 4);

        assertThat(line.receive()).isEqualTo("4");
        assertThat(faults(direction).count(Fault.DROP)).isEqualTo(3);
        assertThat(faults(opposite(direction)).count(Fault.DROP)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void dropsTheNextOnes(Direction direction) throws IOException {
        Line line = line(direction);
        faults(direction).after(1).dropNext(2);

        line.sendNumbers(1, 5);

        assertThat(line.receive(3)).containsExactly("1", "4", "5");
        assertThat(faults(direction).count(Fault.DROP)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void sparesWhatWasSentBefore(Direction direction) throws IOException {
        Line line = line(direction);
        for (int i = 0; i < 50; i++) {
            line.send("sent before");
            faults(direction).drop(1);

            assertThat(line.receive()).isEqualTo("sent before");
            faults(direction).heal();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsTwice(Direction direction) throws IOException {
        Line line = line(direction);
        faults(direction).duplicate(1);

        line.sendNumbers(1, 2);

        assertThat(line.receive(4)).containsExactly("1", "1", "2", "2");
        assertThat(faults(direction).count(Fault.DUPLICATE)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void letsDatagramsBeOvertaken(Direction direction) throws IOException {
        Line line = line(direction);
        faults(direction).reorder(1);

        line.sendNumbers(1, 4);

        assertThat(line.receive(4)).containsExactly("2", "1", "4", "3");
        assertThat(faults(direction).count(Fault.REORDER)).isEqualTo(2);
    }

    @Test
    void losesNothingThatNobodyOvertakes() throws IOException {
        Line line = line(Direction.TO_SERVER);
        network.toServer().reorder(1);

        line.send("alone");

        assertThat(line.receive()).isEqualTo("alone");
        assertThat(network.toServer().count(Fault.REORDER)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void latencyHoldsUpAndKeepsTheOrder(Direction direction) throws IOException {
        Line line = line(direction);
        faults(direction).latency(Duration.ofMillis(150));

        Duration took =
                fastest(
                        () -> {
                            line.sendNumbers(1, 20);
                            assertThat(line.receive(20)).isEqualTo(numbers(1, 20));
                        });

        assertThat(took).isBetween(Duration.ofMillis(150), Duration.ofMillis(600));
        assertThat(faults(direction).count(Fault.LATENCY)).isEqualTo(20 * TRIES);
    }

    @ParameterizedTest
    @EnumSource
    void bandwidthLimitsTheRate(Direction direction) throws IOException {
        Line line = line(direction);
        faults(direction).bandwidth(100_000);

        Duration took =
                fastest(
                        () -> {
                            for (int i = 0; i < 51; i++) {
                                line.send(new byte[1000]);
                            }
                            line.receive(51);
                        });

        assertThat(took).isBetween(Duration.ofMillis(400), Duration.ofMillis(1500));
        assertThat(faults(direction).count(Fault.BANDWIDTH)).isPositive();
    }

    @Test
    void healLetsGoWhatIsUnderWay() throws IOException {
        Line line = line(Direction.TO_SERVER);
        network.both().latency(Duration.ofHours(1)).bandwidth(1).after(5).drop(1);
        line.send("held up");
        line.assertSilent();

        network.heal();

        assertThat(line.receive()).isEqualTo("held up");
        line.sendNumbers(1, 10);
        assertThat(line.receive(10)).isEqualTo(numbers(1, 10));
    }

    @ParameterizedTest
    @EnumSource
    void drawsTheSameLotsForTheSameSeed(Direction direction) throws IOException {
        List<String> once = survivors(direction, 7);

        assertThat(survivors(direction, 7)).isEqualTo(once);
        assertThat(survivors(direction, 8)).isNotEqualTo(once);
        assertThat(once.size()).isBetween(60, 160);
    }

    @Test
    void drawsDropsIndependentlyOfOtherFaults() throws IOException {
        network = proxy(7);
        network.toServer().drop(0.3).after(100).heal();
        List<String> plain = passHundred(line(Direction.TO_SERVER));

        network = proxy(7);
        network.toServer().drop(0.3).duplicate(1).after(100).heal();
        List<String> doubled = passHundred(line(Direction.TO_SERVER));

        assertThat(doubled).hasSize(2 * plain.size());
        assertThat(doubled.stream().distinct()).isEqualTo(plain);
    }

    @Test
    void refusesAndResumesAtTheSameAddress() throws IOException {
        client.connect(network.address());
        network.refuse();

        client.send(packet("anybody there?"));
        assertThatThrownBy(() -> client.receive(new DatagramPacket(new byte[10], 10)))
                .isInstanceOf(PortUnreachableException.class);

        network.resume();
        client.send(packet("hello"));
        assertThat(line(Direction.TO_SERVER).receive()).isEqualTo("hello");
    }

    @Test
    void survivesAServerThatIsAway() throws IOException {
        Line line = line(Direction.TO_SERVER);
        SocketAddress address = server.getLocalSocketAddress();
        server.close();
        line.send("nobody hears this");
        await(() -> network.toServer().datagrams() == 1);
        server = new DatagramSocket(address);
        opened.add(server);
        server.setSoTimeout(200);

        // The news that nobody was there may cost one more datagram, as on a real network.
        Line again = new Line(client, network.address(), server);
        assertThat(again.sendUntilReceived("back")).isEqualTo("back");
    }

    @Test
    void closeEndsThreadAndPort() throws IOException {
        Line line = line(Direction.TO_SERVER);
        line.sendNumbers(1, 1);
        line.receive();

        network.close();
        network.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("pbx-sdk-udp-fault-proxy-to-" + server.getLocalPort());
        assertThat(network.toServer().datagrams()).isEqualTo(1);
        assertThatThrownBy(() -> network.heal()).isInstanceOf(IllegalStateException.class);
        new DatagramSocket(network.address()).close();
    }

    @Test
    void tellsWrongUseAtOnce() {
        assertThatThrownBy(() -> network.both().drop(1.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a share lies between 0 and 1: 1.1");
        assertThatThrownBy(() -> network.both().duplicate(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> network.both().reorder(-0.1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> network.both().dropNext(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> network.both().after(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FaultProxy.udp(InetSocketAddress.createUnresolved("far.test", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> survivors(Direction direction, long seed) throws IOException {
        network = proxy(seed);
        Line line = line(direction);
        faults(direction).drop(0.3).reorder(0.3).duplicate(0.3).after(100).heal();
        return passHundred(line);
    }

    private static List<String> passHundred(Line line) throws IOException {
        line.sendNumbers(1, 100);
        line.send("end");
        List<String> received = new ArrayList<>();
        for (String next = line.receive(); !next.equals("end"); next = line.receive()) {
            received.add(next);
        }
        return received;
    }

    private UdpFaults faults(Direction direction) {
        return direction == Direction.TO_SERVER ? network.toServer() : network.toClient();
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.TO_SERVER ? Direction.TO_CLIENT : Direction.TO_SERVER;
    }

    private Line line(Direction direction) throws IOException {
        Line there = new Line(client, network.address(), server);
        if (direction == Direction.TO_SERVER) {
            return there;
        }
        there.send("who am I?");
        return new Line(server, there.receivePacket().getSocketAddress(), client);
    }

    private UdpFaultProxy proxy(long seed) {
        UdpFaultProxy proxy =
                FaultProxy.udp((InetSocketAddress) server.getLocalSocketAddress(), seed);
        opened.add(proxy);
        return proxy;
    }

    private DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        opened.add(socket);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void await(BooleanSupplier condition) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(limit);
            Thread.onSpinWait();
        }
    }

    /** Once may be slow, on a machine with something else to do; a fault is so each time. */
    private static Duration fastest(Action action) throws IOException {
        Duration fastest = time(action);
        for (int i = 1; i < TRIES; i++) {
            fastest = Collections.min(List.of(fastest, time(action)));
        }
        return fastest;
    }

    private static Duration time(Action action) throws IOException {
        long start = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private static DatagramPacket packet(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new DatagramPacket(bytes, bytes.length);
    }

    private static List<String> numbers(int first, int last) {
        List<String> numbers = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }

    /** From one socket, through the proxy, to the other one. */
    private record Line(DatagramSocket from, SocketAddress via, DatagramSocket to) {

        void send(byte[] bytes) throws IOException {
            from.send(new DatagramPacket(bytes, bytes.length, via));
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.US_ASCII));
        }

        void sendNumbers(int first, int last) throws IOException {
            for (String number : numbers(first, last)) {
                send(number);
            }
        }

        DatagramPacket receivePacket() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            to.receive(packet);
            return packet;
        }

        String receive() throws IOException {
            DatagramPacket packet = receivePacket();
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
        }

        List<String> receive(int count) throws IOException {
            List<String> received = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                received.add(receive());
            }
            return received;
        }

        String sendUntilReceived(String text) throws IOException {
            for (int i = 0; i < 20; i++) {
                send(text);
                try {
                    return receive();
                } catch (SocketTimeoutException e) {
                    // The next one will come through.
                }
            }
            throw new AssertionError("nothing arrived");
        }

        void assertSilent() throws IOException {
            to.setSoTimeout(200);
            assertThatThrownBy(this::receive).isInstanceOf(SocketTimeoutException.class);
            to.setSoTimeout(10_000);
        }
    }
}
