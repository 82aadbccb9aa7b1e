package io.github.pbxsdk.core.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock and the alarm of a client.
 *
 * <p>Clients never look at the system clock or sleep by themselves, so a test can drive them with
 * {@link ManualTime}. Give one with {@code PbxResources.builder().time(...)}.
 */
public interface Time {

    /** Returns the time of day, which may jump when somebody sets the clock. */
    Instant now();

    /** Returns nanoseconds that only ever rise, for measuring how long something takes. */
    long nanos();

    /**
     * Runs a task once, after a delay.
     *
     * <p>Tasks of one {@code Time} run one after the other. They must be short and never block:
     * what takes longer is handed to an executor.
     *
     * @return a handle that takes the task back
     */
    Alarm schedule(Duration delay, Runnable task);

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Alarm {

        /** Takes the task back; does nothing when it has run. */
        void cancel();
    }
}
