package io.github.pbxsdk.benchmarks;

import java.util.OptionalLong;

/**
 * What one side did in one round.
 *
 * @param bytes what it allocated meanwhile, on all its threads
 * @param lost how much it lost when more was asked of it; empty where that is not counted
 */
record Measurement(long operations, long nanos, long bytes, OptionalLong lost) {

    private static final double NANOS_PER_SECOND = 1e9;

    Measurement {
        if (operations <= 0 || nanos <= 0 || bytes < 0 || lost.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "not a measurement: " + operations + " in " + nanos + " ns, " + bytes + " B");
        }
    }

    Measurement(long operations, long nanos, long bytes) {
        this(operations, nanos, bytes, OptionalLong.empty());
    }

    Measurement withLost(OptionalLong value) {
        return new Measurement(operations, nanos, bytes, value);
    }

    /** Returns both, one after the other. */
    Measurement plus(Measurement next) {
        return new Measurement(
                operations + next.operations, nanos + next.nanos, bytes + next.bytes, next.lost);
    }

    double perSecond() {
        return operations * NANOS_PER_SECOND / nanos;
    }

    double bytesPerOperation() {
        return (double) bytes / operations;
    }
}
