package io.github.pbxsdk.testing;

import java.net.InetSocketAddress;

/**
 * A bad network, on request: stands between a client and a server and does to their traffic what a
 * test asks for.
 *
 * <pre>{@code
 * try (TcpFaultProxy network = FaultProxy.tcp(server.address())) {
 *     client.connect(network.address());
 *
 *     network.both().latency(Duration.ofMillis(80));
 *     network.toClient().after(1000).reset();
 *     // … what does the client do about it?
 *
 *     assertThat(network.toClient().count(Fault.RESET)).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>A new proxy does no harm. Faults may be switched at any time; they are in force when the
 * method returns. Counters tell what passed and what was done to it, so that a test can prove that
 * its fault happened; they stay readable after {@link #close()}.
 *
 * <p>A proxy listens on loopback, on a free port, has one daemon thread and may be used from all
 * threads. In a JUnit test, {@code @AutoClose} on its field ends it.
 */
public sealed interface FaultProxy extends AutoCloseable permits TcpFaultProxy, UdpFaultProxy {

    /**
     * Opens a proxy for TCP connections.
     *
     * @param target where the server listens
     * @throws IllegalArgumentException if the target is not on loopback
     * @throws java.io.UncheckedIOException if no port can be opened
     */
    static TcpFaultProxy tcp(InetSocketAddress target) {
        return new TcpFaultProxy(Loopback.check(target));
    }

    /**
     * Opens a proxy for UDP datagrams with the seed 0: what is drawn by lot is the same in each
     * run.
     *
     * @param target where the server receives
     * @throws IllegalArgumentException if the target is not on loopback
     * @throws java.io.UncheckedIOException if no port can be opened
     */
    static UdpFaultProxy udp(InetSocketAddress target) {
        return udp(target, 0);
    }

    /**
     * Opens a proxy for UDP datagrams that draws other lots.
     *
     * @param target where the server receives
     * @param seed decides, together with a datagram's number in its direction, what happens to it
     * @throws IllegalArgumentException if the target is not on loopback
     * @throws java.io.UncheckedIOException if no port can be opened
     */
    static UdpFaultProxy udp(InetSocketAddress target, long seed) {
        return new UdpFaultProxy(Loopback.check(target), seed);
    }

    /** Returns where clients find this proxy; it stays the same for its whole life. */
    InetSocketAddress address();

    /**
     * Closes the port, as though nothing listened there; what is connected stays so.
     *
     * <p>New TCP connections are refused, and datagrams are answered with ICMP "port unreachable".
     *
     * @throws IllegalStateException if the proxy is closed
     */
    void refuse();

    /**
     * Opens the same port again after {@link #refuse()}.
     *
     * @throws IllegalStateException if the proxy is closed
     * @throws java.io.UncheckedIOException if another program has taken the port
     */
    void resume();

    /**
     * Makes a good network of it again: takes all faults away, also those still to come, and opens
     * the port if it was closed.
     *
     * @throws IllegalStateException if the proxy is closed
     */
    void heal();

    /** Ends all connections and the proxy's thread; repeatable. */
    @Override
    void close();
}
