package io.github.pbxsdk.testing;

import java.time.Duration;

/** How long data travels; what left first arrives first. */
final class Latency {

    private long nanos;
    private long lastArrival = Long.MIN_VALUE;

    void set(Duration latency) {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("a latency cannot be negative: " + latency);
        }
        nanos = latency.toNanos();
    }

    void none() {
        nanos = 0;
        lastArrival = Long.MIN_VALUE;
    }

    boolean isNone() {
        return nanos == 0;
    }

    /** Returns when data that leaves now arrives. */
    long arrival(long now) {
        lastArrival = Math.max(lastArrival, now + nanos);
        return lastArrival;
    }
}
