package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a JSON list of objects, as it comes in; only what has come in last is in memory. */
final class JsonElements {

    /** How long one object may be. */
    private static final int LIMIT = 16 * 1024 * 1024;

    /** An object that is longer is looked at again only when twice as much of it has come in. */
    private static final int LONG = 16 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[LONG];
    private int end;
    private String text = "";
    private JsonScan scan = JsonScan.of(text);
    private int at;
    private boolean begun;
    private boolean ended;

    JsonElements(InputStream in) {
        this.in = in;
    }

    /**
     * Returns the next object, or null at the end of the list.
     *
     * @throws PbxProtocolException if it is no list of objects, or breaks off
     */
    @Nullable JsonText next() throws IOException {
        if (ended) {
            return null;
        }
        char sign = sign();
        if (!begun) {
            require(sign == '[');
            begun = true;
            at++;
            sign = sign();
            ended = sign == ']';
        } else {
            ended = sign == ']';
            require(ended || sign == ',');
            at++;
            sign = ended ? sign : sign();
        }
        require(ended || sign == '{');
        return ended ? null : object();
    }

    private JsonText object() throws IOException {
        JsonText object = findObject();
        while (object == null) {
            int there = text.length() - at;
            more(there < LONG ? there + 1 : 2 * there);
            object = findObject();
        }
        at += object.length();
        return object;
    }

    /** Returns the object that begins here, or null when its end has not come in yet. */
    private @Nullable JsonText findObject() {
        // Most have no other object inside, and this is the cheaper way to see that one is cut.
        return text.indexOf('}', at) < 0 ? null : scan.findObject(at);
    }

    private char sign() throws IOException {
        while (true) {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                    return c;
                }
                at++;
            }
            more(1);
        }
    }

    /** Reads on until so much is there, or the end; what has not been handed out yet is kept. */
    private void more(int wanted) throws IOException {
        require(text.length() - at < LIMIT);
        String next = read();
        require(!next.isEmpty());
        text = text.substring(at).concat(next);
        at = 0;
        if (text.length() < wanted) {
            gather(wanted);
        }
        scan = JsonScan.of(text);
    }

    private void gather(int wanted) throws IOException {
        StringBuilder longer = new StringBuilder(wanted).append(text);
        String next = read();
        while (!next.isEmpty()) {
            longer.append(next);
            next = longer.length() < wanted ? read() : "";
        }
        text = longer.toString();
    }

    /** Returns what comes in, up to the last sign of one byte: no character is cut. */
    private String read() throws IOException {
        int whole = 0;
        while (whole == 0) {
            if (end == buffer.length) {
                require(end < LIMIT);
                buffer = Arrays.copyOf(buffer, 2 * end);
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return "";
            }
            end += read;
            whole = wholeSigns();
        }
        String signs = new String(buffer, 0, whole, StandardCharsets.UTF_8);
        System.arraycopy(buffer, whole, buffer, 0, end - whole);
        end -= whole;
        return signs;
    }

    private int wholeSigns() {
        int whole = end;
        while (whole > 0 && buffer[whole - 1] < 0) {
            whole--;
        }
        return whole;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new PbxProtocolException("the answer is not a list of JSON objects", "");
        }
    }
}
