package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** One recording on its way into a folder. */
final class FolderDelivery implements RecordingSink.Delivery {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final RecordingFiles files;
    private final Path unfinished;
    private final FileChannel channel;
    private final MessageDigest digest = RecordingFiles.digest();
    private final OutputStream stream;

    private FolderDelivery(RecordingFiles files, Path unfinished, FileChannel channel) {
        this.files = files;
        this.unfinished = unfinished;
        this.channel = channel;
        this.stream = new Counted(channel, digest);
    }

    /** May be closed before the commit, which needs the file once more. */
    private static final class Counted extends DigestOutputStream {

        Counted(FileChannel channel, MessageDigest digest) {
            super(Channels.newOutputStream(channel), digest);
        }

        @Override
        public void close() {
            // The delivery closes the file.
        }
    }

    static FolderDelivery begin(RecordingFiles files, CallRecording recording) throws IOException {
        Path file = files.target(recording);
        DurableFiles.createFolders(DurableFiles.folderOf(file));
        Path unfinished = RecordingFiles.unfinished(file);
        return new FolderDelivery(
                files,
                unfinished,
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING));
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    /** The description comes first: a file that is there is described. */
    @Override
    public void commit(CallRecording recording) throws IOException {
        requireWhole(recording);
        files.requireRoom(recording);
        channel.force(true);
        channel.close();
        Path file = files.target(recording);
        DurableFiles.createFolders(DurableFiles.folderOf(file));
        DurableFiles.write(
                RecordingFiles.description(file),
                RecordingJson.write(recording).getBytes(StandardCharsets.UTF_8));
        DurableFiles.rename(unfinished, file);
    }

    /** Compares with what the file has, not with what was handed to it. */
    private void requireWhole(CallRecording recording) throws IOException {
        long size = channel.size();
        String written = HexFormat.of().formatHex(digest.digest());
        boolean isSize = recording.size().orElse(size) == size;
        if (!isSize || !recording.sha256().orElse(written).equals(written)) {
            throw new IOException("what came for " + recording + " is not what was said");
        }
        if (!written.equals(HexFormat.of().formatHex(readBack()))) {
            throw new IOException("the disk gives back other bytes than were written");
        }
    }

    private byte[] readBack() throws IOException {
        MessageDigest check = RecordingFiles.digest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (long at = 0; channel.read(buffer, at) > 0; at += buffer.position(), buffer.clear()) {
            check.update(buffer.array(), 0, buffer.position());
        }
        return check.digest();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(unfinished);
    }
}
