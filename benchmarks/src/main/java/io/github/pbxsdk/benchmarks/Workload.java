package io.github.pbxsdk.benchmarks;

import java.io.IOException;

/** One side of a benchmark, ready to work. */
@FunctionalInterface
public interface Workload extends AutoCloseable {

    /**
     * Does so many operations and returns when they are done.
     *
     * <p>What they compute must be kept ({@link Sink}), or the compiler removes the work.
     */
    void run(long operations) throws Exception;

    /** Ends the side; called once, after the last {@link #run}. */
    @Override
    default void close() throws IOException {
        // Most have nothing to end.
    }
}
