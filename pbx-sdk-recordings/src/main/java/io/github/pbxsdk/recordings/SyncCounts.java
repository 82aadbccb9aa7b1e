package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.internal.SafeProgress;
import io.github.pbxsdk.core.observe.Progress;
import io.github.pbxsdk.core.observe.ProgressListener;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Counts what a run comes to, and tells the listener. Thread-safe. */
final class SyncCounts {

    private static final int MOST_FAILURES = 100;

    /** So many in a row are no accident of single recordings. */
    private static final int HOPELESS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SyncOutcome, Long> counts = new EnumMap<>(SyncOutcome.class);
    private final List<SyncFailure> failures = new ArrayList<>();
    private final ProgressListener listener;
    private final Time time;
    private final long started;
    private long offered;
    private long bytes;
    private int failuresInARow;
    private @Nullable String stopped;
    private @Nullable String hopeless;

    SyncCounts(Time time, ProgressListener listener) {
        this.time = time;
        this.listener = new SafeProgress(listener);
        this.started = time.nanos();
    }

    void offered(int more) {
        lock.lock();
        try {
            offered += more;
        } finally {
            lock.unlock();
        }
    }

    void ended(SyncOutcome outcome, long bytesRead) {
        lock.lock();
        try {
            bytes += bytesRead;
            counts.merge(outcome, 1L, Long::sum);
            if (outcome == SyncOutcome.DELIVERED) {
                failuresInARow = 0;
            }
            tell();
        } finally {
            lock.unlock();
        }
    }

    void failed(CallRecording recording, String reason) {
        lock.lock();
        try {
            counts.merge(SyncOutcome.FAILED, 1L, Long::sum);
            if (failures.size() < MOST_FAILURES) {
                failures.add(new SyncFailure(recording, reason));
            }
            failuresInARow++;
            if (failuresInARow == HOPELESS) {
                giveUp("ten recordings in a row failed, the last one so: " + reason);
            }
            tell();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the run early, because the next recording would fail as well. */
    void giveUp(String reason) {
        lock.lock();
        try {
            stop(reason);
            hopeless = reason;
        } finally {
            lock.unlock();
        }
    }

    /** Returns why the run was given up, if it was. */
    Optional<String> hopeless() {
        lock.lock();
        try {
            return Optional.ofNullable(hopeless);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the run early; the first reason counts. */
    void stop(String reason) {
        lock.lock();
        try {
            if (stopped == null) {
                stopped = reason;
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        lock.lock();
        try {
            return stopped != null;
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        long done = counts.values().stream().mapToLong(Long::longValue).sum();
        listener.onProgress(
                Progress.of(done, "recordings", elapsed()).withTotal(Math.max(done, offered)));
    }

    private Duration elapsed() {
        return Duration.ofNanos(time.nanos() - started);
    }

    SyncReport report(List<EraseReport> erased) {
        lock.lock();
        try {
            return new SyncReport(counts, bytes, elapsed(), failures, erased, stopped);
        } finally {
            lock.unlock();
        }
    }
}
