package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.recording.RecordingEntry;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Walks through a directory with one folder open at a time. */
final class DirectoryWalk extends AbstractSpliterator<RecordingEntry> {

    private final Path directory;
    private final DayFolders wanted;
    private final Deque<Path> folders = new ArrayDeque<>();
    private @Nullable DirectoryStream<Path> open;
    private @Nullable Iterator<Path> files;

    DirectoryWalk(Path directory, DayFolders wanted) {
        super(Long.MAX_VALUE, NONNULL | DISTINCT);
        this.directory = directory;
        this.wanted = wanted;
        folders.push(directory);
    }

    Stream<RecordingEntry> entries() {
        return StreamSupport.stream(this, false).onClose(this::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super RecordingEntry> action) {
        try {
            for (Path file = next(); file != null; file = next()) {
                Optional<RecordingEntry> entry = look(file);
                if (entry.isPresent()) {
                    action.accept(entry.get());
                    return true;
                }
            }
            return false;
        } catch (DirectoryIteratorException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @SuppressWarnings("StreamResourceLeak") // Closed before the next folder, and with the stream.
    private @Nullable Path next() throws IOException {
        while (files == null || !files.hasNext()) {
            close();
            Path folder = folders.poll();
            if (folder == null) {
                return null;
            }
            try {
                open = Files.newDirectoryStream(folder);
                files = open.iterator();
            } catch (NoSuchFileException e) {
                if (folder.equals(directory)) {
                    throw e;
                }
                // An empty day was tidied away meanwhile.
                files = null;
            }
        }
        return files.next();
    }

    private Optional<RecordingEntry> look(Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!wanted.isBefore(path(directory, file))) {
                folders.push(file);
            }
            return Optional.empty();
        }
        return entry(directory, file);
    }

    /** Returns what is known of a file, unless it is hidden, has no extension or is gone. */
    static Optional<RecordingEntry> entry(Path directory, Path file) throws IOException {
        String path = path(directory, file);
        int dot = path.lastIndexOf('.');
        boolean isHidden = file.getFileName().toString().startsWith(".");
        if (isHidden || dot <= path.lastIndexOf('/') + 1 || dot == path.length() - 1) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? Optional.of(
                            RecordingEntry.builder(path.substring(0, dot))
                                    .format(path.substring(dot + 1))
                                    .size(attributes.size())
                                    .modifiedAt(attributes.lastModifiedTime().toInstant())
                                    .build())
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            // It went away between the list and the look.
            return Optional.empty();
        }
    }

    private static String path(Path directory, Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    private void close() {
        DirectoryStream<Path> done = open;
        open = null;
        files = null;
        if (done != null) {
            try {
                done.close();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }

    private PbxConnectionException unreadable(Exception e) {
        return new PbxConnectionException(
                "can't read " + directory + ": " + e.getClass().getSimpleName(), e, false);
    }
}
