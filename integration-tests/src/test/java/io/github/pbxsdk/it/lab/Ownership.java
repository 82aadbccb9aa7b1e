package io.github.pbxsdk.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Who may use a server, and who has to stop it.
 *
 * <p>One test run at a time uses it: tests kill it, and a run that ends stops what it started. The
 * locked file holds the pid of a server that tests started, so that a later run stops what a killed
 * one left behind, and never a server that a person started.
 */
final class Ownership {

    /** Closing any other channel to the file would give the lock away. */
    private final FileChannel channel;

    private final boolean ours;

    private Ownership(FileChannel channel, boolean ours) {
        this.channel = channel;
        this.ours = ours;
    }

    /** Waits until no other test run uses the server. */
    static Ownership take(Path file, String runningPid) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            lock(file, channel);
            boolean leftBehind = read(channel).equals(runningPid);
            return new Ownership(channel, runningPid.isEmpty() || leftBehind);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            Lab.say("Waiting for another test run that uses the same server: " + file);
            lock = channel.lock();
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        int length = channel.read(pid, 0);
        return length < 0 ? "" : new String(pid.array(), 0, length, StandardCharsets.US_ASCII);
    }

    boolean isOurs() {
        return ours;
    }

    void started(String pid) {
        if (!ours) {
            return;
        }
        try {
            write(pid);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write down who started Asterisk", e);
        }
    }

    void giveUp() {
        try (channel) {
            write("");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock Asterisk", e);
        }
    }

    private void write(String pid) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }
}
