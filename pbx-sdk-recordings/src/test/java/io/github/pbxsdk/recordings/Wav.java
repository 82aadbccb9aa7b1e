package io.github.pbxsdk.recordings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** WAV files as Asterisk writes them: 8 kHz, 16 bit, one channel. */
final class Wav {

    static final int HEADER_BYTES = 44;

    private Wav() {}

    /** Returns a finished one with a sound of its own. */
    static byte[] of(int samples, long sound) {
        byte[] data = new byte[samples * 2];
        new Random(sound).nextBytes(data);
        return file(data, data.length + HEADER_BYTES - 8, data.length);
    }

    /** Returns what lies on the disk while a call goes on: no sizes in the header. */
    static byte[] unfinished(int samples, long sound) {
        byte[] data = new byte[samples * 2];
        new Random(sound).nextBytes(data);
        return file(data, 0, 0);
    }

    /** Returns what is left of a call that nobody answered. */
    static byte[] silent() {
        return file(new byte[0], HEADER_BYTES - 8, 0);
    }

    private static byte[] file(byte[] data, int riff, int size) {
        ByteBuffer file =
                ByteBuffer.allocate(HEADER_BYTES + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(riff);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16000);
        file.putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size).put(data);
        return file.array();
    }
}
