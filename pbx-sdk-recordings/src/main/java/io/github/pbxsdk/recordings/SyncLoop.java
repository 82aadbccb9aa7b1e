package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.recording.RecordingEnded;
import io.github.pbxsdk.core.recording.RecordingSignal;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.recordings.SyncEngine.Ran;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a sync again and again: after each interval, and soon after a signal. */
final class SyncLoop implements FeedListener<RecordingEnded>, Subscription {

    private static final Logger log = LoggerFactory.getLogger(SyncLoop.class);

    /** More signals than this at a time are a run of their own. */
    private static final int MOST_TOLD = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<RecordingEnded> told = new ConcurrentLinkedQueue<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final SyncEngine engine;
    private final Time time;
    private final Duration interval;
    private final Duration settle;
    private Time.@Nullable Alarm regular;
    private Time.@Nullable Alarm soon;
    private long soonAt;
    private boolean looking;
    private boolean closed;

    SyncLoop(SyncEngine engine, Time time, Duration interval, Duration settle) {
        this.engine = engine;
        this.time = time;
        this.interval = interval;
        this.settle = settle;
    }

    /** Listens first and looks then: what ends in between is not missed. */
    void start(List<RecordingSignal> signals) {
        signals.forEach(signal -> subscriptions.add(signal.subscribe(this)));
        work(this::regularly);
    }

    private void regularly() {
        Ran ran = run(engine::recent);
        lock.lock();
        try {
            if (!closed) {
                regular = time.schedule(interval, () -> work(this::regularly));
            }
        } finally {
            lock.unlock();
        }
        lookSoon(ran.pause());
    }

    /**
     * Looks again at those that have to wait, if that is before the next regular run, and before
     * what was planned already.
     */
    private void lookSoon(Duration pause) {
        if (pause.compareTo(interval) >= 0) {
            return;
        }
        Duration atLeast = pause.compareTo(settle) < 0 ? settle : pause;
        lock.lock();
        try {
            long at = time.nanos() + atLeast.toNanos();
            if (closed || (soon != null && soonAt - at <= 0)) {
                return;
            }
            if (soon != null) {
                soon.cancel();
            }
            soon = time.schedule(atLeast, () -> work(this::lookAtTold));
            soonAt = at;
        } finally {
            lock.unlock();
        }
    }

    private void lookAtTold() {
        if (!beginLooking()) {
            return;
        }
        Duration pause = interval;
        try {
            List<RecordingEnded> ended = new ArrayList<>();
            for (RecordingEnded one = told.poll(); one != null; one = told.poll()) {
                ended.add(one);
            }
            pause = run(longest -> engine.told(ended, longest)).pause();
        } finally {
            endLooking();
        }
        lookSoon(told.isEmpty() ? pause : settle);
    }

    /** Who looks already, or waits for a long run, sees at its end to what was told meanwhile. */
    private boolean beginLooking() {
        lock.lock();
        try {
            soon = null;
            boolean begins = !closed && !looking;
            looking |= begins;
            return begins;
        } finally {
            lock.unlock();
        }
    }

    private void endLooking() {
        lock.lock();
        try {
            looking = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onEvent(RecordingEnded ended) {
        if (told.size() < MOST_TOLD) {
            told.add(ended);
            lookSoon(settle);
        } else {
            log.debug("more signals than can be followed; the next regular run finds them");
        }
    }

    @Override
    public void onGap(GapEvent gap) {
        work(() -> run(engine::recent));
    }

    private Ran run(Function<Duration, Ran> look) {
        try {
            Ran ran = look.apply(interval);
            log.debug("recordings: {}", ran.report());
            ran.report().failures().forEach(failure -> log.warn("recordings: {}", failure));
            ran.report().stopped().ifPresent(why -> log.warn("recordings: stopped, {}", why));
            return ran;
        } catch (RuntimeException | Error e) {
            // Even an Error: a loop that ends without a word would be the worst.
            if (!isClosed()) {
                log.warn("recordings: the run failed; the next one tries again", e);
            }
            return new Ran(new SyncCounts(time, progress -> {}).report(List.of()), interval);
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void work(Runnable task) {
        try {
            engine.threads().execute(task);
        } catch (RejectedExecutionException e) {
            // The sync was closed meanwhile.
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (regular != null) {
                regular.cancel();
            }
            if (soon != null) {
                soon.cancel();
            }
        } finally {
            lock.unlock();
        }
        subscriptions.forEach(Subscription::close);
    }
}
