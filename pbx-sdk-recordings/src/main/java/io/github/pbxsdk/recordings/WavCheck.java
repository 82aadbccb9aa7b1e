package io.github.pbxsdk.recordings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells from the beginning of a file and its size whether a WAV is whole. Asterisk writes the sizes
 * into the header when it closes the file.
 */
final class WavCheck {

    /** The header of what Asterisk writes is 44 or 60 bytes; others put a text in front. */
    static final int HEAD_BYTES = 4096;

    private static final int RIFF_BYTES = 12;
    private static final int CHUNK_HEAD_BYTES = 8;

    private WavCheck() {}

    /** What a file is, and how long its sound. */
    record Finding(State state, Optional<Duration> duration) {

        static Finding of(State state) {
            return new Finding(state, Optional.empty());
        }
    }

    /** How far a file is. */
    enum State {
        /** Not a WAV: nothing can be told from the bytes. */
        OTHER,
        /** The sizes in it agree with the file. */
        WHOLE,
        /** Closed, and nobody ever spoke. */
        SILENT,
        /** Still being written, or its writer died. */
        UNFINISHED
    }

    /**
     * Looks at a file.
     *
     * @param head its first bytes, as many as there are up to {@link #HEAD_BYTES}
     * @param size its size
     */
    static Finding look(byte[] head, long size) {
        ByteBuffer buffer = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (head.length < RIFF_BYTES || !tag(head, 0).equals("RIFF")) {
            return Finding.of(State.OTHER);
        }
        long riff = Integer.toUnsignedLong(buffer.getInt(4)) + CHUNK_HEAD_BYTES;
        if (riff != size) {
            return Finding.of(State.UNFINISHED);
        }
        return sound(buffer, head, size);
    }

    private static Finding sound(ByteBuffer buffer, byte[] head, long size) {
        long bytesPerSecond = 0;
        for (long at = RIFF_BYTES; at + CHUNK_HEAD_BYTES <= head.length; ) {
            int chunk = (int) at;
            long length = Integer.toUnsignedLong(buffer.getInt(chunk + 4));
            if (tag(head, chunk).equals("fmt ") && chunk + 20 <= head.length) {
                bytesPerSecond = Integer.toUnsignedLong(buffer.getInt(chunk + 16));
            }
            if (tag(head, chunk).equals("data")) {
                return data(length, size - at - CHUNK_HEAD_BYTES, bytesPerSecond);
            }
            at += CHUNK_HEAD_BYTES + length + length % 2;
        }
        // The sizes agree; where the sound begins does not matter then.
        return Finding.of(State.WHOLE);
    }

    private static Finding data(long length, long left, long bytesPerSecond) {
        if (length > left) {
            return Finding.of(State.UNFINISHED);
        }
        if (length == 0) {
            return Finding.of(left <= 1 ? State.SILENT : State.UNFINISHED);
        }
        return new Finding(
                State.WHOLE,
                bytesPerSecond == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(length * 1000 / bytesPerSecond)));
    }

    private static String tag(byte[] head, int at) {
        return new String(head, at, 4, StandardCharsets.ISO_8859_1);
    }
}
