package io.github.pbxsdk.benchmarks;

/**
 * What one side did in one round.
 *
 * @param bytes what it allocated meanwhile, on all its threads
 */
record Measurement(long operations, long nanos, long bytes) {

    private static final double NANOS_PER_SECOND = 1e9;

    Measurement {
        if (operations <= 0 || nanos <= 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "not a measurement: " + operations + " in " + nanos + " ns, " + bytes + " B");
        }
    }

    double perSecond() {
        return operations * NANOS_PER_SECOND / nanos;
    }

    double bytesPerOperation() {
        return (double) bytes / operations;
    }
}
