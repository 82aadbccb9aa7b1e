package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deadlines of many calls.
 *
 * <p>Nearly all calls have the same time, so that their deadlines pass in the order in which they
 * began, and nearly all are over long before. So only the first of a row has an alarm: an alarm for
 * each call would be a good part of what the call costs.
 */
public final class Deadlines {

    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Duration, Row> rows = new HashMap<>();

    /** Creates deadlines by a clock. */
    public Deadlines(Time time) {
        this.time = time;
    }

    /** Has a deadline pass after so much time, unless its call ends before. */
    public void begin(Deadline deadline, Duration length) {
        deadline.begun = time.nanos();
        deadline.at = deadline.begun + length.toNanos();
        lock.lock();
        try {
            rows.computeIfAbsent(length, Row::new).add(deadline);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a deadline back; does nothing when it has passed. */
    public void end(Deadline deadline) {
        lock.lock();
        try {
            Row row = deadline.row;
            if (row != null) {
                row.remove(deadline);
            }
        } finally {
            lock.unlock();
        }
    }

    /** One that fails must not keep the others from passing. */
    private static void pass(Deadline deadline) {
        try {
            deadline.pass();
        } catch (RuntimeException | Error e) {
            log.warn("a call failed at its deadline", e);
        }
    }

    /** When one call has to be over. */
    public abstract static class Deadline {

        private long begun;
        private long at;
        private @Nullable Row row;
        private @Nullable Deadline before;
        private @Nullable Deadline after;

        /** Returns when it began, by {@link Time#nanos()}. */
        protected final long begun() {
            return begun;
        }

        /** Called once when it passes; must be quick. */
        protected abstract void pass();
    }

    /** Deadlines of one length, in the order in which they pass; guarded by the lock. */
    private final class Row {

        private final Duration length;
        private @Nullable Deadline first;
        private @Nullable Deadline last;
        private @Nullable Deadline alarmed;
        private Time.Alarm alarm = () -> {};

        Row(Duration length) {
            this.length = length;
        }

        void add(Deadline deadline) {
            Deadline before = last;
            deadline.row = this;
            deadline.before = before;
            last = deadline;
            if (before == null) {
                first = deadline;
            } else {
                before.after = deadline;
            }
            if (alarmed == null) {
                setAlarm(deadline, length);
            }
        }

        private void setAlarm(Deadline deadline, Duration wait) {
            alarmed = deadline;
            alarm = time.schedule(wait, this::ring);
        }

        void remove(Deadline deadline) {
            Deadline before = deadline.before;
            Deadline after = deadline.after;
            if (before == null) {
                first = after;
            } else {
                before.after = after;
            }
            if (after == null) {
                last = before;
            } else {
                after.before = before;
            }
            // Whoever keeps the call would keep all later ones with it.
            deadline.row = null;
            deadline.before = null;
            deadline.after = null;
            if (first == null && alarmed == deadline) {
                alarm.cancel();
                rows.remove(length);
            }
        }

        /** The alarm may have been set for one that is over by now. */
        private void ring() {
            for (Deadline due = due(); due != null; due = due()) {
                pass(due);
            }
        }

        /**
         * Takes the next that has to pass; one at a time, for each may end others. Sets the alarm
         * when there is none.
         */
        private @Nullable Deadline due() {
            lock.lock();
            try {
                Deadline next = first;
                if (next == null) {
                    rows.remove(length, this);
                    return null;
                }
                long left = next.at - time.nanos();
                if (left > 0) {
                    setAlarm(next, Duration.ofNanos(left));
                    return null;
                }
                remove(next);
                return next;
            } finally {
                lock.unlock();
            }
        }
    }
}
