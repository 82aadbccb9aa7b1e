package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;

/** User code that is told of each recording that has arrived, once that is written down. */
@FunctionalInterface
public interface Arrival {

    /**
     * Takes note. What it throws is logged, and the recording has arrived all the same; a crash in
     * between leaves it untold. What must not be missed belongs into a sink or a {@link
     * CommitStep}.
     */
    void onArrival(CallRecording recording);
}
