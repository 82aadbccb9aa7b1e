package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.util.OptionalLong;

/** One side of a benchmark, ready to work. */
@FunctionalInterface
public interface Workload extends AutoCloseable {

    /**
     * Does so many operations and returns when they are done.
     *
     * <p>What they compute must be kept ({@link Sink}), or the compiler removes the work.
     */
    void run(long operations) throws Exception;

    /**
     * Asks for more than a side may be able to keep, and returns how much of it never came; called
     * once, after what is measured. By default nothing can be lost, and nothing is counted.
     */
    default OptionalLong lost() throws Exception {
        return OptionalLong.empty();
    }

    /** Ends the side; called once, after all else. */
    @Override
    default void close() throws IOException {
        // Most have nothing to end.
    }
}
