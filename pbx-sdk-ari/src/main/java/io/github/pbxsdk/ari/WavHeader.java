package io.github.pbxsdk.ari;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The first bytes of a file, by which a WAV file tells whether it was finished: Asterisk writes the
 * sizes when it closes the file.
 */
final class WavHeader {

    /** A header and no sound: a recording that ended at once. */
    private static final int EMPTY = 44;

    private static final int NEEDED = 12;

    private final byte[] start = new byte[NEEDED];
    private int taken;

    /** Takes what comes next. */
    void take(byte[] bytes, int count) {
        int more = Math.min(count, NEEDED - taken);
        System.arraycopy(bytes, 0, start, taken, more);
        taken += more;
    }

    /** Tells whether a file of this length is whole, as far as it can be told. */
    boolean isFinished(long length) {
        if (!isWav() || length == EMPTY) {
            return true;
        }
        long riff =
                Integer.toUnsignedLong(
                        ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
        return riff + 8 == length;
    }

    private boolean isWav() {
        return taken == NEEDED && text(0).equals("RIFF") && text(8).equals("WAVE");
    }

    private String text(int from) {
        return new String(start, from, 4, StandardCharsets.US_ASCII);
    }
}
