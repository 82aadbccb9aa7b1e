package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.Light;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How it stands with the recordings of a PBX: what is not done, since when and why. Immutable. */
public final class SyncStatus {

    private static final String MISSING =
            "recordings that were named are not there, and none at all has arrived since";

    /** A weekend on which all calls go unanswered is no fault. */
    private static final Duration LONG_WITHOUT_ANY = Duration.ofDays(3);

    private final Looks looks;
    private final Map<SyncOutcome, Long> counts;
    private final @Nullable Hindrance hindrance;

    private SyncStatus(Looks looks, Map<SyncOutcome, Long> counts, @Nullable Hindrance hindrance) {
        this.looks = looks;
        this.counts = counts;
        this.hindrance = hindrance;
    }

    /** What is in the way. */
    private record Hindrance(Instant since, String reason) {}

    /**
     * Returns it.
     *
     * @param arrived when the last recording arrived while others were absent; null if none has
     */
    static SyncStatus of(
            Looks looks, List<OpenRecording> open, @Nullable Instant arrived, Instant now) {
        Map<SyncOutcome, Long> counts = new EnumMap<>(SyncOutcome.class);
        open.forEach(one -> counts.merge(one.outcome(), 1L, Long::sum));
        Hindrance hindrance =
                failing(looks)
                        .or(() -> failed(open))
                        .or(() -> missing(open, arrived, now))
                        .orElse(null);
        return new SyncStatus(looks, counts, hindrance);
    }

    private static Optional<Hindrance> failing(Looks looks) {
        String reason = Objects.requireNonNullElse(looks.reason(), "");
        return Optional.ofNullable(looks.failingSince()).map(at -> new Hindrance(at, reason));
    }

    private static Optional<Hindrance> failed(List<OpenRecording> open) {
        return open.stream()
                .filter(one -> one.outcome() == SyncOutcome.FAILED)
                .min(Comparator.comparing(OpenRecording::firstSeen))
                .map(one -> new Hindrance(one.firstSeen(), one.reason()));
    }

    private static Optional<Hindrance> missing(
            List<OpenRecording> open, @Nullable Instant arrived, Instant now) {
        return open.stream()
                .filter(one -> one.outcome() == SyncOutcome.ABSENT)
                .map(OpenRecording::firstSeen)
                .filter(since -> arrived == null || since.isAfter(arrived))
                .min(Comparator.naturalOrder())
                .filter(since -> since.isBefore(now.minus(LONG_WITHOUT_ANY)))
                .map(since -> new Hindrance(since, MISSING));
    }

    /**
     * Returns red if nothing arrives, because the last look failed or was given up; yellow if
     * single recordings failed, which come again, or if a recording is absent for three days and
     * none at all has arrived in them; green otherwise.
     */
    public Light light() {
        if (looks.failingSince() != null) {
            return Light.RED;
        }
        return hindrance == null ? Light.GREEN : Light.YELLOW;
    }

    /**
     * Returns of how many recordings that are not done this is the last outcome: {@link
     * SyncOutcome#FAILED}, {@link SyncOutcome#WAITING} or {@link SyncOutcome#ABSENT}. The store
     * says so, whichever instance has tried. A PBX may name recordings that it never makes, for
     * calls that nobody answers: they are absent for thirty days, and then forgotten.
     */
    public long count(SyncOutcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    /** Returns since when something is in the way; empty if nothing is. */
    public Optional<Instant> since() {
        return Optional.ofNullable(hindrance).map(Hindrance::since);
    }

    /** Returns what is in the way, in a sentence; empty if nothing is. */
    public Optional<String> reason() {
        return Optional.ofNullable(hindrance).map(Hindrance::reason);
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
