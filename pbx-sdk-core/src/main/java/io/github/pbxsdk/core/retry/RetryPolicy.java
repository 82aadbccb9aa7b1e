package io.github.pbxsdk.core.retry;

import java.time.Duration;

/**
 * How often, and after which pauses, a failed call is made again.
 *
 * <p>The policy decides how often; <em>whether</em> is decided by the operation. One that only
 * reads is made again after a lost connection or a time-out. One that must not happen twice goes
 * out once, and is made again only when the peer certainly did nothing: no byte had left, or the
 * failure says so by {@link RetryAdvice#unprocessed()}. Pauses are random, between half and the
 * whole of a delay that doubles; a peer that names a time itself is obeyed. Immutable.
 */
public final class RetryPolicy {

    private static final RetryPolicy DEFAULTS =
            new RetryPolicy(
                    3, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final int attempts;
    private final Duration firstDelay;
    private final Duration longestDelay;
    private final Duration longestRetryAfter;

    private RetryPolicy(
            int attempts, Duration firstDelay, Duration longestDelay, Duration longestRetryAfter) {
        this.attempts = attempts;
        this.firstDelay = firstDelay;
        this.longestDelay = longestDelay;
        this.longestRetryAfter = longestRetryAfter;
    }

    /** Returns the defaults: three attempts, delays of 200 ms and 400 ms. */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** Returns a policy that never makes a call again. */
    public static RetryPolicy none() {
        return DEFAULTS.attempts(1);
    }

    /**
     * Returns a policy with another number of attempts, the first one included; 3 by default.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public RetryPolicy attempts(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, not " + value);
        }
        return new RetryPolicy(value, firstDelay, longestDelay, longestRetryAfter);
    }

    /**
     * Returns a policy with another first delay; 200 ms by default.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public RetryPolicy firstDelay(Duration value) {
        return new RetryPolicy(
                attempts, positive("firstDelay", value), longestDelay, longestRetryAfter);
    }

    /**
     * Returns a policy with another longest delay; 10 s by default.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public RetryPolicy longestDelay(Duration value) {
        return new RetryPolicy(
                attempts, firstDelay, positive("longestDelay", value), longestRetryAfter);
    }

    /**
     * Returns a policy that obeys a peer's Retry-After up to another limit; one minute by default.
     *
     * <p>A peer that asks for more is not waited for: the call fails with what it said.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public RetryPolicy longestRetryAfter(Duration value) {
        return new RetryPolicy(
                attempts, firstDelay, longestDelay, positive("longestRetryAfter", value));
    }

    /** Returns how many attempts are made, the first one included. */
    public int attempts() {
        return attempts;
    }

    /** Returns the delay after the first failure. */
    public Duration firstDelay() {
        return firstDelay;
    }

    /** Returns the longest delay. */
    public Duration longestDelay() {
        return longestDelay;
    }

    /** Returns up to which limit a peer's Retry-After is obeyed. */
    public Duration longestRetryAfter() {
        return longestRetryAfter;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
        return value;
    }

    @Override
    public String toString() {
        return "RetryPolicy["
                + (attempts + " attempts, delays " + firstDelay + " to " + longestDelay)
                + (", Retry-After up to " + longestRetryAfter + "]");
    }
}
