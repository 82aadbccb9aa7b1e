package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When a sender may send next: so many segments a second, fewer for a while after the provider has
 * said "too fast".
 *
 * <p>A text that costs several segments goes as soon as there is room for one, and the next waits
 * for all of them.
 */
final class SendRate {

    /** Alarms come late; that much is caught up, so that the rate holds all the same. */
    private static final long SLACK = Duration.ofMillis(100).toNanos();

    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long SLOWEST = SECOND;
    private static final long RECOVERY = Duration.ofSeconds(10).toNanos();

    private final Time time;
    private final long usual;
    private final ReentrantLock lock = new ReentrantLock();

    /** Nanoseconds for each segment. */
    private long pace;

    /** When the next text may go. */
    private long next;

    /** When it was slowed down, or has recovered by a step. */
    private long changed;

    /** How much went in this second and in the one before, where no rate says it. */
    private long second;

    private int inSecond;
    private int before;

    SendRate(double segmentsPerSecond, Time time) {
        this.time = time;
        this.usual = (long) (Duration.ofSeconds(1).toNanos() / segmentsPerSecond);
        this.pace = usual;
        this.next = time.nanos();
        this.changed = next;
        this.second = next;
    }

    /**
     * Takes room for a text.
     *
     * @return how many nanoseconds to wait before asking again, or 0 if the text may go
     */
    long take(int segments) {
        lock.lock();
        try {
            long now = time.nanos();
            recover(now);
            if (next - now > 0) {
                return next - now;
            }
            next = Math.max(next, pace < SLACK ? now - SLACK : now) + pace * segments;
            count(segments, now);
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /** Takes room for more that goes out with the text before. */
    void takeMore(int segments) {
        lock.lock();
        try {
            next += pace * segments;
            count(segments, time.nanos());
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing go for a while. */
    void pause(Duration pause) {
        lock.lock();
        try {
            next = Math.max(next, time.nanos() + pause.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /** Halves the rate, and pauses: the provider said that it did nothing because of haste. */
    void slowDown(Duration asked) {
        lock.lock();
        try {
            long now = time.nanos();
            // Answers to what was under way together are one "too fast".
            if (now - changed >= 0) {
                pace = Math.max(usual, Math.min(SLOWEST, paceOfLate() * 2));
            }
            next = Math.max(next, now + Math.max(FIRST_PAUSE, asked.toNanos()));
            changed = next;
        } finally {
            lock.unlock();
        }
    }

    private long paceOfLate() {
        return pace > 0 ? pace : SECOND / Math.max(1, Math.max(inSecond, before));
    }

    private void count(int segments, long now) {
        if (now - second >= SECOND) {
            before = now - second < 2 * SECOND ? inSecond : 0;
            inSecond = 0;
            second = now;
        }
        inSecond += segments;
    }

    private void recover(long now) {
        while (pace > usual && now - changed >= RECOVERY) {
            changed += RECOVERY;
            pace = usual == 0 && pace < SECOND / 1000 ? 0 : Math.max(usual, pace / 2);
        }
    }
}
