package io.github.pbxsdk.testing;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Faults for UDP datagrams, in one direction or both.
 *
 * <pre>{@code
 * network.toServer().dropNext(1);                  // the first request is lost, the repeated one comes
 * network.toClient().drop(0.1).reorder(0.2);
 * network.both().after(100).heal();
 * }</pre>
 *
 * <p>A fault holds from when its method returns until {@link #heal()}. What is drawn by lot depends
 * on the proxy's seed and on the datagram's number in its direction, on nothing else.
 */
public final class UdpFaults {

    static final long NOW = -1;

    private final UdpFaultProxy proxy;
    private final Set<Direction> directions;
    private final long after;

    UdpFaults(UdpFaultProxy proxy, Set<Direction> directions, long after) {
        this.proxy = proxy;
        this.directions = directions;
        this.after = after;
    }

    /**
     * Returns the same for later: what is set there begins when so many more datagrams have come in
     * this direction, dropped ones included.
     */
    public UdpFaults after(long datagrams) {
        if (datagrams < 0) {
            throw new IllegalArgumentException("datagrams cannot be negative: " + datagrams);
        }
        return new UdpFaults(proxy, directions, datagrams);
    }

    /** Holds up datagrams; their order stays as it is. Precise to about a millisecond. */
    public UdpFaults latency(Duration time) {
        new Latency().set(time);
        return apply(pump -> pump.latency(time));
    }

    /**
     * Lets through so many bytes per second. Up to 1 MiB waits; what comes beyond that is dropped,
     * and counted as such.
     */
    public UdpFaults bandwidth(long bytesPerSecond) {
        Bandwidth.check(bytesPerSecond);
        return apply(pump -> pump.bandwidth(bytesPerSecond));
    }

    /**
     * Throws away a share of the datagrams.
     *
     * @param share from 0, none, to 1, all
     */
    public UdpFaults drop(double share) {
        checkShare(share);
        return apply(pump -> pump.drop(share));
    }

    /** Throws away the next ones, so many. */
    public UdpFaults dropNext(int datagrams) {
        if (datagrams < 0) {
            throw new IllegalArgumentException("datagrams cannot be negative: " + datagrams);
        }
        return apply(pump -> pump.dropNext(datagrams));
    }

    /**
     * Sends a share of the datagrams twice.
     *
     * @param share from 0, none, to 1, all
     */
    public UdpFaults duplicate(double share) {
        checkShare(share);
        return apply(pump -> pump.duplicate(share));
    }

    /**
     * Lets a share of the datagrams be overtaken by the next one. When none comes within half a
     * second it goes on, late and not counted.
     *
     * @param share from 0, none, to 1, every other one
     */
    public UdpFaults reorder(double share) {
        checkShare(share);
        return apply(pump -> pump.reorder(share));
    }

    /**
     * Takes all faults away, and what was to come {@link #after} some datagrams; what is under way
     * arrives at once. On a view made by {@code after} it ends the faults then.
     */
    public UdpFaults heal() {
        return apply(
                pump -> {
                    if (after == NOW) {
                        pump.forgetTriggers();
                    }
                    pump.heal();
                });
    }

    /** Returns how many datagrams were delivered, each copy counted. */
    public long datagrams() {
        return proxy.sum(this, UdpPump::passed);
    }

    /** Returns how often a fault was done. */
    public long count(Fault fault) {
        return proxy.sum(this, pump -> pump.count(fault));
    }

    Set<Direction> directions() {
        return directions;
    }

    long after() {
        return after;
    }

    private UdpFaults apply(Consumer<UdpPump> change) {
        proxy.apply(this, change);
        return this;
    }

    private static void checkShare(double share) {
        // Written so that NaN fails, too.
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1: " + share);
        }
    }
}
