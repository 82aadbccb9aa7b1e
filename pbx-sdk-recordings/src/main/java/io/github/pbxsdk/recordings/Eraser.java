package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes recordings from a folder, and keeps account. */
final class Eraser {

    private static final Logger log = LoggerFactory.getLogger(Eraser.class);

    private final Predicate<CallRecording> wanted;
    private final List<CallRecording> erased = new ArrayList<>();
    private final List<CallRecording> held = new ArrayList<>();
    private final List<CallRecording> failed = new ArrayList<>();

    Eraser(Predicate<CallRecording> wanted) {
        this.wanted = wanted;
    }

    EraseReport erase(Stream<Path> descriptions) {
        try (descriptions) {
            descriptions.forEach(this::look);
        }
        return new EraseReport(erased, held, failed);
    }

    private void look(Path description) {
        CallRecording recording = RecordingFiles.read(description);
        if (!wanted.test(recording)) {
            return;
        }
        Path file = RecordingFiles.described(description);
        if (Files.exists(RecordingFiles.hold(file))) {
            held.add(recording);
            return;
        }
        try {
            // The description goes last: as long as it is there, the rest can be found again.
            Files.deleteIfExists(RecordingFiles.unfinished(file));
            Files.deleteIfExists(file);
            Files.deleteIfExists(description);
            erased.add(recording);
        } catch (IOException e) {
            log.warn("a recording could not be erased from {}", file.getParent(), e);
            failed.add(recording);
        }
    }
}
