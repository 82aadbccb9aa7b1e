package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The recordings in a directory of this machine, or one that is mounted here: the directory that
 * the PBX records into.
 *
 * <pre>{@code
 * RecordingSource source = DirectorySource.of(Path.of("/var/spool/asterisk/monitor"));
 * }</pre>
 *
 * <p>Folders are walked one at a time and read as a stream: 500,000 files fit into a small heap.
 * Symbolic links to files and folders outside are not followed. Thread-safe; it needs no closing.
 */
public final class DirectorySource implements RecordingSource {

    private final Path directory;

    private DirectorySource(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** Returns the recordings below a directory; it is not touched yet. */
    public static DirectorySource of(Path directory) {
        return new DirectorySource(directory);
    }

    @Override
    public String name() {
        return "directory " + directory;
    }

    @Override
    public String road() {
        return "local";
    }

    @Override
    public Set<SourceCapability> capabilities() {
        return EnumSet.allOf(SourceCapability.class);
    }

    @Override
    public Stream<RecordingEntry> stream() {
        return walk(new DayFolders(LocalDate.MIN));
    }

    @Override
    public Stream<RecordingEntry> streamSince(LocalDate since) {
        return walk(new DayFolders(since));
    }

    private Stream<RecordingEntry> walk(DayFolders wanted) {
        return new DirectoryWalk(directory, wanted).entries();
    }

    @Override
    public Optional<RecordingEntry> find(String recordingName) {
        Optional<Path> place = resolve(recordingName);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        String base = place.get().getFileName() + ".";
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(
                        place.get().getParent(),
                        file -> file.getFileName().toString().startsWith(base))) {
            for (Path file : files) {
                Optional<RecordingEntry> entry = DirectoryWalk.entry(directory, file);
                if (entry.filter(one -> one.name().equals(recordingName)).isPresent()) {
                    return entry;
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Optional<RecordingContent> open(RecordingEntry entry, long offset) {
        Optional<RecordingEntry> known =
                entry.format().isPresent() ? Optional.of(entry) : find(entry.name());
        return known.flatMap(one -> resolve(one.name() + "." + one.format().orElseThrow()))
                .flatMap(file -> open(file, offset));
    }

    private Optional<RecordingContent> open(Path file, long offset) {
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(directory.toRealPath()) || !Files.isRegularFile(real)) {
                return Optional.empty();
            }
            SeekableByteChannel channel = Files.newByteChannel(real);
            long size = channel.size();
            long start = Math.min(offset, size);
            channel.position(start);
            InputStream stream = Channels.newInputStream(channel);
            return Optional.of(
                    RecordingContent.builder(stream).offset(start).length(size - start).build());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** A name from a call record may say anything: it must stay below the directory. */
    private Optional<Path> resolve(String path) {
        try {
            Path file = directory.resolve(path).normalize();
            return file.startsWith(directory) && !file.equals(directory)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            // No file can have such a name.
            return Optional.empty();
        }
    }

    private PbxConnectionException unreadable(IOException e) {
        return new PbxConnectionException(
                "can't read " + directory + ": " + e.getClass().getSimpleName(), e, false);
    }

    @Override
    public String toString() {
        return "DirectorySource[" + directory + "]";
    }
}
