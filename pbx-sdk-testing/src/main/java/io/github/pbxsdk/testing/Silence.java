package io.github.pbxsdk.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Sound files in which nobody says anything: WAV, 8 kHz, 16 bits, one channel. */
final class Silence {

    private static final int RATE = 8000;
    private static final int HEADER = 44;
    private static final int LONGEST_SECONDS = 600;

    private Silence() {}

    static byte[] wav(long seconds) {
        int sound = (int) Math.min(seconds, LONGEST_SECONDS) * RATE * 2;
        return ByteBuffer.allocate(HEADER + sound)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(HEADER - 8 + sound)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(RATE)
                .putInt(RATE * 2)
                .putShort((short) 2)
                .putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(sound)
                .array();
    }
}
