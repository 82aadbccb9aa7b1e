package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;

/**
 * A recording that could not be delivered in a run.
 *
 * @param recording which one
 * @param reason why, in a sentence
 */
public record SyncFailure(CallRecording recording, String reason) {

    /** Returns ids and reason; the name stays out. */
    @Override
    public String toString() {
        return recording + ": " + reason;
    }
}
