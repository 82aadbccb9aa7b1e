package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSink;
import io.github.pbxsdk.core.recording.StartOrigin;
import io.github.pbxsdk.core.state.LeaseLostException;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.recordings.Transfer.Copied;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Takes one candidate from what is known of it to what becomes of it. */
final class RecordingWork {

    static final String TAKEN_OVER = "another instance has taken over";
    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    /** Asterisk writes 32 KiB at a time: of a narrow format that is half a minute of a call. */
    private static final Duration SHORTEST_QUIET = Duration.ofMinutes(1);

    /** What was changed so long ago is settled, however wrong the clock of the source. */
    private static final Duration DOUBT_ABOUT_CLOCKS = Duration.ofMinutes(5);

    private static final Duration OLD = Duration.ofDays(1);

    /** After so long without a byte more nobody writes any more: the server died on the way. */
    private static final Duration ABANDONED = Duration.ofHours(6);

    private final SyncSettings settings;
    private final SyncRun run;

    RecordingWork(SyncSettings settings, SyncRun run) {
        this.settings = settings;
        this.run = run;
    }

    /** Does it, and counts what became of it; throws only what ends the whole run. */
    void take(Candidate candidate) {
        String name = candidate.name();
        Optional<Known> known = run.ledger().known(name);
        if (known.filter(candidate::isDone).isPresent()) {
            run.counts().ended(SyncOutcome.KNOWN, 0);
            return;
        }
        Instant now = run.now();
        Optional<OpenRecording> before = run.ledger().open(name);
        if (!candidate.isUrgent()
                && !before.map(one -> one.isDue(now, LONGEST_PAUSE) || isOther(candidate, one))
                        .orElse(true)) {
            run.counts().ended(before.orElseThrow().outcome(), 0);
            return;
        }
        OpenRecording open =
                before.map(one -> one.with(merged(one.recording(), candidate.recording())))
                        .orElseGet(() -> OpenRecording.first(dated(candidate.recording()), now));
        Optional<SyncOutcome> unwanted = unwanted(open.recording());
        if (unwanted.isPresent()) {
            before.ifPresent(one -> run.ledger().forget(one.recording(), run.lease()));
            run.counts().ended(unwanted.get(), 0);
            return;
        }
        attempt(candidate.entry(), open, known);
    }

    /** What is offered in another format than the one that is not there need not wait for that. */
    private static boolean isOther(Candidate candidate, OpenRecording before) {
        Optional<String> format = candidate.entry().format();
        return before.outcome() == SyncOutcome.ABSENT
                && format.isPresent()
                && !format.equals(before.recording().format());
    }

    /** The start that was written down stays: a sink may have it in a path. */
    private static CallRecording merged(CallRecording before, CallRecording now) {
        CallRecording.Builder merged = before.toBuilder();
        if (before.linkedid().isEmpty()) {
            now.linkedid().ifPresent(merged::linkedid);
        }
        if (before.format().isEmpty()) {
            now.format().ifPresent(merged::format);
        }
        return before.raw().isEmpty() ? merged.raw(now.raw()).build() : merged.build();
    }

    private CallRecording dated(CallRecording recording) {
        return recording.start().isPresent()
                ? recording
                : recording.toBuilder().start(run.now(), StartOrigin.FIRST_SEEN).build();
    }

    private Optional<SyncOutcome> unwanted(CallRecording recording) {
        Instant since = settings.createdSince();
        Instant before = settings.createdBefore();
        if (since == null && before == null) {
            return Optional.empty();
        }
        if (recording.startOrigin() == StartOrigin.FIRST_SEEN) {
            return settings.includeUndated() ? Optional.empty() : Optional.of(SyncOutcome.UNDATED);
        }
        Instant start = recording.start().orElseThrow();
        boolean isWanted =
                (since == null || !start.isBefore(since))
                        && (before == null || start.isBefore(before));
        return isWanted ? Optional.empty() : Optional.of(SyncOutcome.OUTSIDE);
    }

    private void attempt(RecordingEntry entry, OpenRecording open, Optional<Known> known) {
        try {
            if (known.isEmpty() && isEverywhere(open.recording())) {
                finishAfterACrash(entry, open);
                return;
            }
            fetch(entry, open, known);
        } catch (LeaseLostException e) {
            run.counts().stop(TAKEN_OVER);
        } catch (StateException e) {
            throw e;
        } catch (PbxAuthenticationException e) {
            run.counts().giveUp(String.valueOf(e.getMessage()));
            fail(open, e);
        } catch (Exception e) {
            if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
                Thread.currentThread().interrupt();
                run.counts().stop(SyncRun.INTERRUPTED);
                return;
            }
            fail(open, e);
        }
    }

    private boolean isEverywhere(CallRecording recording) throws Exception {
        for (RecordingSink sink : settings.sinks()) {
            if (!sink.contains(recording)) {
                return false;
            }
        }
        return true;
    }

    /** The sinks have it and we do not know: the process died between the two. */
    private void finishAfterACrash(RecordingEntry entry, OpenRecording open) throws Exception {
        for (RecordingSink sink : settings.sinks()) {
            if (sink instanceof FolderSink folder) {
                finish(folder.find(open.recording()).orElseThrow());
                return;
            }
        }
        try (Fetched fetched = Fetched.open(settings.sources(), entry)) {
            RecordingContent content = fetched.content();
            if (content == null) {
                later(open, SyncOutcome.ABSENT);
                return;
            }
            Copied copied = fetched.transfer(run, true).copy(content, List.of());
            finish(described(open.recording(), fetched, copied));
        }
    }

    private void finish(CallRecording whole) {
        RecordingEntry.Builder entry = RecordingEntry.builder(whole.name());
        whole.format().ifPresent(entry::format);
        long size = whole.size().orElse(0);
        String sha256 = whole.sha256().orElse("");
        Known done = Known.of(entry.build(), sound(sha256), size, whole.revision());
        run.ledger().deliver(whole, done, run.lease());
        run.arrived(whole, 0);
    }

    private void fetch(RecordingEntry entry, OpenRecording open, Optional<Known> known)
            throws Exception {
        try (Fetched fetched = Fetched.open(settings.sources(), entry)) {
            RecordingContent content = fetched.content();
            if (content == null && !fetched.isBeingWritten() && isSeenAsOther(entry, open)) {
                fetch(asSeen(open.recording()), open, known);
                return;
            }
            if (content == null) {
                later(open, fetched.isBeingWritten() ? SyncOutcome.WAITING : SyncOutcome.ABSENT);
                return;
            }
            long size = content.length().orElse(-1);
            // Where no size is told, the bytes are counted that come.
            OpenRecording opened = opened(entry, open);
            OpenRecording seen = size < 0 ? opened : opened.seen(size, run.now());
            if (size > 0 && !isWav(seen.recording()) && !isSettled(entry, seen)) {
                later(seen, SyncOutcome.WAITING);
                return;
            }
            deliver(entry, seen, known, fetched, content);
        }
    }

    /** A call record goes on naming what there was before a script made another file of it. */
    private static boolean isSeenAsOther(RecordingEntry entry, OpenRecording open) {
        Optional<String> seen = open.recording().format();
        return open.size() >= 0 && seen.isPresent() && !seen.equals(entry.format());
    }

    private static RecordingEntry asSeen(CallRecording recording) {
        RecordingEntry.Builder entry = RecordingEntry.builder(recording.name());
        recording.uniqueid().ifPresent(entry::uniqueid);
        return entry.format(recording.format().orElseThrow()).build();
    }

    /** A script may have made another file of the one that was seen before, or named. */
    private OpenRecording opened(RecordingEntry entry, OpenRecording open) {
        Optional<String> format = entry.format();
        if (format.isEmpty() || format.equals(open.recording().format())) {
            return open;
        }
        CallRecording other = open.recording().toBuilder().format(format.get()).build();
        return open.with(other).seen(-1, run.now());
    }

    private static boolean isWav(CallRecording recording) {
        return recording.format().filter(format -> format.equalsIgnoreCase("wav")).isPresent();
    }

    /** Where the bytes say nothing, time must: nothing has changed for a while. */
    private boolean isSettled(RecordingEntry entry, OpenRecording seen) {
        if (seen.size() == 0) {
            return false;
        }
        Instant now = run.now();
        boolean isLonger = settings.settle().compareTo(SHORTEST_QUIET) > 0;
        Instant quiet = now.minus(isLonger ? settings.settle() : SHORTEST_QUIET);
        boolean isLongUnchanged =
                entry.modifiedAt()
                        .filter(at -> at.isBefore(quiet.minus(DOUBT_ABOUT_CLOCKS)))
                        .isPresent();
        boolean isOld =
                seen.recording().startOrigin() != StartOrigin.FIRST_SEEN
                        && seen.recording().start().orElse(now).isBefore(now.minus(OLD));
        boolean isUnchanged = seen.attempts() > 0 && !seen.unchangedSince().isAfter(quiet);
        return isLongUnchanged || isOld || isUnchanged;
    }

    private void deliver(
            RecordingEntry entry,
            OpenRecording seen,
            Optional<Known> known,
            Fetched fetched,
            RecordingContent content)
            throws Exception {
        int revision = revision(known);
        CallRecording draft = seen.recording().toBuilder().revision(revision).build();
        if (seen.attempts() == 0 && FreePbxRecordingName.find(draft.name()).isEmpty()) {
            // From here on a sink may have it under this start, which the name does not tell.
            run.ledger().keep(seen, run.lease());
        }
        boolean isAbandoned = isAbandoned(seen);
        try (Deliveries deliveries = Deliveries.begin(settings.sinks(), draft)) {
            Copied copied = fetched.transfer(run, isAbandoned).copy(content, deliveries.list());
            OpenRecording read = seen.seen(copied.size(), run.now());
            switch (copied.finding().state()) {
                case SILENT -> silent(entry, seen, copied, revision);
                case UNFINISHED -> {
                    if (!isAbandoned || !isAbandoned(read)) {
                        later(read, SyncOutcome.WAITING);
                        return;
                    }
                    commit(entry, unfinished(draft), known, fetched, copied, deliveries);
                }
                case OTHER -> {
                    if (isEmptyForGood(entry, read)) {
                        silent(entry, seen, copied, revision);
                    } else if (isSettled(entry, read)) {
                        commit(entry, draft, known, fetched, copied, deliveries);
                    } else {
                        later(read, SyncOutcome.WAITING);
                    }
                }
                case WHOLE -> commit(entry, draft, known, fetched, copied, deliveries);
            }
        }
    }

    private boolean isAbandoned(OpenRecording seen) {
        return !seen.unchangedSince().isAfter(run.now().minus(ABANDONED));
    }

    /** A file without a byte may still get some; one that never does is a call without a sound. */
    private boolean isEmptyForGood(RecordingEntry entry, OpenRecording read) {
        Instant old = run.now().minus(OLD);
        return read.size() == 0
                && (isAbandoned(read) || entry.modifiedAt().filter(old::isAfter).isPresent());
    }

    /** A file without a sound that gets one later has its first revision then. */
    private static int revision(Optional<Known> known) {
        return known.map(one -> one.sound() == 0 ? one.revision() : one.revision() + 1).orElse(1);
    }

    private static CallRecording unfinished(CallRecording recording) {
        RawFields.Builder raw = RawFields.builder();
        recording.raw().list().forEach(field -> raw.add(field.name(), field.value()));
        return recording.toBuilder().raw(raw.add("wav", "never closed").build()).build();
    }

    private void silent(RecordingEntry entry, OpenRecording seen, Copied copied, int revision) {
        Known done = Known.of(entry, 0, copied.size(), revision);
        run.ledger().close(seen.recording(), done, run.lease());
        run.counts().ended(SyncOutcome.SILENT, copied.size());
    }

    private void commit(
            RecordingEntry entry,
            CallRecording draft,
            Optional<Known> known,
            Fetched fetched,
            Copied copied,
            Deliveries deliveries)
            throws Exception {
        Known done = Known.of(entry, sound(copied.sha256()), copied.size(), draft.revision());
        if (known.filter(before -> before.sound() == done.sound()).isPresent()) {
            Known same = Known.of(entry, done.sound(), copied.size(), draft.revision() - 1);
            run.ledger().close(draft, same, run.lease());
            run.counts().ended(SyncOutcome.KNOWN, copied.size());
            return;
        }
        CallRecording whole = described(draft, fetched, copied);
        run.commit(deliveries, whole);
        run.ledger().deliver(whole, done, run.lease());
        run.arrived(whole, copied.size());
    }

    private static long sound(String sha256) {
        return sha256.isEmpty() ? 0 : Long.parseUnsignedLong(sha256.substring(0, 16), 16);
    }

    private static CallRecording described(CallRecording draft, Fetched fetched, Copied copied) {
        CallRecording.Builder whole =
                draft.toBuilder()
                        .source(fetched.source().name())
                        .road(fetched.source().road())
                        .size(copied.size())
                        .sha256(copied.sha256());
        copied.finding().duration().ifPresent(whole::duration);
        return whole.build();
    }

    private void later(OpenRecording open, SyncOutcome outcome) {
        boolean isWaiting = outcome == SyncOutcome.WAITING;
        run.later(
                open.after(
                        outcome,
                        run.now(),
                        isWaiting ? settings.settle() : FIRST_PAUSE,
                        isWaiting ? LONGEST_WAIT : LONGEST_PAUSE));
        run.counts().ended(outcome, 0);
    }

    private void fail(OpenRecording open, Exception reason) {
        String why = Objects.requireNonNullElse(reason.getMessage(), reason.toString());
        run.counts().failed(open.recording(), why);
        run.later(open.failed(why, run.now(), FIRST_PAUSE, LONGEST_PAUSE));
    }
}
