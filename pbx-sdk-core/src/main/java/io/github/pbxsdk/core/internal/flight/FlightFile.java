package io.github.pbxsdk.core.internal.flight;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recording, one thread at a time.
 *
 * <p>A file that has reached half of the room is put aside as {@code <name>.old}, and a new one is
 * begun: what is kept is the newest. Each time it is opened a new first line tells the time.
 */
public final class FlightFile {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final long halfOfTheRoom;
    private final InstantSource clock;
    private final LongSupplier nanos;

    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private long waitingRecords;
    private @Nullable OutputStream out;
    private long size;
    private long startNanos;

    /** Creates a writer; opens nothing. */
    public FlightFile(Path path, long maxBytes, InstantSource clock, LongSupplier nanos) {
        this.path = path;
        this.halfOfTheRoom = maxBytes / 2;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Returns the place of the file that was put aside last. */
    public static Path asideOf(Path path) {
        return path.resolveSibling(path.getFileName() + ".old");
    }

    long nanos() {
        return nanos.getAsLong();
    }

    /** Takes a record; it is in the file after the next {@link #flush}. */
    void write(FlightEntry entry, byte[] scrubbed) throws IOException {
        if (out == null) {
            open(entry.nanos);
        }
        byte[] line = FlightFormat.line(entry, entry.nanos - startNanos, scrubbed);
        if (size + waiting.size() + line.length > halfOfTheRoom) {
            putAside();
            open(entry.nanos);
            line = FlightFormat.line(entry, 0, scrubbed);
        }
        if (entry.missingBefore > 0) {
            waiting.writeBytes(FlightFormat.missing(entry.missingBefore));
        }
        waiting.writeBytes(line);
        waitingRecords += 1 + entry.missingBefore;
    }

    boolean isBufferFull() {
        return waiting.size() >= BUFFER_BYTES;
    }

    void flush() throws IOException {
        if (out != null && waiting.size() > 0) {
            waiting.writeTo(out);
            size += waiting.size();
            forgetWaiting();
        }
    }

    void close(long missing) throws IOException {
        if (missing > 0) {
            if (out == null) {
                open(nanos());
            }
            waiting.writeBytes(FlightFormat.missing(missing));
        }
        flush();
        closeOut();
    }

    /** Forgets the file after a failure and returns how many records went with it. */
    long giveUp() {
        long lost = waitingRecords;
        forgetWaiting();
        try {
            closeOut();
        } catch (IOException e) {
            // The failure that led here has been told already.
            out = null;
        }
        return lost;
    }

    private void forgetWaiting() {
        waiting.reset();
        waitingRecords = 0;
    }

    private void putAside() throws IOException {
        flush();
        closeOut();
        Files.move(path, asideOf(path), StandardCopyOption.REPLACE_EXISTING);
    }

    private void closeOut() throws IOException {
        OutputStream closing = out;
        out = null;
        if (closing != null) {
            closing.close();
        }
    }

    private void open(long firstNanos) throws IOException {
        boolean isNew = createIfAbsent();
        boolean isTorn = !isNew && requireOurs();
        Instant start = clock.instant().minusNanos(nanos() - firstNanos);
        out = Channels.newOutputStream(FileChannel.open(path, StandardOpenOption.APPEND));
        size = Files.size(path);
        startNanos = firstNanos;
        if (isTorn) {
            waiting.write('\n');
        }
        waiting.writeBytes(FlightFormat.header(start));
    }

    /** Only the owner may read what a PBX says: it names callers. */
    private boolean createIfAbsent() throws IOException {
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            FileChannel.open(
                            path,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            ownerOnly)
                    .close();
            return true;
        } catch (FileAlreadyExistsException e) {
            // Appended to, if it is ours.
            return false;
        }
    }

    /** Returns whether the last line of the recording that is there was torn off. */
    private boolean requireOurs() throws IOException {
        long length = Files.size(path);
        if (length == 0) {
            return false;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            FlightFormat.requireHeader(in, path);
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return Channels.newInputStream(channel.position(length - 1)).read() != '\n';
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
