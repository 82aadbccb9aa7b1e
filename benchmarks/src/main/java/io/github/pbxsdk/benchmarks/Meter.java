package io.github.pbxsdk.benchmarks;

import java.time.Duration;

/** Measures a workload in this JVM. */
final class Meter {

    /** Long enough that neither reading the clock counts, nor the end, when less is under way. */
    private static final long BATCH_NANOS = Duration.ofMillis(100).toNanos();

    /** No work is so small that more of it fits into a batch. */
    private static final long LARGEST_BATCH = 1L << 32;

    private final Workload workload;
    private long batch = 1;

    Meter(Workload workload) {
        this.workload = workload;
    }

    /**
     * Works without counting, and leaves an empty heap.
     *
     * @throws IllegalStateException if the work takes no time
     */
    void warmUp(Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            workload.run(batch);
            if (System.nanoTime() - start < BATCH_NANOS) {
                grow();
            }
        }
        System.gc();
    }

    private void grow() {
        if (batch >= LARGEST_BATCH) {
            throw new IllegalStateException(
                    "the work takes no time: has the compiler removed it? Keep results in Sink");
        }
        batch *= 2;
    }

    /** Works for at least so long; after {@link #warmUp}. */
    Measurement measure(Duration length) throws Exception {
        long operations = 0;
        long bytes = Allocation.total();
        long start = System.nanoTime();
        long nanos = 0;
        while (nanos < length.toNanos()) {
            workload.run(batch);
            operations += batch;
            nanos = System.nanoTime() - start;
        }
        return new Measurement(operations, nanos, Math.max(0, Allocation.total() - bytes));
    }
}
