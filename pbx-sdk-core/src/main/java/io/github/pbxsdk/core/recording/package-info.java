/**
 * Call recordings on their way from a PBX to an application.
 *
 * <p>Start at {@link io.github.pbxsdk.core.recording.CallRecording}. A {@link
 * io.github.pbxsdk.core.recording.RecordingSource} has recordings, a {@link
 * io.github.pbxsdk.core.recording.RecordingSignal} says when there may be a new one, and a {@link
 * io.github.pbxsdk.core.recording.RecordingSink} takes them; {@code pbx-sdk-recordings} stands
 * between. Bring your own of each. Values are immutable and may be shared between threads.
 * Arguments must not be null unless marked so.
 *
 * <p>These interfaces have blocking methods only: recordings are streams, which are read and
 * written by blocking anyway, and whoever copies them has a thread for each. Interrupting that
 * thread may end the work. What applications call as well as implement throws {@link
 * io.github.pbxsdk.core.PbxException}; what only the SDK calls, a sink, may throw whatever it
 * likes.
 */
@NullMarked
package io.github.pbxsdk.core.recording;

import org.jspecify.annotations.NullMarked;
