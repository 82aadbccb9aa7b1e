package io.github.pbxsdk.it.recordings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** WAV files as Asterisk closes them: 8 kHz, 16 bit, one channel. */
final class Wavs {

    private Wavs() {}

    /** Returns one with so many bytes of a sound of its own. */
    static byte[] of(int bytes, long sound) {
        byte[] data = new byte[bytes];
        new Random(sound).nextBytes(data);
        ByteBuffer file = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(bytes + 36);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16000);
        file.putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes).put(data);
        return file.array();
    }
}
