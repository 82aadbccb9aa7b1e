package io.github.pbxsdk.freepbx;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the times of a PBX, which it writes as its wall clock showed them, without a zone.
 *
 * <p>In the hour that comes twice when summer time ends, the unique id decides which of the two it
 * was: it begins with the second in which its channel was made.
 *
 * @param zone the zone of the PBX, or UTC where it writes its records so
 */
record PbxClock(ZoneId zone) {

    private static final Pattern SECONDS = Pattern.compile("(?:^|-)([0-9]{9,11})\\.[0-9]+$");

    /** Returns the instant of a time that the PBX wrote beside this unique id. */
    Instant instant(LocalDateTime written, String uniqueid) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(written);
        if (offsets.size() != 2) {
            return written.atZone(zone).toInstant();
        }
        Instant first = written.toInstant(offsets.get(0));
        Instant second = written.toInstant(offsets.get(1));
        Instant made = made(uniqueid).orElse(first);
        boolean nearerToFirst =
                Duration.between(first, made).abs().compareTo(Duration.between(second, made).abs())
                        <= 0;
        return nearerToFirst ? first : second;
    }

    private static Optional<Instant> made(String uniqueid) {
        Matcher seconds = SECONDS.matcher(uniqueid);
        return seconds.find()
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds.group(1))))
                : Optional.empty();
    }

    /** Returns what the wall clock shows at an instant. */
    LocalDateTime wallClock(Instant instant) {
        return LocalDateTime.ofInstant(instant, zone);
    }

    /** Returns the earliest that the clock shows at this instant or later. */
    LocalDateTime earliestFrom(Instant instant) {
        LocalDateTime shown = wallClock(instant);
        // When the clock is put back soon after, what is written then looks earlier.
        ZoneOffsetTransition next = zone.getRules().nextTransition(instant.minusSeconds(1));
        if (next != null && next.isOverlap() && next.getDateTimeAfter().isBefore(shown)) {
            return next.getDateTimeAfter();
        }
        return shown;
    }

    /** Returns the latest that the clock has shown before this instant. */
    LocalDateTime latestBefore(Instant instant) {
        LocalDateTime shown = wallClock(instant);
        ZoneOffsetTransition before = zone.getRules().previousTransition(instant.plusSeconds(1));
        if (before != null && before.isOverlap() && before.getDateTimeBefore().isAfter(shown)) {
            return before.getDateTimeBefore();
        }
        return shown;
    }

    /** Tells whether a time is in the hour that comes twice. */
    boolean isTwice(LocalDateTime written) {
        return zone.getRules().getValidOffsets(written).size() == 2;
    }
}
