package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.time.Time;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** Spreads bytes over time, so that all transfers together stay below a rate. */
final class Throttle {

    private static final long NANOS = 1_000_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Time time;
    private final long bytesPerSecond;
    private long free;

    /** Creates a throttle; 0 bytes a second is no limit. */
    Throttle(Time time, long bytesPerSecond) {
        this.time = time;
        this.bytesPerSecond = bytesPerSecond;
        this.free = time.nanos();
    }

    /**
     * Returns how many bytes to take at once, a second's worth: a server that can't send for long
     * hangs up.
     */
    int atOnce(int most) {
        return bytesPerSecond == 0 ? most : (int) Math.min(most, bytesPerSecond);
    }

    /** Waits until so many bytes more fit into the rate. */
    void pass(int bytes) throws InterruptedIOException {
        if (bytesPerSecond == 0) {
            return;
        }
        long pause = reserve(bytes);
        if (pause > 0) {
            await(Duration.ofNanos(pause));
        }
    }

    private long reserve(int bytes) {
        lock.lock();
        try {
            long now = time.nanos();
            free = Math.max(free, now) + bytes * NANOS / bytesPerSecond;
            return free - now;
        } finally {
            lock.unlock();
        }
    }

    private void await(Duration pause) throws InterruptedIOException {
        CountDownLatch over = new CountDownLatch(1);
        Time.Alarm alarm = time.schedule(pause, over::countDown);
        try {
            over.await();
        } catch (InterruptedException e) {
            alarm.cancel();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for bandwidth");
        }
    }
}
