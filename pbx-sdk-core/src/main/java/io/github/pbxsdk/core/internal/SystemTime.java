package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clock of the machine, with alarms on one daemon thread. */
public final class SystemTime implements Time {

    private static final Logger log = LoggerFactory.getLogger(SystemTime.class);

    private final ScheduledExecutorService scheduler;

    /** Creates a clock that uses the scheduler and leaves its end to the caller. */
    public SystemTime(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Alarm schedule(Duration delay, Runnable task) {
        try {
            Future<?> future =
                    scheduler.schedule(
                            () -> runSafely(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            // Closed in the meantime: what waits is failed by its client, not by its alarm.
            return () -> {};
        }
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // Even an Error: nobody looks at what became of an alarm.
            log.warn("a scheduled task failed", e);
        }
    }
}
