package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The clock of the machine for those who are never closed: its alarms ring on a thread of the JDK,
 * so there is none of ours to end.
 */
final class JdkTime implements Time {

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
        CompletableFuture<Boolean> alarm =
                new CompletableFuture<Boolean>()
                        .completeOnTimeout(true, delay.toNanos(), TimeUnit.NANOSECONDS);
        alarm.thenRun(task);
        return () -> alarm.cancel(false);
    }
}
