package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import java.nio.file.Path;

/** User code that is handed a recording, whole and checked. */
@FunctionalInterface
public interface RecordingHandler {

    /**
     * Takes a recording.
     *
     * <p>After a crash or a failure the same one comes again, with the same {@link
     * CallRecording#key()}.
     *
     * @param recording all that is known of it, with size and hash
     * @param sound its bytes, in a file that is deleted afterwards: copy or move it
     * @throws Exception if it was not taken: it comes again
     */
    void onRecording(CallRecording recording, Path sound) throws Exception;
}
