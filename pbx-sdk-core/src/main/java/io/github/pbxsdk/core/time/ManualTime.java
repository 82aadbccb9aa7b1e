package io.github.pbxsdk.core.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Time} that stands still until a test moves it.
 *
 * <p>Thread-safe. Tasks run on the thread that calls {@link #advance}, in the order of their time,
 * and see the clock at that time.
 */
public final class ManualTime implements Time {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Entry> entries = new PriorityQueue<>(Entry.BY_TIME);
    private final Instant origin;

    private Duration elapsed = Duration.ZERO;
    private long sequence;
    private Duration clockJump = Duration.ZERO;

    private ManualTime(Instant origin) {
        this.origin = origin;
    }

    /** Creates a clock that shows the given time. */
    public static ManualTime startingAt(Instant start) {
        return new ManualTime(start);
    }

    @Override
    public Instant now() {
        lock.lock();
        try {
            return origin.plus(elapsed).plus(clockJump);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long nanos() {
        lock.lock();
        try {
            return elapsed.toNanos();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Alarm schedule(Duration delay, Runnable task) {
        lock.lock();
        try {
            Entry entry = new Entry(elapsed.plus(delay), sequence++, task);
            entries.add(entry);
            changed.signalAll();
            return () -> remove(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Moves on and runs what falls due on the way. */
    public void advance(Duration step) {
        Duration target = elapsed().plus(step);
        for (Entry due = nextUntil(target); due != null; due = nextUntil(target)) {
            due.task().run();
        }
    }

    /** Moves to the next task and runs it; does nothing when there is none. */
    public void advanceToNext() {
        Duration step = untilNext();
        advance(step.isNegative() ? Duration.ZERO : step);
    }

    private Duration untilNext() {
        lock.lock();
        try {
            Entry next = entries.peek();
            return next == null ? Duration.ZERO : next.at().minus(elapsed);
        } finally {
            lock.unlock();
        }
    }

    /** Sets the time of day forward or back, as an administrator would; delays are not touched. */
    public void jump(Duration difference) {
        lock.lock();
        try {
            clockJump = clockJump.plus(difference);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how long the waiting tasks still have to wait, soonest first. */
    public List<Duration> pending() {
        lock.lock();
        try {
            List<Duration> waits = new ArrayList<>();
            entries.stream()
                    .sorted(Entry.BY_TIME)
                    .forEach(entry -> waits.add(entry.at().minus(elapsed)));
            return List.copyOf(waits);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until at least so many tasks are waiting.
     *
     * @throws IllegalStateException if that takes longer than ten real seconds
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitPending(int count) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(10);
        lock.lock();
        try {
            while (entries.size() < count) {
                if (left <= 0) {
                    throw new IllegalStateException(
                            "only " + entries.size() + " of " + count + " tasks came");
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration elapsed() {
        lock.lock();
        try {
            return elapsed;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Entry nextUntil(Duration target) {
        lock.lock();
        try {
            Entry next = entries.peek();
            if (next == null || next.at().compareTo(target) > 0) {
                elapsed = target;
                return null;
            }
            entries.remove();
            if (next.at().compareTo(elapsed) > 0) {
                elapsed = next.at();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Entry entry) {
        lock.lock();
        try {
            entries.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    private record Entry(Duration at, long order, Runnable task) {

        static final Comparator<Entry> BY_TIME =
                Comparator.comparing(Entry::at).thenComparing(Entry::order);
    }
}
