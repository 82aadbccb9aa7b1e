package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The actions that come to the replay server, which must not be the slowest of the three. */
final class AskedActions {

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int end;
    private int at;
    private int next;

    AskedActions(InputStream in) {
        this.in = in;
    }

    /** Waits for more; false when nothing comes any more. */
    boolean read() throws IOException {
        System.arraycopy(buffer, next, buffer, 0, end - next);
        end -= next;
        next = 0;
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }

    /** Goes to the next action, if all of it is there. */
    boolean next() {
        for (int i = next; i + 3 < end; i++) {
            if (buffer[i] == '\r' && buffer[i + 2] == '\r') {
                at = next;
                next = i + 4;
                return true;
            }
        }
        return false;
    }

    String text(String name) {
        int value = value(name);
        return new String(buffer, value, lineEnd(value) - value, StandardCharsets.US_ASCII);
    }

    void copy(String name, OutputStream out) throws IOException {
        int value = value(name);
        out.write(buffer, value, lineEnd(value) - value);
    }

    /** Returns where the value of a line begins; the end of the action without that line. */
    private int value(String name) {
        int line = at;
        while (line < next && !isNamed(line, name)) {
            line = lineEnd(line) + 2;
        }
        return line < next ? line + name.length() + 2 : next - 2;
    }

    private boolean isNamed(int line, String name) {
        int i = 0;
        while (i < name.length() && (buffer[line + i] | 0x20) == name.charAt(i)) {
            i++;
        }
        return i == name.length() && buffer[line + i] == ':';
    }

    private int lineEnd(int line) {
        int i = line;
        while (buffer[i] != '\r') {
            i++;
        }
        return i;
    }
}
