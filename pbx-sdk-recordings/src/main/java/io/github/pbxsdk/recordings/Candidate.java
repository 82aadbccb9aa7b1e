package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingEntry;

/**
 * A recording that there may be.
 *
 * @param entry as sources want to hear it
 * @param recording what is known of it so far
 * @param origin how we came to know of it
 */
record Candidate(RecordingEntry entry, CallRecording recording, Origin origin) {

    /** How one comes to know of a recording. */
    enum Origin {
        /** A list or a call record has it. */
        FOUND,
        /** A signal has told of it just now. */
        TOLD,
        /** It was written down as not done. */
        OPEN
    }

    String name() {
        return entry.name();
    }

    /** Tells whether to look now, even if its turn comes later. */
    boolean isUrgent() {
        return origin == Origin.TOLD;
    }

    /**
     * Tells whether what is known is all there is. A delivery takes the note away that something is
     * not done, so such a note beside a known recording is of a later content.
     */
    boolean isDone(Known known) {
        return origin != Origin.OPEN && !known.isOutdatedBy(entry);
    }
}
