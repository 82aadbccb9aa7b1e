package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.StateException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that all changes are appended to.
 *
 * <p>Not thread-safe: one writes at a time. After a failure that leaves open what is on the disk it
 * takes nothing more; opening it again finds out.
 */
public final class StateLog implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(StateLog.class);

    /** With less to win, a log is not worth the work of writing it anew. */
    private static final long SMALLEST_GARBAGE = 1 << 20;

    private final StateFiles files;
    private final Path path;
    private final boolean synced;

    private StateFiles.LogFile file;
    private LogNumbers numbers = LogNumbers.NONE;
    private long end;
    private long smallestGarbage = SMALLEST_GARBAGE;
    private @Nullable Throwable failure;

    private StateLog(StateFiles files, Path path, boolean synced) throws IOException {
        this.files = files;
        this.path = path;
        this.synced = synced;
        this.file = files.open(path);
    }

    /**
     * Opens the log at a path, makes one if there is none, and reads it.
     *
     * @param synced whether an append waits for the disk
     * @param entries takes what was read
     * @throws StateException if it is no log, of a newer format, or damaged
     */
    public static StateLog open(StateFiles files, Path path, boolean synced, Entries entries)
            throws IOException {
        if (!files.exists(path)) {
            LogSnapshot.write(files, fresh(path), new Entries(), LogNumbers.NONE, 0);
            files.replace(fresh(path), path);
            files.syncFolder(folder(path));
        }
        files.delete(fresh(path));
        StateLog opened = new StateLog(files, path, synced);
        try {
            opened.recover(entries);
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.file.close();
            throw e;
        }
    }

    private void recover(Entries entries) throws IOException {
        end =
                new LogReader(path, file)
                        .read(
                                record -> {
                                    record.writes().forEach(entries::load);
                                    numbers = numbers.and(record);
                                });
        long torn = file.length() - end;
        if (torn > 0) {
            log.warn("{}: {} bytes of a write that was never acknowledged are cut off", path, torn);
            file.truncate(end);
        }
        // A process that was killed may have left what only the system's cache knows.
        file.sync();
    }

    /** Returns what the log said about numbers when it was opened. */
    public LogNumbers numbers() {
        return numbers;
    }

    /**
     * Appends batches, each as one record.
     *
     * @throws StateException if that fails; {@code mayHaveBeenSent()} tells whether they may be
     *     there when the log is read again
     */
    public void append(List<List<Write>> batches, long nowMillis) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        batches.forEach(writes -> bytes.writeBytes(LogRecords.ofEntries(writes, end, nowMillis)));
        append(bytes.toByteArray(), synced);
    }

    /**
     * Appends the numbers that must not be given again.
     *
     * @throws StateException if that fails
     */
    public void append(LogNumbers given, long nowMillis) {
        append(LogRecords.ofNumbers(given, end, nowMillis), true);
    }

    /** Appends the numbers once more before the end, if that can be done. */
    public void appendIfWorking(LogNumbers given, long nowMillis) {
        if (failure != null) {
            return;
        }
        try {
            append(given, nowMillis);
        } catch (StateException e) {
            // Everything acknowledged is on the disk without it.
            log.debug("{} ends without a last record", path, e);
        }
    }

    private void append(byte[] bytes, boolean waiting) {
        requireWorking();
        try {
            file.write(end, bytes);
        } catch (IOException e) {
            throw undone(e);
        }
        try {
            if (waiting) {
                file.sync();
            }
        } catch (IOException e) {
            throw stop(e);
        }
        end += bytes.length;
    }

    /** Takes back what was written in part, so that the log goes on when there is room again. */
    private StateException undone(IOException cause) {
        try {
            file.truncate(end);
            file.sync();
            return new StateException(
                    "cannot write to " + path + ", nothing was changed: " + cause, cause, false);
        } catch (IOException e) {
            cause.addSuppressed(e);
            return stop(cause);
        }
    }

    /**
     * Has the log take nothing more, because nobody knows what is on the disk.
     *
     * <p>Waiting for the disk again would not help: the system reports a lost write only once. What
     * was written is taken back if that can be done, but nobody relies on it.
     */
    public StateException stop(Throwable cause) {
        failure = cause;
        try {
            file.truncate(end);
            file.sync();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new StateException(
                "writing to "
                        + path
                        + " failed, the last change may be lost or not: close the store and open"
                        + " it again ("
                        + cause
                        + ")",
                cause,
                true);
    }

    private void requireWorking() {
        if (failure != null) {
            throw new StateException(
                    path
                            + " takes no more changes since a write failed: close the store and"
                            + " open it again",
                    failure,
                    false);
        }
    }

    /** Writes the log anew when more than half of it is garbage. */
    public void compact(Entries entries, LogNumbers given, long nowMillis) {
        long live = entries.loggedBytes();
        if (failure != null || end - live <= Math.max(live, smallestGarbage)) {
            return;
        }
        try {
            LogSnapshot.write(files, fresh(path), entries, given, nowMillis);
        } catch (IOException e) {
            // The log itself is as good as before; with more garbage it is worth another try.
            smallestGarbage = 2 * (end - live);
            log.warn("{} cannot be compacted yet: {}", path, e.toString());
            return;
        }
        switchOver();
    }

    private void switchOver() {
        try {
            file.close();
            files.replace(fresh(path), path);
            files.syncFolder(folder(path));
            file = files.open(path);
            end = file.length();
            smallestGarbage = SMALLEST_GARBAGE;
        } catch (IOException e) {
            failure = e;
            log.warn("{} cannot be replaced by its compacted copy: {}", path, e.toString());
        }
    }

    /** Closes the file; what is left of a failed compaction goes when it is opened again. */
    @Override
    public void close() throws IOException {
        file.close();
    }

    private static Path fresh(Path path) {
        return path.resolveSibling(path.getFileName() + ".new");
    }

    private static Path folder(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        return folder == null ? path : folder;
    }
}
