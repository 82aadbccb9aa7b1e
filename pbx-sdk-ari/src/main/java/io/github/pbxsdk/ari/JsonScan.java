package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Goes through a JSON text once, checks it, and notes where its values stand. */
final class JsonScan {

    /** Deeper than any object that makes sense; a text can be made of brackets alone. */
    private static final int DEEPEST = 255;

    /** Objects share a text until it is so long: whoever keeps one of them keeps them all. */
    private static final int HANDFUL = 1024;

    private static final int NO_NAME = 0;

    /** Eight bytes of a text at once, the first of them lowest. */
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private final byte[] text;
    private final int end;
    private final JsonPlaces places;
    private int origin;
    private boolean escaped;

    private JsonScan(byte[] text, int end, int expected) {
        this.text = text;
        this.end = end;
        this.places = new JsonPlaces(expected);
    }

    /** Begins to go through a text that holds several objects, as far as it is there. */
    static JsonScan of(byte[] text, int end) {
        return new JsonScan(text, end, HANDFUL);
    }

    /**
     * Returns the places of a text that is one object.
     *
     * @throws PbxProtocolException if it is something else
     */
    static JsonPlaces places(byte[] text) {
        JsonScan scan = new JsonScan(text, text.length, text.length);
        int rest = scan.skipBlanks(scan.object(0));
        if (rest < text.length) {
            throw scan.unreadable("more than one value", rest);
        }
        return scan.places;
    }

    /**
     * Returns the objects of a list from one place on, a handful of them in one text; null if the
     * text ends before the first of them does.
     *
     * @param lastBrace where the last object that is whole can end
     * @throws PbxProtocolException if the first is something else
     */
    @Nullable JsonText findObjects(int begin, int lastBrace) {
        origin = begin;
        places.clear();
        int after = begin;
        int values = 0;
        try {
            int next = begin;
            while (next <= lastBrace && after - begin < HANDFUL) {
                after = object(next);
                values = places.count();
                next = following(after);
            }
        } catch (PbxProtocolException e) {
            // What comes before it is told first; then this is looked at again.
            if (values == 0 && !(e instanceof EndsTooEarly)) {
                throw e;
            }
        }
        return values == 0
                ? null
                : new JsonText(Arrays.copyOfRange(text, begin, after), places.copy(values));
    }

    /** Returns where the next object of a list begins; the end if there is none to be seen. */
    private int following(int from) {
        int comma = skipBlanks(from);
        if (comma == end || text[comma] != ',') {
            return end;
        }
        int begin = skipBlanks(comma + 1);
        return begin < end && text[begin] == '{' ? begin : end;
    }

    /**
     * Returns a plain text that is a member of an object, empty if there is none; what follows it
     * is not looked at.
     *
     * @throws PbxProtocolException if it is no object
     */
    static String findText(String text, String name) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new JsonScan(bytes, bytes.length, 0).find(name);
    }

    private String find(String wanted) {
        int at = sign(requireObject(0) + 1);
        if (text[at] == '}') {
            return "";
        }
        while (true) {
            int name = nameBegin(at);
            int value = sign(valueBegin(string(name)));
            int after = value(NO_NAME, value, 1);
            if (JsonText.isWritten(wanted, text, name) && text[value] == '"') {
                return new String(text, value + 1, after - value - 2, StandardCharsets.UTF_8);
            }
            at = sign(after);
            if (text[at] != ',') {
                return "";
            }
            at++;
        }
    }

    // What follows goes through one part of the text each: it takes the place where that begins,
    // and returns the place after it. A field for the place would be written at every step.

    private int object(int from) {
        return value(NO_NAME, requireObject(from), 0);
    }

    private int requireObject(int from) {
        int begin = sign(from);
        if (text[begin] != '{') {
            throw unreadable("something else", begin);
        }
        return begin;
    }

    private int value(int name, int from, int depth) {
        if (depth > DEEPEST) {
            throw unreadable("too deep", from);
        }
        int begin = sign(from);
        int value = places.open(name, begin - origin);
        int after =
                switch (text[begin]) {
                    case '{' -> members(begin + 1, depth + 1);
                    case '[' -> elements(begin + 1, depth + 1);
                    case '"' -> string(begin + 1);
                    case 't' -> literal("true", begin);
                    case 'f' -> literal("false", begin);
                    case 'n' -> literal("null", begin);
                    default -> number(begin);
                };
        places.close(value, after - origin);
        return after;
    }

    private int members(int from, int depth) {
        int at = sign(from);
        if (text[at] == '}') {
            return at + 1;
        }
        while (true) {
            int begin = nameBegin(at);
            int after = string(begin);
            int name = escaped ? ~(begin - origin) : begin - origin;
            at = sign(value(name, valueBegin(after), depth));
            if (text[at] != ',') {
                return after(at, '}');
            }
            at++;
        }
    }

    private int nameBegin(int from) {
        int quote = sign(from);
        if (text[quote] != '"') {
            throw unreadable("a member without a name", quote);
        }
        return quote + 1;
    }

    private int valueBegin(int from) {
        int colon = sign(from);
        if (text[colon] != ':') {
            throw unreadable("a member without a value", colon);
        }
        return colon + 1;
    }

    private int elements(int from, int depth) {
        int at = sign(from);
        if (text[at] == ']') {
            return at + 1;
        }
        while (true) {
            at = sign(value(NO_NAME, at, depth));
            if (text[at] != ',') {
                return after(at, ']');
            }
            at++;
        }
    }

    private int after(int at, char sign) {
        if (text[at] != sign) {
            throw unreadable("an unexpected sign", at);
        }
        return at + 1;
    }

    /** Passes over what follows the quote of a string; notes whether it has escapes. */
    private int string(int from) {
        escaped = false;
        int at = quoteOrBackslash(from);
        while (text[at] != '"') {
            escaped = true;
            at = quoteOrBackslash(escape(at + 1));
        }
        return at + 1;
    }

    private int quoteOrBackslash(int from) {
        int found = from;
        while (found <= end - Long.BYTES) {
            long eight = (long) EIGHT.get(text, found);
            long hits = zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES);
            if (hits != 0) {
                return found + Long.numberOfTrailingZeros(hits) / Byte.SIZE;
            }
            found += Long.BYTES;
        }
        while (found < end && text[found] != '"' && text[found] != '\\') {
            found++;
        }
        requireMore(found);
        return found;
    }

    /** Marks the bytes that are zero; above the lowest of them it may mark others as well. */
    private static long zeros(long eight) {
        return (eight - ONES) & ~eight & HIGHEST_BITS;
    }

    private int escape(int from) {
        requireMore(from);
        byte kind = text[from];
        int after = from + 1;
        if (kind == 'u') {
            return hexDigits(after);
        }
        if ("\"\\/bfnrt".indexOf(kind) < 0) {
            throw unreadable("an unknown escape", after);
        }
        return after;
    }

    private int hexDigits(int from) {
        int after = from + 4;
        for (int at = from; at < after; at++) {
            requireMore(at);
            if (Character.digit(text[at], 16) < 0) {
                throw unreadable("a broken escape", at + 1);
            }
        }
        return after;
    }

    private int literal(String word, int from) {
        int at = from;
        for (int i = 0; i < word.length(); i++) {
            requireMore(at);
            if (text[at++] != word.charAt(i)) {
                throw unreadable("an unknown word", at);
            }
        }
        return at;
    }

    private int number(int from) {
        int at = from;
        while (at < end && isPartOfNumber(text[at])) {
            at++;
        }
        if (at == from) {
            throw unreadable("an unexpected sign", at);
        }
        return at;
    }

    private static boolean isPartOfNumber(byte c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == 'e' || c == 'E' || c == '+';
    }

    /** Returns the place of what comes after the blanks. */
    private int sign(int from) {
        int at = skipBlanks(from);
        requireMore(at);
        return at;
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < end && isBlank(text[at])) {
            at++;
        }
        return at;
    }

    /** Most signs that are asked about are none, and are known by one comparison. */
    static boolean isBlank(byte c) {
        return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
    }

    private void requireMore(int at) {
        if (at >= end) {
            throw new EndsTooEarly(end, words());
        }
    }

    private PbxProtocolException unreadable(String what, int place) {
        return new PbxProtocolException(told(what, place), words());
    }

    private String words() {
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }

    /** What is at the place can be secret, so that only the place is told. */
    private static String told(String what, int place) {
        return "not a JSON object: " + what + ", at " + place;
    }

    /** More of the text could make it readable. */
    private static final class EndsTooEarly extends PbxProtocolException {

        private static final long serialVersionUID = 1L;

        EndsTooEarly(int place, String text) {
            super(told("it ends too early", place), text);
        }
    }
}
