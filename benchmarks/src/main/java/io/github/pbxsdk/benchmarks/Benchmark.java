package io.github.pbxsdk.benchmarks;

import java.time.Duration;
import java.util.Optional;

/**
 * One piece of work, done by us and by a peer.
 *
 * <p>An implementation has a constructor without arguments: each side is opened in a JVM of its
 * own, and so is the generator.
 */
public interface Benchmark {

    /** Returns the name on the command line. */
    String name();

    /** Returns what is measured, in a few words, for the table. */
    String what();

    /** Returns what one operation is, in the plural, such as {@code events}. */
    String operations();

    /** Returns what we are measured against, with its version. */
    String peer();

    /**
     * Opens one side of it.
     *
     * @param address what the generator gave as its address; empty when there is none
     */
    Workload open(Side side, String address) throws Exception;

    /**
     * Returns how to start the other end of the wire, such as a server that sends events.
     *
     * <p>It runs in a process of its own, a new one for each side of each round. None by default.
     */
    default Optional<Generator.Start> generator() {
        return Optional.empty();
    }

    /**
     * Returns how long a side works before it is measured, five seconds by default: an application
     * runs for days, and a JVM compiles for seconds, or longer where it mostly waits.
     */
    default Duration warmUp() {
        return Duration.ofSeconds(5);
    }
}
