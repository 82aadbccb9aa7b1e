package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.recordings.RecordingTask.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How it stands with a task, as it is stored: format {@code pbx-recording-task}, version 1.
 *
 * @param recording which recording
 * @param state how it stands
 * @param attempts how often it was taken
 * @param until until when somebody has it, or when it may be tried again
 * @param reason why it failed the last time, or an empty text
 */
record TaskState(CallRecording recording, State state, int attempts, Instant until, String reason) {

    private static final StoredFormat FORMAT =
            new StoredFormat("pbx-recording-task", 1, "a stored task");
    private static final int LONGEST_REASON = 1_000;

    static TaskState ofNew(CallRecording recording, Instant now) {
        return new TaskState(recording, State.NEW, 0, now, "");
    }

    /** A clock that was set back does not keep a task from anybody for long. */
    boolean isFree(Instant now, Duration leaseTime) {
        return switch (state) {
            case NEW -> true;
            case TAKEN -> !until.isAfter(now) || until.isAfter(now.plus(leaseTime.multipliedBy(2)));
            case RETRY -> !until.isAfter(now);
            case DONE, FAILED -> false;
        };
    }

    TaskState taken(Instant end) {
        return new TaskState(recording, State.TAKEN, attempts + 1, end, reason);
    }

    TaskState until(Instant end) {
        return new TaskState(recording, state, attempts, end, reason);
    }

    TaskState ended(State how) {
        return new TaskState(recording, how, attempts, until, reason);
    }

    TaskState failed(String why, boolean isLast, Instant next) {
        String shortened = why.substring(0, Math.min(why.length(), LONGEST_REASON));
        return new TaskState(
                recording, isLast ? State.FAILED : State.RETRY, attempts, next, shortened);
    }

    String write() {
        Map<String, String> members = FORMAT.begin();
        members.put("state", state.name());
        members.put("attempts", String.valueOf(attempts));
        members.put("until", until.toString());
        members.put("reason", reason);
        members.put("recording", RecordingJson.write(recording));
        return FlatJson.write(members);
    }

    static TaskState read(String text) {
        return FORMAT.read(
                text,
                member ->
                        new TaskState(
                                RecordingJson.read(member.apply("recording")),
                                State.valueOf(member.apply("state")),
                                Integer.parseInt(member.apply("attempts")),
                                Instant.parse(member.apply("until")),
                                member.apply("reason")));
    }
}
