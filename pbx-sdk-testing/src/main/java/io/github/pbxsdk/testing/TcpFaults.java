package io.github.pbxsdk.testing;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Faults for TCP connections, in one direction or both.
 *
 * <pre>{@code
 * network.toServer().latency(Duration.ofMillis(80)).bandwidth(16_000);
 * network.toClient().byteByByte();
 * network.toClient().connection(1).after(1000).cut();   // the second connection lives
 * }</pre>
 *
 * <p>Latency, bandwidth, byte by byte and stall are conditions: they hold for the connections that
 * are open and for those to come, until {@link #heal()}. Half-open, cut and reset strike the
 * connections that are open now, once; with {@link #after} or {@link #connection} also those that
 * come later.
 */
public final class TcpFaults {

    static final int ALL = 0;
    static final long NOW = -1;

    private final TcpFaultProxy proxy;
    private final Set<Direction> directions;
    private final int connection;
    private final long after;

    TcpFaults(TcpFaultProxy proxy, Set<Direction> directions, int connection, long after) {
        this.proxy = proxy;
        this.directions = directions;
        this.connection = connection;
        this.after = after;
    }

    /**
     * Returns the same for one connection only.
     *
     * @param number counts the connections that the proxy accepted, the first is 1; it may be one
     *     to come
     */
    public TcpFaults connection(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("the first connection is 1, there is no " + number);
        }
        return new TcpFaults(proxy, directions, number, after);
    }

    /**
     * Returns the same for later: what is set there begins when so many more bytes have gone in
     * this direction. Exactly those bytes are delivered unharmed.
     *
     * @param bytes for open connections counted from now, for others from their beginning; in both
     *     directions each counts for itself
     */
    public TcpFaults after(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes cannot be negative: " + bytes);
        }
        return new TcpFaults(proxy, directions, connection, bytes);
    }

    /**
     * Holds up what is sent from now on; order and bandwidth stay as they are. Precise to about a
     * millisecond. Up to 1 MiB may be under way.
     *
     * @param time of this direction; a round trip through {@code both()} takes twice as long
     */
    public TcpFaults latency(Duration time) {
        new Latency().set(time);
        return condition(pump -> pump.latency(time));
    }

    /** Lets through so many bytes per second, for each connection and direction. */
    public TcpFaults bandwidth(long bytesPerSecond) {
        Bandwidth.check(bytesPerSecond);
        return condition(pump -> pump.bandwidth(bytesPerSecond));
    }

    /**
     * Sends each byte in a packet of its own, so that the receiver sees a message in all its
     * pieces. A receiver slower than this still finds several bytes at once; a {@link #bandwidth}
     * of 1000 gives it a millisecond for each.
     */
    public TcpFaults byteByByte() {
        return condition(TcpPump::byteByByte);
    }

    /**
     * Stops reading from the sender. Its system still takes some megabytes; then it has to wait.
     * Nothing is lost: after {@link #heal()} everything arrives.
     */
    public TcpFaults stall() {
        return condition(TcpPump::stall);
    }

    /**
     * Swallows everything, even the end, and closes nothing: one peer is gone and the other does
     * not know. It lasts for the life of the connection, {@link #heal()} or not.
     */
    public TcpFaults halfOpen() {
        return strike(TcpPump::halfOpen);
    }

    /**
     * Ends the whole connection in order: both peers see the end of the stream. What is under way
     * is lost, except what {@link #after} let pass.
     */
    public TcpFaults cut() {
        return after == NOW
                ? strike(pump -> pump.link().cut())
                : strike(pump -> pump.behindTheRest(pump.link()::cut));
    }

    /**
     * Ends the whole connection with RST at both ends. What is under way is lost, except what
     * {@link #after} let pass.
     */
    public TcpFaults reset() {
        return after == NOW
                ? strike(pump -> pump.link().reset())
                : strike(pump -> pump.behindTheRest(pump.link()::reset));
    }

    /**
     * Takes all conditions away, and what was to come {@link #after} some bytes; what is under way
     * arrives at once. On a view made by {@code after} it ends the conditions then.
     */
    public TcpFaults heal() {
        proxy.heal(this);
        return this;
    }

    /** Returns how many bytes were delivered. */
    public long bytes() {
        return proxy.sum(this, TcpPump::passed);
    }

    /** Returns how many bytes were read and never delivered. */
    public long lostBytes() {
        return proxy.sum(this, TcpPump::swallowed);
    }

    /** Returns how often a fault was done; cuts and resets count for the connection as a whole. */
    public long count(Fault fault) {
        return fault == Fault.CUT || fault == Fault.RESET
                ? proxy.sumLinks(this, link -> link.count(fault))
                : proxy.sum(this, pump -> pump.count(fault));
    }

    Set<Direction> directions() {
        return directions;
    }

    int connection() {
        return connection;
    }

    long after() {
        return after;
    }

    boolean covers(TcpLink link) {
        return connection == ALL || connection == link.number();
    }

    private TcpFaults condition(Consumer<TcpPump> change) {
        proxy.apply(this, change, true);
        return this;
    }

    private TcpFaults strike(Consumer<TcpPump> change) {
        proxy.apply(this, change, connection != ALL || after != NOW);
        return this;
    }
}
