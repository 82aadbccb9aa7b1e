package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;

/** The directory of recordings behind an SFTP connection. Thread-safe. */
final class SftpDirectory implements AutoCloseable {

    private final String name;
    private final String directory;
    private final SftpConnection connection;

    SftpDirectory(String name, String directory, SftpConnection connection) {
        this.name = name;
        this.directory = directory.endsWith("/") ? directory : directory + "/";
        this.connection = connection;
    }

    Stream<RecordingEntry> walk(DayFolders wanted) {
        return StreamSupport.stream(new Walk(wanted), false);
    }

    Optional<RecordingEntry> find(String recordingName) {
        if (!isInside(recordingName)) {
            return Optional.empty();
        }
        int slash = recordingName.lastIndexOf('/');
        String folder = recordingName.substring(0, slash + 1);
        try {
            for (DirEntry file : connection.client().readDir(directory + folder)) {
                Optional<RecordingEntry> entry = entry(folder, file);
                if (entry.filter(one -> one.name().equals(recordingName)).isPresent()) {
                    return entry;
                }
            }
            return Optional.empty();
        } catch (UncheckedIOException e) {
            return ifGone(reason(e));
        } catch (IOException e) {
            return ifGone(e);
        }
    }

    Optional<RecordingContent> open(RecordingEntry entry, long offset) {
        if (!isInside(entry.name())) {
            return Optional.empty();
        }
        Optional<RecordingEntry> known =
                entry.format().isPresent() ? Optional.of(entry) : find(entry.name());
        return known.flatMap(
                one -> open(directory + one.name() + "." + one.format().orElse(""), offset));
    }

    private Optional<RecordingContent> open(String file, long offset) {
        try {
            SftpClient client = connection.client();
            Attributes attributes = client.lstat(file);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            long start = Math.min(offset, attributes.getSize());
            InputStream stream =
                    new SftpFile(client, client.open(file, SftpClient.OpenMode.Read), start);
            return Optional.of(
                    RecordingContent.builder(stream)
                            .offset(start)
                            .length(attributes.getSize() - start)
                            .build());
        } catch (IOException e) {
            return ifGone(e);
        }
    }

    private static boolean isInside(String path) {
        List<String> parts = Arrays.asList(path.split("/", -1));
        return !parts.contains("..") && !parts.contains(".") && !parts.contains("");
    }

    /** Returns nothing for what is not there, and throws for everything else. */
    private <T> Optional<T> ifGone(IOException e) {
        boolean isGone =
                e instanceof SftpException answer
                        && answer.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE;
        if (isGone) {
            return Optional.empty();
        }
        throw unreadable(e);
    }

    private static IOException reason(UncheckedIOException e) {
        return Objects.requireNonNullElseGet(e.getCause(), () -> new IOException(e));
    }

    private PbxConnectionException unreadable(IOException e) {
        return new PbxConnectionException(name + " can't be read: " + e.getMessage(), e, false);
    }

    /** Returns what is known of a file, unless it is hidden, has no extension or is no file. */
    private static Optional<RecordingEntry> entry(String folder, DirEntry file) {
        String path = folder + file.getFilename();
        int dot = path.lastIndexOf('.');
        boolean isHidden = file.getFilename().startsWith(".");
        boolean hasExtension = dot > folder.length() && dot < path.length() - 1;
        if (isHidden || !hasExtension || !file.getAttributes().isRegularFile()) {
            return Optional.empty();
        }
        RecordingEntry.Builder entry =
                RecordingEntry.builder(path.substring(0, dot))
                        .format(path.substring(dot + 1))
                        .size(file.getAttributes().getSize());
        if (file.getAttributes().getModifyTime() != null) {
            entry.modifiedAt(file.getAttributes().getModifyTime().toInstant());
        }
        return Optional.of(entry.build());
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Goes through all folders, one after the other. */
    private final class Walk extends AbstractSpliterator<RecordingEntry> {

        private final DayFolders wanted;
        private final Deque<String> folders = new ArrayDeque<>();
        private String folder = "";
        private @Nullable Iterator<DirEntry> files;

        Walk(DayFolders wanted) {
            super(Long.MAX_VALUE, NONNULL | DISTINCT);
            this.wanted = wanted;
            folders.push("");
        }

        @Override
        public boolean tryAdvance(Consumer<? super RecordingEntry> action) {
            for (DirEntry file = next(); file != null; file = next()) {
                Optional<RecordingEntry> entry = look(file);
                if (entry.isPresent()) {
                    action.accept(entry.get());
                    return true;
                }
            }
            return false;
        }

        private @Nullable DirEntry next() {
            try {
                return nextFile();
            } catch (UncheckedIOException e) {
                throw unreadable(reason(e));
            }
        }

        private @Nullable DirEntry nextFile() {
            while (files == null || !files.hasNext()) {
                String next = folders.poll();
                if (next == null) {
                    return null;
                }
                folder = next;
                files = files();
            }
            return files.next();
        }

        /** An empty day may have been tidied away meanwhile; the directory itself must be there. */
        private Iterator<DirEntry> files() {
            try {
                return connection.client().readDir(directory + folder).iterator();
            } catch (UncheckedIOException e) {
                return none(reason(e));
            } catch (IOException e) {
                return none(e);
            }
        }

        private Iterator<DirEntry> none(IOException reason) {
            Optional<Iterator<DirEntry>> gone = ifGone(reason);
            if (folder.isEmpty()) {
                throw new PbxConnectionException(
                        name + " has no directory " + directory, reason, false);
            }
            return gone.orElse(Collections.emptyIterator());
        }

        private Optional<RecordingEntry> look(DirEntry file) {
            String child = file.getFilename();
            if (!file.getAttributes().isDirectory()) {
                return entry(folder, file);
            }
            boolean isItself = child.equals(".") || child.equals("..");
            if (!isItself && !wanted.isBefore(folder + child)) {
                folders.push(folder + child + "/");
            }
            return Optional.empty();
        }
    }

    /** The bytes of a file from a place on. */
    private static final class SftpFile extends InputStream {

        private final SftpClient client;
        private final SftpClient.CloseableHandle handle;
        private long position;

        SftpFile(SftpClient client, SftpClient.CloseableHandle handle, long position) {
            this.client = client;
            this.handle = handle;
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count = client.read(handle, position, target, offset, length);
            position += Math.max(0, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            handle.close();
        }
    }
}
