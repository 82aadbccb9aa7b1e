package io.github.pbxsdk.recordings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Writes so that what is there after a crash is whole. */
final class DurableFiles {

    private static final boolean FOLDERS_CAN_BE_FORCED =
            !System.getProperty("os.name", "").startsWith("Windows");

    private DurableFiles() {}

    /** Writes a small file as a whole. */
    static void write(Path file, byte[] content) throws IOException {
        Path unfinished = RecordingFiles.unfinished(file);
        try (FileChannel channel =
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        rename(unfinished, file);
    }

    /** Gives a file that is on the disk its name, and waits until that is on the disk too. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folderOf(to));
    }

    /** Returns the folder of a file, which is never a root. */
    static Path folderOf(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file lies in a folder");
    }

    /** Makes a folder and those above it, so that they survive a crash. */
    static void createFolders(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (Files.isDirectory(folder) || parent == null) {
            return;
        }
        createFolders(parent);
        Files.createDirectories(folder);
        forceFolder(parent);
    }

    /** Windows can't open a folder, and keeps its entries by itself. */
    private static void forceFolder(Path folder) throws IOException {
        if (FOLDERS_CAN_BE_FORCED) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
