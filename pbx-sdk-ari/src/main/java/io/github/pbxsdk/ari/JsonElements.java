package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;
import java.io.IOException;
import java.io.InputStream;
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
    private int at;
    private int end;
    private int lastBrace = -1;
    private JsonScan scan = JsonScan.of(buffer, 0);
    private @Nullable JsonText found;
    private int place;
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
    @Nullable AriObject next() throws IOException {
        if (ended) {
            return null;
        }
        JsonText objects = found;
        if (objects != null && place < objects.count()) {
            return handOut(objects);
        }
        byte sign = sign();
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

    private AriObject object() throws IOException {
        JsonText objects = findObjects();
        while (objects == null) {
            int there = end - at;
            more(there < LONG ? there + 1 : 2 * there);
            objects = findObjects();
        }
        at += objects.length();
        found = objects;
        place = JsonText.ROOT;
        return handOut(objects);
    }

    private AriObject handOut(JsonText objects) {
        AriObject object = new AriObject(objects, place);
        place = objects.after(place);
        return object;
    }

    /** Returns those that begin here, or null when the end of the first has not come in yet. */
    private @Nullable JsonText findObjects() {
        // Most have no other object inside, and this is the cheaper way to see that one is cut.
        return at > lastBrace ? null : scan.findObjects(at, lastBrace);
    }

    private byte sign() throws IOException {
        while (true) {
            while (at < end) {
                byte sign = buffer[at];
                if (!JsonScan.isBlank(sign)) {
                    return sign;
                }
                at++;
            }
            more(1);
        }
    }

    /** Reads on until so much is there, or the end; what has not been handed out yet is kept. */
    private void more(int wanted) throws IOException {
        require(end - at < LIMIT);
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        require(read());
        boolean goesOn = true;
        while (goesOn && end < wanted) {
            goesOn = read();
        }
        lastBrace = end - 1;
        while (lastBrace >= 0 && buffer[lastBrace] != '}') {
            lastBrace--;
        }
        scan = JsonScan.of(buffer, end);
    }

    /** Takes what comes in; returns false at the end. */
    private boolean read() throws IOException {
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read >= 0;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new PbxProtocolException("the answer is not a list of JSON objects", "");
        }
    }
}
