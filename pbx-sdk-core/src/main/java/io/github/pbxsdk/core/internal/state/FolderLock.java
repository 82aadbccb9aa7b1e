package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.StateException;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Properties;

/** Keeps everybody else out of a folder, in this process and in others. */
public final class FolderLock implements Closeable {

    /**
     * Where the folders are listed that are held in this JVM.
     *
     * <p>The system's lock belongs to the process: opening and closing the lock file a second time
     * would give it up without a word. So a second store in the JVM must not come near the file,
     * and only the system properties are shared by all class loaders.
     */
    private static final Properties HELD = System.getProperties();

    private static final String PREFIX = "io.github.pbxsdk.state.held:";

    private final String property;
    private final RandomAccessFile file;

    private FolderLock(String property, RandomAccessFile file) {
        this.property = property;
        this.file = file;
    }

    /**
     * Takes the lock of a folder that exists.
     *
     * @throws StateException if somebody else has it
     */
    public static FolderLock take(Path folder) throws IOException {
        String property = PREFIX + folder.toRealPath();
        if (HELD.putIfAbsent(property, "true") != null) {
            throw taken(folder, "this process");
        }
        try {
            return new FolderLock(property, locked(folder));
        } catch (IOException | RuntimeException e) {
            HELD.remove(property);
            throw e;
        }
    }

    private static RandomAccessFile locked(Path folder) throws IOException {
        RandomAccessFile file = new RandomAccessFile(folder.resolve("state.lock").toFile(), "rw");
        try {
            FileLock lock = file.getChannel().tryLock();
            if (lock == null) {
                throw taken(folder, "another process");
            }
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static StateException taken(Path folder, String holder) {
        return new StateException(
                "the state in "
                        + folder
                        + " is open in "
                        + holder
                        + ": close it there, or give this store a folder of its own");
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            HELD.remove(property);
        }
    }
}
