package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSink;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import io.github.pbxsdk.recordings.WavCheck.Finding;
import io.github.pbxsdk.recordings.WavCheck.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Copies the bytes of one recording to all sinks, and counts and hashes them on the way. */
final class Transfer {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int RESUMPTIONS = 2;

    private final RecordingSource source;
    private final RecordingEntry entry;
    private final Throttle throttle;
    private final Runnable keepAlive;
    private final MessageDigest digest = RecordingFiles.digest();
    private final boolean evenUnfinished;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(WavCheck.HEAD_BYTES);
    private long count;
    private boolean isUnfinished;

    /**
     * Creates a transfer.
     *
     * @param keepAlive called now and then; what it throws ends the transfer
     * @param evenUnfinished whether to copy a WAV that was never closed
     */
    Transfer(
            RecordingSource source,
            RecordingEntry entry,
            Throttle throttle,
            Runnable keepAlive,
            boolean evenUnfinished) {
        this.source = source;
        this.entry = entry;
        this.evenUnfinished = evenUnfinished;
        this.throttle = throttle;
        this.keepAlive = keepAlive;
    }

    /** What was copied. */
    record Copied(long size, String sha256, Finding finding) {}

    /**
     * Copies everything, or as much as it takes to see that the file is still being written.
     *
     * @param first the content, from its beginning; the caller closes it
     * @throws Exception if it breaks off, and can't be resumed
     */
    Copied copy(RecordingContent first, List<RecordingSink.Delivery> deliveries) throws Exception {
        List<OutputStream> targets = new ArrayList<>();
        for (RecordingSink.Delivery delivery : deliveries) {
            targets.add(delivery.stream());
        }
        if (first.offset() != 0) {
            throw new IOException(source.name() + " began in the middle of a recording");
        }
        long expected = first.length().orElse(-1);
        Optional<Exception> broken = read(first, targets, expected);
        for (int i = 0; broken.isPresent() && i < RESUMPTIONS && canResume(expected); i++) {
            broken = resume(broken.get(), targets, expected);
        }
        if (broken.isPresent()) {
            throw broken.get();
        }
        if (isUnfinished) {
            return new Copied(Math.max(count, expected), "", Finding.of(State.UNFINISHED));
        }
        return new Copied(
                count,
                HexFormat.of().formatHex(digest.digest()),
                WavCheck.look(head.toByteArray(), count));
    }

    private boolean canResume(long expected) {
        return expected > count
                && source.capabilities().contains(SourceCapability.RANGES)
                && !Thread.currentThread().isInterrupted();
    }

    private Optional<Exception> resume(Exception broken, List<OutputStream> targets, long expected)
            throws Exception {
        Optional<RecordingContent> rest = source.open(entry, count);
        if (rest.isEmpty()) {
            return Optional.of(new IOException("the recording went away while it was read"));
        }
        try (RecordingContent content = rest.get()) {
            if (content.offset() == 0 && count > 0) {
                // It can't begin in the middle, whatever was said: what broke off is the reason.
                throw broken;
            }
            boolean fits =
                    content.offset() == count
                            && content.length().orElse(expected - count) == expected - count;
            return fits
                    ? read(content, targets, expected)
                    : Optional.of(new IOException("the recording changed while it was read"));
        }
    }

    /** Returns how reading broke off; what a sink throws is not ours to mend. */
    private Optional<Exception> read(
            RecordingContent content, List<OutputStream> targets, long expected)
            throws IOException {
        byte[] buffer = new byte[throttle.atOnce(BUFFER_BYTES)];
        while (true) {
            int length;
            try {
                length = content.stream().read(buffer);
            } catch (IOException | PbxConnectionException | PbxTimeoutException e) {
                return Optional.of(e);
            }
            if (length < 0) {
                break;
            }
            take(buffer, length, targets);
            isUnfinished = (expected >= 0 && count > expected) || isStillWritten(expected);
            if (isUnfinished) {
                return Optional.empty();
            }
        }
        return expected >= 0 && count != expected
                ? Optional.of(new IOException("broke off after " + count + " of " + expected))
                : Optional.empty();
    }

    private boolean isStillWritten(long expected) {
        return !evenUnfinished
                && expected >= 0
                && WavCheck.look(head.toByteArray(), expected).state() == State.UNFINISHED;
    }

    private void take(byte[] buffer, int length, List<OutputStream> targets) throws IOException {
        throttle.pass(length);
        keepAlive.run();
        digest.update(buffer, 0, length);
        int missing = WavCheck.HEAD_BYTES - head.size();
        head.write(buffer, 0, Math.min(missing, length));
        for (OutputStream target : targets) {
            target.write(buffer, 0, length);
        }
        count += length;
    }
}
