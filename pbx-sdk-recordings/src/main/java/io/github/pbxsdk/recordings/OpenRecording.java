package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A recording that is not done: not there yet, not finished yet, or not delivered. Format {@code
 * pbx-recording-open}, version 1.
 *
 * @param recording what is known of it; its start is written down here before a sink sees it, so
 *     that it comes back with the same one after a crash
 * @param outcome what the last attempt came to
 * @param attempts how many there were
 * @param firstSeen when it was seen for the first time; of one that is absent, when it was missed
 *     for the first time
 * @param size its size at the last look; -1 for unknown
 * @param unchangedSince since when it has that size
 * @param next when to try again
 * @param reason why the last attempt failed; empty if it did not
 */
record OpenRecording(
        CallRecording recording,
        SyncOutcome outcome,
        int attempts,
        Instant firstSeen,
        long size,
        Instant unchangedSince,
        Instant next,
        String reason) {

    private static final StoredFormat FORMAT =
            new StoredFormat("pbx-recording-open", 1, "the state of a recording sync");
    private static final int MOST_DOUBLINGS = 16;
    private static final int LONGEST_REASON = 500;

    /** What is missing for long is looked for less often. */
    private static final int SHARE_OF_AGE = 8;

    private static final Duration LONGEST_FOR_ABSENT = Duration.ofDays(1);

    static OpenRecording first(CallRecording recording, Instant now) {
        return new OpenRecording(recording, SyncOutcome.WAITING, 0, now, -1, now, now, "");
    }

    /** Returns it after an attempt that failed. */
    OpenRecording failed(String why, Instant now, Duration first, Duration longest) {
        return after(SyncOutcome.FAILED, now, first, longest)
                .because(why.substring(0, Math.min(LONGEST_REASON, why.length())));
    }

    /** Returns it after one more attempt, with a pause that doubles from attempt to attempt. */
    OpenRecording after(SyncOutcome result, Instant now, Duration first, Duration longest) {
        boolean isMissedNow = result == SyncOutcome.ABSENT && outcome != SyncOutcome.ABSENT;
        Instant since = isMissedNow ? now : firstSeen;
        Duration pause = first.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        Duration bound = longest(result, since, now, longest);
        return new OpenRecording(
                recording,
                result,
                attempts + 1,
                since,
                size,
                unchangedSince,
                now.plus(pause.compareTo(bound) > 0 ? bound : pause),
                "");
    }

    /** An eighth of the time that it is missing, within bounds. */
    private static Duration longest(
            SyncOutcome outcome, Instant since, Instant now, Duration longest) {
        if (outcome != SyncOutcome.ABSENT) {
            return longest;
        }
        Duration share = Duration.between(since, now).dividedBy(SHARE_OF_AGE);
        Duration bounded = share.compareTo(LONGEST_FOR_ABSENT) > 0 ? LONGEST_FOR_ABSENT : share;
        return bounded.compareTo(longest) > 0 ? bounded : longest;
    }

    private OpenRecording because(String why) {
        return new OpenRecording(
                recording, outcome, attempts, firstSeen, size, unchangedSince, next, why);
    }

    OpenRecording with(CallRecording value) {
        return new OpenRecording(
                value, outcome, attempts, firstSeen, size, unchangedSince, next, reason);
    }

    /** Returns it with the size seen now. A clock that was set back begins anew. */
    OpenRecording seen(long sizeNow, Instant now) {
        boolean isSame = sizeNow == size && sizeNow >= 0 && !unchangedSince.isAfter(now);
        return new OpenRecording(
                recording,
                outcome,
                attempts,
                firstSeen,
                sizeNow,
                isSame ? unchangedSince : now,
                next,
                reason);
    }

    /** Tells whether its time has come; also when the clock was set back far behind it. */
    boolean isDue(Instant now, Duration longest) {
        Instant latest = now.plus(longest(outcome, firstSeen, now, longest));
        return !next.isAfter(now) || next.isAfter(latest);
    }

    String write() {
        Map<String, String> members = FORMAT.begin();
        members.put("outcome", outcome.name());
        members.put("attempts", String.valueOf(attempts));
        members.put("firstSeen", firstSeen.toString());
        members.put("size", String.valueOf(size));
        members.put("unchangedSince", unchangedSince.toString());
        members.put("next", next.toString());
        if (!reason.isEmpty()) {
            members.put("reason", reason);
        }
        members.put("recording", RecordingJson.write(recording));
        return FlatJson.write(members);
    }

    static OpenRecording read(String text) {
        return FORMAT.read(
                text,
                member ->
                        new OpenRecording(
                                RecordingJson.read(member.apply("recording")),
                                SyncOutcome.valueOf(member.apply("outcome")),
                                Integer.parseInt(member.apply("attempts")),
                                Instant.parse(member.apply("firstSeen")),
                                Long.parseLong(member.apply("size")),
                                Instant.parse(member.apply("unchangedSince")),
                                Instant.parse(member.apply("next")),
                                member.apply("reason")));
    }
}
