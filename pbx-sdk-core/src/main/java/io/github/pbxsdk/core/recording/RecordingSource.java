package io.github.pbxsdk.core.recording;

import io.github.pbxsdk.core.PbxException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A place that has recordings of one PBX: ARI, the GUI of FreePBX, a directory near or far.
 *
 * <pre>{@code
 * try (RecordingContent content = source.open(entry, 0).orElseThrow()) {
 *     Files.copy(content.stream(), target);
 * }
 * }</pre>
 *
 * <p>Only {@link #open} is a must; {@link #capabilities()} says what there is besides. Thread-safe.
 */
public interface RecordingSource {

    /** Returns what it is called in logs and in {@link CallRecording#source()}, without secrets. */
    String name();

    /** Returns by what means it reads, in a word: {@code ari}, {@code freepbx}, {@code sftp}. */
    String road();

    /** Returns what it can do; asked anew each time, since a server may change. */
    Set<SourceCapability> capabilities();

    /**
     * Returns all recordings in any order; to be closed.
     *
     * <p>They are read while the stream is walked: 500,000 names fit into a small heap. One that
     * arrives meanwhile may be missing. On a PBX with a large archive this is work for the night.
     *
     * @throws UnsupportedOperationException if it can't list; see {@link SourceCapability#LIST}
     * @throws PbxException if the source refuses or can't be reached, here or while walking
     */
    default Stream<RecordingEntry> stream() {
        throw new UnsupportedOperationException(name() + " can't list its recordings");
    }

    /**
     * Returns the recordings of a day and the days after it; to be closed.
     *
     * <p>A hint that saves work: folders of earlier days are skipped where the source has any, and
     * earlier recordings may be among the result all the same.
     *
     * @param since a day in the time zone of the PBX
     * @throws UnsupportedOperationException if it can't list; see {@link SourceCapability#LIST}
     * @throws PbxException if the source refuses or can't be reached, here or while walking
     */
    default Stream<RecordingEntry> streamSince(LocalDate since) {
        return stream();
    }

    /**
     * Returns what the source knows of the recording with this name, if it is there.
     *
     * @throws UnsupportedOperationException if it can't look; see {@link SourceCapability#FIND}
     * @throws PbxException if the source refuses or can't be reached
     */
    default Optional<RecordingEntry> find(String recordingName) {
        throw new UnsupportedOperationException(name() + " can't look for a recording");
    }

    /**
     * Returns whether the source knows that this recording is still being written.
     *
     * <p>False means only that it does not know: the file itself tells more.
     *
     * @throws PbxException if the source refuses or can't be reached
     */
    default boolean isBeingWritten(RecordingEntry entry) {
        return false;
    }

    /**
     * Opens a recording, if it is there; to be closed.
     *
     * @param offset where to begin, from 0. A source without {@link SourceCapability#RANGES}, or
     *     whose file has changed since the entry was made, begins at 0 all the same: look at {@link
     *     RecordingContent#offset()}
     * @throws PbxException if the source refuses or can't be reached, or can't rule out that it
     *     would hand out another recording than the one asked for
     */
    Optional<RecordingContent> open(RecordingEntry entry, long offset);

    /** Returns what tells of new recordings in this place, if there is anything. */
    default Optional<RecordingSignal> signal() {
        return Optional.empty();
    }
}
