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
 * @param firstSeen when it was seen for the first time
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
        Duration pause = first.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        Duration bounded = pause.compareTo(longest) > 0 ? longest : pause;
        return new OpenRecording(
                recording,
                result,
                attempts + 1,
                firstSeen,
                size,
                unchangedSince,
                now.plus(bounded),
                "");
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
        return !next.isAfter(now) || next.isAfter(now.plus(longest));
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
