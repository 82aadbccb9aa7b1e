package io.github.pbxsdk.testing.sip;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages in a stream. Blank lines between them get no answer, as with Asterisk; what is
 * no message is taken up to its blank line.
 */
final class SipFrames {

    private static final int MAX_HEAD = 64 << 10;
    private static final int MAX_BODY = 1 << 20;

    private final InputStream input;

    SipFrames(InputStream input) {
        this.input = new BufferedInputStream(input, 16 << 10);
    }

    /** Waits for the next message; null at the end of the stream. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream(1024);
        int length = 0;
        while (true) {
            String line = line(message);
            if (line == null) {
                return null;
            }
            if (line.isEmpty() && message.size() <= 2) {
                message.reset();
            } else if (line.isEmpty()) {
                message.write(input.readNBytes(length));
                return message.toByteArray();
            }
            length = Math.max(length, announced(line));
        }
    }

    private @Nullable String line(ByteArrayOutputStream message) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        int next;
        do {
            next = input.read();
            if (next < 0) {
                return null;
            }
            line.write(next);
            if (message.size() + line.size() > MAX_HEAD) {
                throw new IOException("a head of more than " + MAX_HEAD + " bytes");
            }
        } while (next != '\n');
        message.writeBytes(line.toByteArray());
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static int announced(String line) throws IOException {
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
        if (!name.equals("content-length") && !name.equals("l")) {
            return 0;
        }
        int length = SipMessage.length(line.substring(colon + 1).strip());
        if (length > MAX_BODY) {
            throw new IOException("a body of " + length + " bytes");
        }
        return length;
    }
}
