package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.call.CallRecordQuery;
import io.github.pbxsdk.core.call.CallRecordSource;
import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.internal.Threads;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingEnded;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSink;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.StartOrigin;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.LeaseLostException;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.recordings.Candidate.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides where to look, run after run; one at a time, and only under the lease. */
final class SyncEngine implements AutoCloseable {

    /**
     * Call records are written when a call ends, some minutes late, and its recording after that.
     */
    private static final Duration OVERLAP = Duration.ofDays(2);

    /** A disk that is not mounted for weeks costs no recording. */
    private static final Duration LONGEST_ABSENCE = Duration.ofDays(30);

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final String RECORDS = "call-records";
    private static final String LISTS = "lists";
    private static final String SINCE = "since";
    private static final String ARCHIVE = "archive";
    private static final String ARRIVED = "arrived";

    private final ReentrantLock running = new ReentrantLock();
    private final ExecutorService threads = Threads.unbounded("recordings");
    private final SyncSettings settings;
    private final SyncLedger ledger;
    private final Candidates candidates;
    private final Throttle throttle;
    private final Time time;

    /** Written by the run that is at it. */
    private volatile Looks looks = Looks.NONE;

    SyncEngine(SyncSettings settings, Time time) {
        this.settings = settings;
        this.time = time;
        this.ledger = new SyncLedger(settings.store(), settings.pbx(), settings.step());
        this.candidates = new Candidates(settings.pbx(), settings.zone(), settings.directory());
        this.throttle = new Throttle(time, settings.bytesPerSecond());
    }

    ExecutorService threads() {
        return threads;
    }

    /** What a run came to, and how soon there is something to do again. */
    record Ran(SyncReport report, Duration pause) {}

    /** Looks at what has come since the last run. */
    Ran recent(Duration longestPause) {
        return lookThrough(longestPause, this::lookAtRecent);
    }

    /** Looks at everything that the sources list. */
    Ran archive(Duration longestPause) {
        return lookThrough(longestPause, this::lookAtArchive);
    }

    /** Looks at what signals have told of, and at nothing else. */
    Ran told(List<RecordingEnded> ended, Duration longestPause) {
        return run(longestPause, run -> run.takeAll(ended.stream().flatMap(this::candidates)));
    }

    /** Says what the looks came to, and what is not done. */
    SyncStatus status() {
        Instant now = time.now();
        Instant arrived = ledger.cursor(ARRIVED).filter(at -> !at.isAfter(now)).orElse(null);
        try (Stream<OpenRecording> open = ledger.open()) {
            return SyncStatus.of(looks, open.toList(), arrived, now);
        }
    }

    private interface Look {
        void at(SyncRun run);
    }

    /**
     * Runs, and notes that it went through. A run for a signal may fail as well, but proves less.
     */
    private Ran lookThrough(Duration longestPause, Look look) {
        running.lock();
        try {
            Ran ran = run(longestPause, look);
            if (ran.report().stopped().isEmpty()) {
                looks = looks.wentThrough(time.now());
            }
            return ran;
        } finally {
            running.unlock();
        }
    }

    private Ran run(Duration longestPause, Look look) {
        running.lock();
        try {
            return runInTurn(longestPause, look);
        } catch (RuntimeException | Error e) {
            failed(Objects.requireNonNullElse(e.getMessage(), e.toString()));
            throw e;
        } finally {
            running.unlock();
        }
    }

    private void failed(String why) {
        looks = looks.failed(time.now(), why);
    }

    private Ran runInTurn(Duration longestPause, Look look) {
        String name = "recordings." + StorageKey.escape(settings.pbx());
        Optional<Lease> taken = settings.store().lease(name, LEASE);
        if (taken.isEmpty()) {
            return elsewhere(longestPause);
        }
        try (KeptLease lease = new KeptLease(taken.get(), time, threads)) {
            return run(longestPause, look, lease);
        }
    }

    private Ran run(Duration longestPause, Look look, KeptLease lease) {
        SyncRun run = new SyncRun(settings, ledger, throttle, time, threads, lease);
        List<EraseReport> erased = List.of();
        try {
            look.at(run);
            retry(run);
            erased = retire(run);
        } catch (LeaseLostException e) {
            run.counts().stop(RecordingWork.TAKEN_OVER);
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
            run.counts().stop(SyncRun.INTERRUPTED);
        }
        run.counts().hopeless().ifPresent(this::failed);
        return new Ran(run.counts().report(erased), run.pause(longestPause));
    }

    private Ran elsewhere(Duration pause) {
        looks = looks.leftToAnother();
        SyncCounts counts = new SyncCounts(time, settings.progress());
        counts.stop("another instance is at it");
        return new Ran(counts.report(List.of()), pause);
    }

    private void lookAtRecent(SyncRun run) {
        boolean isArchiveDue = isArchiveDue(run);
        if (settings.callRecords().isPresent()) {
            lookAtRecords(run, settings.callRecords().get());
        } else {
            lookAtLists(run, cursor(LISTS));
        }
        if (isArchiveDue) {
            lookAtArchive(run);
        }
    }

    private void lookAtArchive(SyncRun run) {
        lookAtLists(run, Optional.empty());
        if (!run.counts().isStopped()) {
            ledger.cursor(ARCHIVE, run.now(), run.lease());
        }
    }

    /** The full list is for the night; the first one comes with the first night. */
    private boolean isArchiveDue(SyncRun run) {
        if (settings.listing().isEmpty()) {
            return false;
        }
        Instant now = run.now();
        Optional<Instant> last = ledger.cursor(ARCHIVE).filter(at -> !at.isAfter(now));
        if (last.isEmpty()) {
            ledger.cursor(ARCHIVE, now, run.lease());
            return false;
        }
        ZonedDateTime local = last.get().atZone(settings.zone());
        ZonedDateTime due = local.with(settings.archiveCheckAt());
        return !now.isBefore((due.isAfter(local) ? due : due.plusDays(1)).toInstant());
    }

    /** Returns up to when was looked; nothing if the wanted time begins earlier than it did. */
    private Optional<Instant> cursor(String of) {
        Instant since = Objects.requireNonNullElse(settings.createdSince(), Instant.EPOCH);
        boolean isExtended = ledger.cursor(of + "." + SINCE).filter(since::isBefore).isPresent();
        return isExtended ? Optional.empty() : ledger.cursor(of);
    }

    private void advance(String of, @Nullable Instant latest, SyncRun run) {
        if (latest == null || run.counts().isStopped()) {
            return;
        }
        Instant now = run.now();
        ledger.cursor(of, latest.isAfter(now) ? now : latest, run.lease());
        ledger.cursor(
                of + "." + SINCE,
                Objects.requireNonNullElse(settings.createdSince(), Instant.EPOCH),
                run.lease());
    }

    private void lookAtRecords(SyncRun run, CallRecordSource source) {
        Instant now = run.now();
        // What is older comes with the first night, from a source that lists: a FreePBX gives its
        // call records day by day.
        Instant first = Objects.requireNonNullElse(settings.createdSince(), now.minus(OVERLAP));
        Instant from =
                cursor(RECORDS)
                        .map(at -> (at.isAfter(now) ? now : at).minus(OVERLAP))
                        .filter(at -> at.isAfter(first))
                        .orElse(first);
        Instant to = now.plus(Duration.ofDays(1));
        if (!from.isBefore(to)) {
            return;
        }
        Latest latest = new Latest();
        run.takeAll(
                source.stream(CallRecordQuery.between(from, to).build())
                        .peek(record -> record.start().ifPresent(latest::saw))
                        .flatMap(record -> candidates.of(record).stream()));
        advance(RECORDS, latest.get(), run);
    }

    private void lookAtLists(SyncRun run, Optional<Instant> cursor) {
        Latest latest = new Latest();
        for (RecordingSource source : settings.listing()) {
            run.takeAll(
                    list(source, cursor)
                            .map(candidates::of)
                            .peek(one -> datedByName(one.recording()).ifPresent(latest::saw)));
        }
        advance(LISTS, latest.get(), run);
    }

    private Stream<RecordingEntry> list(RecordingSource source, Optional<Instant> cursor) {
        Instant now = time.now();
        Instant first = Objects.requireNonNullElse(settings.createdSince(), Instant.EPOCH);
        Instant from =
                cursor.map(at -> (at.isAfter(now) ? now : at).minus(OVERLAP))
                        .filter(at -> at.isAfter(first))
                        .orElse(first);
        return from.equals(Instant.EPOCH)
                ? source.stream()
                : source.streamSince(from.atZone(settings.zone()).toLocalDate().minusDays(1));
    }

    /** The date of a folder is what a source skips by. */
    private static Optional<Instant> datedByName(CallRecording recording) {
        return recording
                .start()
                .filter(start -> StartOrigin.LAST_MODIFIED.compareTo(recording.startOrigin()) > 0);
    }

    private Stream<Candidate> candidates(RecordingEnded ended) {
        return candidates
                .of(ended)
                .map(Stream::of)
                .orElseGet(() -> ended.uniqueid().map(this::named).orElseGet(Stream::empty));
    }

    /** Only the ids are known: the call record has the name. */
    private Stream<Candidate> named(String uniqueid) {
        Instant now = time.now();
        CallRecordQuery query =
                CallRecordQuery.between(now.minus(OVERLAP), now.plus(Duration.ofDays(1)))
                        .uniqueid(uniqueid)
                        .build();
        return settings.callRecords().stream()
                .flatMap(source -> source.list(query).stream())
                .map(this::urgent)
                .flatMap(Optional::stream);
    }

    private Optional<Candidate> urgent(CallRecord record) {
        return candidates
                .of(record)
                .map(one -> new Candidate(one.entry(), one.recording(), Origin.TOLD));
    }

    /** Looks again at what was not done and is due. */
    private void retry(SyncRun run) {
        List<Candidate> due = new ArrayList<>();
        boolean isAnyAbsent = false;
        Instant now = run.now();
        try (Stream<OpenRecording> open = ledger.open()) {
            for (Iterator<OpenRecording> all = open.iterator(); all.hasNext(); ) {
                OpenRecording one = all.next();
                isAnyAbsent |= one.outcome() == SyncOutcome.ABSENT;
                if (isOver(one, now)) {
                    ledger.forget(one.recording(), run.lease());
                } else if (one.isDue(now, RecordingWork.LONGEST_PAUSE)) {
                    due.add(candidate(one.recording()));
                } else {
                    run.expect(one.next());
                }
            }
        }
        run.takeAll(due.stream());
        if (isAnyAbsent && run.counts().report(List.of()).delivered() > 0) {
            ledger.cursor(ARRIVED, run.now(), run.lease());
        }
    }

    /** What was planned and never came; also after a pause of weeks it is looked for once more. */
    private static boolean isOver(OpenRecording open, Instant now) {
        Instant end = open.firstSeen().plus(LONGEST_ABSENCE);
        return open.outcome() == SyncOutcome.ABSENT && now.isAfter(end) && open.next().isAfter(end);
    }

    private static Candidate candidate(CallRecording recording) {
        RecordingEntry.Builder entry = RecordingEntry.builder(recording.name());
        recording.format().ifPresent(entry::format);
        recording.uniqueid().ifPresent(entry::uniqueid);
        return new Candidate(entry.build(), recording, Origin.OPEN);
    }

    private List<EraseReport> retire(SyncRun run) {
        List<EraseReport> reports = new ArrayList<>();
        for (RecordingSink sink : settings.sinks()) {
            folder(sink).map(folder -> folder.applyRetention(run.now())).ifPresent(reports::add);
        }
        return reports;
    }

    private static Optional<FolderSink> folder(RecordingSink sink) {
        if (sink instanceof EncryptedSink sealing) {
            return folder(sealing.sink());
        }
        return sink instanceof FolderSink folder ? Optional.of(folder) : Optional.empty();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        Threads.end(threads);
    }

    /** The latest of some instants. */
    private static final class Latest {

        private final AtomicReference<@Nullable Instant> latest = new AtomicReference<>();

        void saw(Instant at) {
            latest.accumulateAndGet(
                    at, (before, now) -> before == null || now.isAfter(before) ? now : before);
        }

        @Nullable Instant get() {
            return latest.get();
        }
    }
}
