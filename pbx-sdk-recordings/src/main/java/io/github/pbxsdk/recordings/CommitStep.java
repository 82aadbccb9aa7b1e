package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.Batch;

/**
 * Adds an application's own changes to the commit with which a sync notes that a recording has been
 * delivered: both happen, or neither, and once.
 *
 * <pre>{@code
 * RecordingSync.builder("pbx-7")…
 *         .commitWith((recording, batch) ->
 *                 batch.add(StateChange.put("calls", recording.uniqueid().orElseThrow(), "heard")))
 * }</pre>
 */
@FunctionalInterface
public interface CommitStep {

    /** Adds changes; whatever it throws makes the delivery fail and come again. */
    void add(CallRecording recording, Batch.Builder batch);
}
