package io.github.pbxsdk.recordings;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a run of a sync came to. Immutable. */
public final class SyncReport {

    private final Map<SyncOutcome, Long> counts;
    private final long bytes;
    private final Duration elapsed;
    private final List<SyncFailure> failures;
    private final List<EraseReport> erased;
    private final @Nullable String stopped;

    SyncReport(
            Map<SyncOutcome, Long> counts,
            long bytes,
            Duration elapsed,
            List<SyncFailure> failures,
            List<EraseReport> erased,
            @Nullable String stopped) {
        this.counts = new EnumMap<>(SyncOutcome.class);
        this.counts.putAll(counts);
        this.bytes = bytes;
        this.elapsed = elapsed;
        this.failures = List.copyOf(failures);
        this.erased = List.copyOf(erased);
        this.stopped = stopped;
    }

    /** Returns of how many recordings this became. */
    public long count(SyncOutcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    /** Returns how many recordings were looked at. */
    public long looked() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns how many arrived. */
    public long delivered() {
        return count(SyncOutcome.DELIVERED);
    }

    /** Returns how many bytes were read. */
    public long bytes() {
        return bytes;
    }

    /** Returns how long the run took. */
    public Duration elapsed() {
        return elapsed;
    }

    /** Returns what went wrong, at most a hundred; all are counted. */
    public List<SyncFailure> failures() {
        return failures;
    }

    /** Returns how many recordings retention has erased from the sinks. */
    public long erased() {
        return erased.stream().mapToLong(report -> report.erased().size()).sum();
    }

    /**
     * Returns why the run ended before its end, in a sentence; empty if it did not. What it had
     * done until then is done, the next run goes on.
     */
    public Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** Returns it all in a line: {@code 3 delivered, 120 known, 1 waiting, 2 s}. */
    public String words() {
        String parts =
                Arrays.stream(SyncOutcome.values())
                        .filter(outcome -> count(outcome) > 0)
                        .map(one -> count(one) + " " + one.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        return (parts.isEmpty() ? "nothing new" : parts)
                + (", " + elapsed.toSeconds() + " s")
                + (stopped == null ? "" : "; stopped: " + stopped);
    }

    @Override
    public String toString() {
        return words();
    }
}
