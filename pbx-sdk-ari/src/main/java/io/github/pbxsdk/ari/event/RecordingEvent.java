package io.github.pbxsdk.ari.event;

import io.github.pbxsdk.ari.model.LiveRecording;

/** What a live recording does. */
public non-sealed interface RecordingEvent extends AriEvent {

    /** Returns the recording. */
    LiveRecording recording();
}
