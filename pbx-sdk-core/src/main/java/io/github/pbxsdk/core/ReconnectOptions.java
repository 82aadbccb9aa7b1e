package io.github.pbxsdk.core;

import java.time.Duration;

/**
 * How a client comes back after its connection was lost.
 *
 * <p>Each pause is a random time between half of the current delay and the whole, so that a
 * thousand clients do not come back in the same moment. Immutable.
 */
public final class ReconnectOptions {

    private static final ReconnectOptions DEFAULTS =
            new ReconnectOptions(Duration.ofMillis(500), Duration.ofSeconds(30), false);

    private final Duration firstDelay;
    private final Duration longestDelay;
    private final boolean fromTheStart;

    private ReconnectOptions(Duration firstDelay, Duration longestDelay, boolean fromTheStart) {
        this.firstDelay = firstDelay;
        this.longestDelay = longestDelay;
        this.fromTheStart = fromTheStart;
    }

    /** Returns the defaults: 500 ms, doubled after each failure up to 30 s, for ever. */
    public static ReconnectOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns options with another delay after the first failure; 500 ms by default.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ReconnectOptions firstDelay(Duration value) {
        return new ReconnectOptions(positive("firstDelay", value), longestDelay, fromTheStart);
    }

    /**
     * Returns options with another longest delay; 30 s by default.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ReconnectOptions longestDelay(Duration value) {
        return new ReconnectOptions(firstDelay, positive("longestDelay", value), fromTheStart);
    }

    /**
     * Returns options with which the first connection is tried until it succeeds as well.
     *
     * <p>By default a first failure is thrown by {@code connect()}: it is usually a wrong setting.
     * Choose this for a service that may start before its PBX.
     */
    public ReconnectOptions fromTheStart(boolean value) {
        return new ReconnectOptions(firstDelay, longestDelay, value);
    }

    /** Returns the delay after the first failure. */
    public Duration firstDelay() {
        return firstDelay;
    }

    /** Returns the longest delay. */
    public Duration longestDelay() {
        return longestDelay;
    }

    /** Returns whether the first connection is tried until it succeeds. */
    public boolean fromTheStart() {
        return fromTheStart;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
        return value;
    }
}
