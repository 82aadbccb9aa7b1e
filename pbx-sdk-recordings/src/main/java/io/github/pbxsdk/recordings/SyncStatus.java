package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.Light;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How it stands with the recordings of a PBX: what is not done, since when and why. Immutable. */
public final class SyncStatus {

    private final Looks looks;
    private final Map<SyncOutcome, Long> counts;
    private final @Nullable OpenRecording oldestFailed;

    private SyncStatus(Looks looks, List<OpenRecording> open) {
        this.looks = looks;
        this.counts = new EnumMap<>(SyncOutcome.class);
        open.forEach(one -> counts.merge(one.outcome(), 1L, Long::sum));
        this.oldestFailed =
                open.stream()
                        .filter(one -> one.outcome() == SyncOutcome.FAILED)
                        .min(Comparator.comparing(OpenRecording::firstSeen))
                        .orElse(null);
    }

    static SyncStatus of(Looks looks, Stream<OpenRecording> open) {
        return new SyncStatus(looks, open.toList());
    }

    /**
     * Returns red if nothing arrives, because the last look failed or was given up; yellow if
     * single recordings failed, which come again; green otherwise.
     */
    public Light light() {
        if (looks.failingSince() != null) {
            return Light.RED;
        }
        return oldestFailed == null ? Light.GREEN : Light.YELLOW;
    }

    /**
     * Returns of how many recordings that are not done this is the last outcome: {@link
     * SyncOutcome#FAILED}, {@link SyncOutcome#WAITING} or {@link SyncOutcome#ABSENT}. The store
     * says so, whichever instance has tried.
     */
    public long count(SyncOutcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    /** Returns since when something is in the way; empty if nothing is. */
    public Optional<Instant> since() {
        return looks.failingSince() == null
                ? Optional.ofNullable(oldestFailed).map(OpenRecording::firstSeen)
                : Optional.of(looks.failingSince());
    }

    /** Returns what is in the way, in a sentence; empty if nothing is. */
    public Optional<String> reason() {
        return looks.failingSince() == null
                ? Optional.ofNullable(oldestFailed).map(OpenRecording::reason)
                : Optional.ofNullable(looks.reason());
    }

    /** Returns when this sync has looked through to the end; empty if it has not yet. */
    public Optional<Instant> lookedAt() {
        return Optional.ofNullable(looks.lookedAt());
    }

    /** Returns it all in a line. */
    public String words() {
        String open =
                Arrays.stream(SyncOutcome.values())
                        .filter(outcome -> count(outcome) > 0)
                        .map(one -> count(one) + " " + one.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        String looked = lookedAt().map(at -> "looked at " + at).orElse("no look has ended yet");
        String hindered =
                since().map(at -> "; since " + at + ": " + reason().orElse("")).orElse("");
        return (open.isEmpty() ? "nothing is open" : open) + "; " + looked + hindered;
    }

    @Override
    public String toString() {
        return words();
    }
}
