package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingEntry;

/**
 * A recording that there may be.
 *
 * @param entry as sources want to hear it
 * @param recording what is known of it so far
 * @param isUrgent whether to look now, even if its turn comes later
 */
record Candidate(RecordingEntry entry, CallRecording recording, boolean isUrgent) {

    String name() {
        return entry.name();
    }
}
