package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.recording.CallRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes recordings from a folder, and keeps account. */
final class Eraser {

    private static final Logger log = LoggerFactory.getLogger(Eraser.class);

    private final Predicate<CallRecording> wanted;
    private final List<CallRecording> erased = new ArrayList<>();
    private final List<CallRecording> held = new ArrayList<>();
    private final List<CallRecording> failed = new ArrayList<>();
    private int unreadable;
    private @Nullable Path unreadableIn;

    Eraser(Predicate<CallRecording> wanted) {
        this.wanted = wanted;
    }

    EraseReport erase(Stream<Path> descriptions) {
        try (descriptions) {
            descriptions.filter(Files::isRegularFile).forEach(this::look);
        }
        if (unreadable > 0) {
            // Names of recordings hold numbers of callers.
            log.warn(
                    "{} descriptions of recordings can't be read, so these stay; the last one in {}",
                    unreadable,
                    unreadableIn);
        }
        return new EraseReport(erased, held, failed);
    }

    private void look(Path description) {
        CallRecording recording = read(description);
        if (recording == null || !wanted.test(recording)) {
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

    /** Returns the recording; null if it is none, none any more, or can't be read. */
    private @Nullable CallRecording read(Path description) {
        try {
            String text = Files.readString(description);
            return isOther(text) ? null : RecordingJson.read(text);
        } catch (NoSuchFileException e) {
            // The files are the caller's to move away.
            return null;
        } catch (IOException | PbxProtocolException e) {
            unreadable++;
            unreadableIn = description.getParent();
            return null;
        }
    }

    /** JSON that says no kind, or another one, is the caller's own. */
    private static boolean isOther(String text) {
        return !RecordingJson.FORMAT.equals(FlatJson.read(text).get("kind"));
    }
}
