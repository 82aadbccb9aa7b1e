package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.observe.Progress;
import io.github.pbxsdk.core.observe.ProgressListener;
import io.github.pbxsdk.core.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.OptionalLong;

/** Stores the answer with a recording: beside its place first, compared, then under its name. */
final class RecordingDownload {

    private static final int CHUNK = 64 * 1024;

    private final String name;
    private final Path target;
    private final ProgressListener progress;
    private final Time time;

    RecordingDownload(String name, Path target, ProgressListener progress, Time time) {
        this.name = name;
        this.target = target.toAbsolutePath();
        this.progress = progress;
        this.time = time;
    }

    /**
     * Stores the recording.
     *
     * @throws PbxException if it is not what was announced, or cannot be written
     */
    DownloadedRecording store(HttpResponse response) {
        Path part = target.resolveSibling(target.getFileName() + "." + AriClient.newId() + ".part");
        try {
            DownloadedRecording stored = write(response, part);
            Files.move(
                    part,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return stored;
        } catch (IOException e) {
            throw new PbxException(
                    "recording " + name + " cannot be written to " + target + ": " + e, e, true);
        } finally {
            deleteIfLeft(part);
        }
    }

    private static void deleteIfLeft(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // The failure that left it there is being thrown already.
        }
    }

    private DownloadedRecording write(HttpResponse response, Path part) throws IOException {
        MessageDigest hash = sha256();
        WavHeader header = new WavHeader();
        OptionalLong announced = announced(response);
        long begun = time.nanos();
        long written = 0;
        try (FileChannel out =
                FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            InputStream in = response.body();
            byte[] chunk = new byte[CHUNK];
            for (int count = full(in, chunk); count > 0; count = full(in, chunk)) {
                header.take(chunk, count);
                hash.update(chunk, 0, count);
                ByteBuffer left = ByteBuffer.wrap(chunk, 0, count);
                while (left.hasRemaining()) {
                    written += out.write(left);
                }
                tell(written, announced, time.nanos() - begun);
            }
            requireWhole(announced, header, written);
            out.force(true);
        }
        return new DownloadedRecording(
                name,
                target,
                written,
                HexFormat.of().formatHex(hash.digest()),
                response.headers().find("Content-Type").orElse(""));
    }

    /** Fills the chunk as far as there is something: the network gives little at a time. */
    private static int full(InputStream in, byte[] chunk) throws IOException {
        return in.readNBytes(chunk, 0, chunk.length);
    }

    private void tell(long written, OptionalLong announced, long nanos) {
        Progress now = Progress.of(written, "bytes", Duration.ofNanos(nanos)).withDetail(name);
        progress.onProgress(announced.isEmpty() ? now : now.withTotal(announced.getAsLong()));
    }

    private void requireWhole(OptionalLong announced, WavHeader header, long written) {
        if (announced.isPresent() && announced.getAsLong() != written) {
            throw new PbxProtocolException(
                    "recording "
                            + name
                            + (" has " + written + " bytes, not " + announced.getAsLong())
                            + " as announced",
                    "");
        }
        if (!header.isFinished(written)) {
            throw new PbxException(
                    "recording "
                            + name
                            + " is still being written, or was never finished: its WAV header does"
                            + " not fit its length",
                    null,
                    false);
        }
    }

    /** Returns how long the answer is said to be. */
    static OptionalLong announced(HttpResponse response) {
        try {
            return response.headers()
                    .find("Content-Length")
                    .map(text -> OptionalLong.of(Long.parseLong(text.strip())))
                    .orElse(OptionalLong.empty());
        } catch (NumberFormatException e) {
            // Not a length; the transport notices an answer that breaks off.
            return OptionalLong.empty();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
