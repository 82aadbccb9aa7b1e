package io.github.pbxsdk.core.internal.state;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file system of the machine. */
public final class DiskFiles implements StateFiles {

    private static final boolean FOLDERS_CAN_BE_SYNCED = File.separatorChar == '/';

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public LogFile open(Path path) throws IOException {
        return new DiskFile(new RandomAccessFile(path.toFile(), "rw"));
    }

    @Override
    public void replace(Path source, Path target) throws IOException {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        if (!FOLDERS_CAN_BE_SYNCED) {
            // Windows knows no such call; its journal keeps the order of renames.
            return;
        }
        boolean interrupted = false;
        while (!synced(folder)) {
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells whether it could be done without an interrupt, which closes channels. */
    private static boolean synced(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    /**
     * A file on the disk.
     *
     * <p>No channel: an interrupt of any thread in it would close it for all of them.
     */
    private record DiskFile(RandomAccessFile file) implements LogFile {

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public int read(long position, byte[] bytes) throws IOException {
            file.seek(position);
            int count = 0;
            while (count < bytes.length) {
                int read = file.read(bytes, count, bytes.length - count);
                if (read < 0) {
                    break;
                }
                count += read;
            }
            return count;
        }

        @Override
        public void write(long position, byte[] bytes) throws IOException {
            file.seek(position);
            file.write(bytes);
        }

        @Override
        public void truncate(long length) throws IOException {
            file.setLength(length);
        }

        @Override
        public void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
