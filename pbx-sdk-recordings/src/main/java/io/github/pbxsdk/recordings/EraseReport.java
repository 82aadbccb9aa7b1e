package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import java.util.List;

/**
 * What became of recordings that were to be erased.
 *
 * @param erased those that are gone
 * @param held those that stay because somebody {@linkplain FolderSink#hold holds} them
 * @param failed those that could not be deleted, which may be there in part
 */
public record EraseReport(
        List<CallRecording> erased, List<CallRecording> held, List<CallRecording> failed) {

    /** Copies the lists. */
    public EraseReport {
        erased = List.copyOf(erased);
        held = List.copyOf(held);
        failed = List.copyOf(failed);
    }

    static EraseReport nothing() {
        return new EraseReport(List.of(), List.of(), List.of());
    }

    /** Returns a sentence without names or numbers. */
    public String words() {
        return "%d recordings erased, %d held, %d could not be deleted"
                .formatted(erased.size(), held.size(), failed.size());
    }

    @Override
    public String toString() {
        return words();
    }
}
