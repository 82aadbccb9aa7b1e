package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a JSON list of objects into their texts, as it comes in; only one of them is in memory. What
 * is inside of an object is not looked at more closely than that takes.
 */
final class JsonElements {

    /** How long one object may be. */
    private static final int LIMIT = 16 * 1024 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[16 * 1024];
    private int at;
    private int end;
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
    @Nullable String next() throws IOException {
        if (ended) {
            return null;
        }
        int sign = sign();
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
        return ended ? null : object(sign);
    }

    private String object(int sign) throws IOException {
        require(sign == '{');
        int length = length();
        String object = new String(buffer, at, length, StandardCharsets.UTF_8);
        at += length;
        return object;
    }

    /** Returns how long the object is that begins here, and has all of it in the buffer. */
    private int length() throws IOException {
        int depth = 0;
        int length = 0;
        do {
            byte c = byteAt(length++);
            if (c == '"') {
                length = afterString(length);
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        } while (depth > 0);
        return length;
    }

    private int afterString(int begin) throws IOException {
        int length = begin;
        while (true) {
            length = signInString(length);
            byte c = byteAt(length);
            if (c == '"') {
                return length + 1;
            }
            // What is behind a backslash is part of the string, also a quotation mark.
            length += c == '\\' ? 2 : 1;
        }
    }

    /** Returns where the next quotation mark or backslash is, or where there is no more yet. */
    private int signInString(int begin) {
        byte[] bytes = buffer;
        int place = at + begin;
        while (place < end && bytes[place] != '"' && bytes[place] != '\\') {
            place++;
        }
        return place - at;
    }

    private int sign() throws IOException {
        byte c = byteAt(0);
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            at++;
            c = byteAt(0);
        }
        return c;
    }

    private byte byteAt(int offset) throws IOException {
        while (at + offset >= end) {
            fill();
        }
        return buffer[at + offset];
    }

    private void fill() throws IOException {
        if (at > 0) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
        }
        if (end == buffer.length) {
            require(end < LIMIT);
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int read = in.read(buffer, end, buffer.length - end);
        require(read >= 0);
        end += read;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new PbxProtocolException("the answer is not a list of JSON objects", "");
        }
    }
}
