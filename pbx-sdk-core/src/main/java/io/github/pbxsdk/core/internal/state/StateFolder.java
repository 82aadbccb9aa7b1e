package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.StateException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder with a log, held by this process.
 *
 * @param entries what the log holds
 */
public record StateFolder(Path path, FolderLock lock, StateLog log, Entries entries)
        implements Closeable {

    /**
     * Opens a folder, makes it if there is none, and reads its log.
     *
     * @param synced whether an append waits for the disk
     * @throws StateException if it is in use or cannot be read
     */
    public static StateFolder open(Path path, StateFiles files, boolean synced) {
        try {
            create(path, files);
            FolderLock lock = FolderLock.take(path);
            try {
                Entries entries = new Entries();
                StateLog log = StateLog.open(files, path.resolve("state.log"), synced, entries);
                return new StateFolder(path, lock, log, entries);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StateException("cannot open the state in " + path + ": " + e, e, false);
        }
    }

    private static void create(Path path, StateFiles files) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Files.createDirectories(path, forTheOwnerOnly());
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            files.syncFolder(parent);
        }
    }

    /** The keys may be phone numbers. */
    private static FileAttribute<?>[] forTheOwnerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        };
    }

    /** Closes the log and lets others into the folder. */
    @Override
    public void close() throws IOException {
        try {
            log.close();
        } finally {
            lock.close();
        }
    }
}
