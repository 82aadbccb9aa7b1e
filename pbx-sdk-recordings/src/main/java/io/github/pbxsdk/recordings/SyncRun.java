package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run under the lease: few candidates at a time, and what is shared between them. */
final class SyncRun {

    private static final Logger log = LoggerFactory.getLogger(SyncRun.class);

    static final String INTERRUPTED = "interrupted";

    private static final int PAGE = 500;

    private final SyncSettings settings;
    private final SyncLedger ledger;
    private final Throttle throttle;
    private final Time time;
    private final ExecutorService threads;
    private final KeptLease lease;
    private final SyncCounts counts;
    private final Semaphore room;
    private final RunningThreads workers = new RunningThreads();
    private final Set<String> inWork = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable Instant> next = new AtomicReference<>();

    SyncRun(
            SyncSettings settings,
            SyncLedger ledger,
            Throttle throttle,
            Time time,
            ExecutorService threads,
            KeptLease lease) {
        this.settings = settings;
        this.ledger = ledger;
        this.throttle = throttle;
        this.time = time;
        this.threads = threads;
        this.lease = lease;
        this.counts = new SyncCounts(time, settings.progress());
        this.room = new Semaphore(settings.atATime());
    }

    SyncLedger ledger() {
        return ledger;
    }

    SyncCounts counts() {
        return counts;
    }

    Throttle throttle() {
        return throttle;
    }

    Lease lease() {
        return lease.lease();
    }

    Instant now() {
        return time.now();
    }

    /** Keeps the lease while a long recording comes in; called often. */
    void keepAlive() {
        lease.signOfLife();
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException(INTERRUPTED);
        }
    }

    /** Has the sinks make a recording theirs, and keeps the lease as long as they take. */
    void commit(Deliveries deliveries, CallRecording whole) throws Exception {
        lease.keepWhile(() -> deliveries.commit(whole));
    }

    /** Takes all candidates of a stream, which it closes, and waits until they are done. */
    void takeAll(Stream<Candidate> candidates) {
        try (candidates) {
            Iterator<Candidate> all = candidates.iterator();
            List<Candidate> page = new ArrayList<>();
            while (!counts.isStopped() && all.hasNext()) {
                page.add(all.next());
                if (page.size() == PAGE) {
                    takePage(page);
                    page.clear();
                }
            }
            if (!counts.isStopped()) {
                takePage(page);
            }
        } finally {
            awaitAll();
        }
        throwWhatBroke();
    }

    private void throwWhatBroke() {
        Throwable broken = failure.get();
        if (broken instanceof Error error) {
            throw error;
        }
        if (broken != null) {
            throw (RuntimeException) broken;
        }
    }

    /** Most of an archive is known: that is asked for a page at a time. */
    private void takePage(List<Candidate> page) {
        keepAlive();
        Map<String, Known> known = ledger.known(page.stream().map(Candidate::name).toList());
        counts.offered(page.size());
        for (Candidate candidate : page) {
            Known done = known.get(candidate.name());
            if (done != null && candidate.isDone(done)) {
                counts.ended(SyncOutcome.KNOWN, 0);
            } else if (counts.isStopped()) {
                return;
            } else {
                begin(candidate);
            }
        }
    }

    private void begin(Candidate candidate) {
        if (!inWork.add(candidate.name())) {
            // The same recording in a second format, or named by two records.
            counts.ended(SyncOutcome.KNOWN, 0);
            return;
        }
        try {
            room.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(candidate);
            return;
        }
        try {
            threads.execute(() -> work(candidate));
        } catch (RejectedExecutionException e) {
            // The sync was closed in this very moment.
            room.release();
            giveUp(candidate);
        }
    }

    private void giveUp(Candidate candidate) {
        inWork.remove(candidate.name());
        counts.stop(INTERRUPTED);
    }

    private void work(Candidate candidate) {
        try {
            workers.enter();
            new RecordingWork(settings, this).take(candidate);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            counts.stop(String.valueOf(e.getMessage()));
        } finally {
            workers.leave();
            inWork.remove(candidate.name());
            room.release();
        }
    }

    /** Who gives the run up does not wait for a long recording to its end. */
    private void awaitAll() {
        try {
            room.acquire(settings.atATime());
        } catch (InterruptedException e) {
            counts.stop(INTERRUPTED);
            workers.interrupt();
            room.acquireUninterruptibly(settings.atATime());
            Thread.currentThread().interrupt();
        }
        room.release(settings.atATime());
    }

    /** Writes down that a recording is not done, and when to look again. */
    void later(OpenRecording open) {
        ledger.keep(open, lease());
        expect(open.next());
    }

    /** Takes note that something wants to be looked at then. */
    void expect(Instant at) {
        next.accumulateAndGet(
                at, (before, one) -> before == null || one.isBefore(before) ? one : before);
    }

    void arrived(CallRecording recording, long bytes) {
        counts.ended(SyncOutcome.DELIVERED, bytes);
        try {
            settings.arrival().onArrival(recording);
        } catch (RuntimeException e) {
            log.warn("a listener failed; {} has arrived all the same", recording, e);
        }
    }

    /** Returns how long to wait for those that are not done, at most so long. */
    Duration pause(Duration longest) {
        Instant first = next.get();
        if (first == null) {
            return longest;
        }
        Duration pause = Duration.between(now(), first);
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
