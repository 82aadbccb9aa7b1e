package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.LeaseLostException;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease of a run, renewed while the run shows signs of life: also while a PBX takes minutes to
 * list a year without a recording, a narrow bandwidth lets a byte through now and then, or a sink
 * takes its time with what it was given.
 */
final class KeptLease implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeptLease.class);

    /** A run that hangs for so long must not keep another instance out. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(15);

    /** A sink at work shows no signs of life, but one that takes so long hangs as well. */
    private static final Duration LONGEST_WORK = Duration.ofHours(6);

    private final ReentrantLock lock = new ReentrantLock();

    /** When each sink that is at work began. */
    private final List<Long> begun = new ArrayList<>();

    private final Lease lease;
    private final Time time;
    private final Executor threads;
    private volatile long lastSign;
    private volatile boolean lost;
    private Time.@Nullable Alarm next;
    private boolean closed;

    KeptLease(Lease lease, Time time, Executor threads) {
        this.lease = lease;
        this.time = time;
        this.threads = threads;
        this.lastSign = time.nanos();
        scheduleNext();
    }

    Lease lease() {
        return lease;
    }

    /**
     * Shows that the run goes on.
     *
     * @throws LeaseLostException if the lease has ended meanwhile
     */
    void signOfLife() {
        lastSign = time.nanos();
        if (lost) {
            throw new LeaseLostException(lease);
        }
    }

    /** Something that ends by itself, and shows no signs of life before. */
    interface Work {
        void run() throws Exception;
    }

    /** Does something, and keeps the lease meanwhile: for six hours at most. */
    void keepWhile(Work work) throws Exception {
        Long begin = time.nanos();
        lock.lock();
        try {
            begun.add(begin);
        } finally {
            lock.unlock();
        }
        try {
            work.run();
        } finally {
            ended(begin);
        }
    }

    private void ended(Long begin) {
        lock.lock();
        try {
            lastSign = time.nanos();
            begun.remove(begin);
        } finally {
            lock.unlock();
        }
    }

    private boolean isAlive() {
        lock.lock();
        try {
            long now = time.nanos();
            return now - lastSign <= LONGEST_SILENCE.toNanos()
                    || begun.stream().anyMatch(begin -> now - begin <= LONGEST_WORK.toNanos());
        } finally {
            lock.unlock();
        }
    }

    private void scheduleNext() {
        lock.lock();
        try {
            if (!closed) {
                next = time.schedule(lease.ttl().dividedBy(3), this::beat);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A store may be far away: that is not for the thread of the clock. */
    private void beat() {
        try {
            threads.execute(this::renew);
        } catch (RejectedExecutionException e) {
            // The sync was closed meanwhile.
        }
    }

    private void renew() {
        if (!isAlive()) {
            return;
        }
        try {
            lease.renew();
        } catch (LeaseLostException e) {
            lost = true;
            return;
        } catch (StateException e) {
            log.debug("the lease could not be renewed; it is tried again", e);
        }
        scheduleNext();
    }

    /** Gives the lease back. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (next != null) {
                next.cancel();
            }
        } finally {
            lock.unlock();
        }
        lease.close();
    }
}
