package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text and where in it everything stands: found in one pass over its bytes, read when it is
 * asked for. Most of what the server sends is never looked at.
 *
 * <p>Values are numbered in the order in which they begin, and those inside of a value follow it.
 * Immutable.
 */
final class JsonText {

    /** The number of the outermost value; where there are several, of the first. */
    static final int ROOT = 0;

    private static final String ESCAPES = "bfnrt";
    private static final String ESCAPED = "\b\f\n\r\t";

    private final byte[] text;
    private final JsonPlaces places;

    /** Creates a text of bytes that nobody changes any more. */
    JsonText(byte[] text, JsonPlaces places) {
        this.text = text;
        this.places = places;
    }

    /**
     * Returns a text, of which all has been looked at.
     *
     * @throws PbxProtocolException if it is not one JSON object
     */
    static JsonText of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new JsonText(bytes, JsonScan.places(bytes));
    }

    /** Returns how many bytes it is. */
    int length() {
        return text.length;
    }

    /** Returns how many values it has. */
    int count() {
        return places.count();
    }

    /** Returns the first value inside of another. */
    int first(int value) {
        return value + 1;
    }

    /** Returns the value that follows another and is not inside of it. */
    int after(int value) {
        return value + places.size(value);
    }

    /** Returns the member of an object, or -1; of several with one name the first. */
    int find(int object, String name) {
        int end = after(object);
        boolean plain = isAscii(name);
        for (int member = first(object); member < end; member = after(member)) {
            boolean bare = plain && !places.isNameEscaped(member);
            if (bare ? isWritten(name, text, places.name(member)) : name(member).equals(name)) {
                return member;
            }
        }
        return -1;
    }

    private static boolean isAscii(String name) {
        int i = 0;
        while (i < name.length() && name.charAt(i) < 0x80) {
            i++;
        }
        return i == name.length();
    }

    /** Tells whether a string that begins at a place, and has no escapes, is this one of ASCII. */
    static boolean isWritten(String wanted, byte[] text, int begin) {
        for (int i = 0; i < wanted.length(); i++) {
            char sign = wanted.charAt(i);
            if (sign == '"' || text[begin + i] != sign) {
                return false;
            }
        }
        return text[begin + wanted.length()] == '"';
    }

    /** Returns the name of a member. */
    String name(int member) {
        int begin = places.name(member);
        int end = begin;
        while (text[end] != '"') {
            end += text[end] == '\\' ? 2 : 1;
        }
        return string(begin, end);
    }

    /** Returns a text, number, truth value, object or list. */
    @Nullable Object value(int value) {
        int begin = places.begin(value);
        return switch (text[begin]) {
            case '"' -> string(begin + 1, places.end(value) - 1);
            case '{' -> new AriObject(this, value);
            case '[' -> list(value);
            case 't' -> true;
            case 'f' -> false;
            case 'n' -> null;
            default -> number(source(value));
        };
    }

    private List<@Nullable Object> list(int list) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int value = first(list); value < after(list); value = after(value)) {
            values.add(value(value));
        }
        return values;
    }

    /** Returns a value as it is written. */
    String source(int value) {
        return written(places.begin(value), places.end(value));
    }

    private static Object number(String text) {
        try {
            return isWhole(text) ? (Object) Long.valueOf(text) : new BigDecimal(text);
        } catch (NumberFormatException e) {
            // Larger than any number that is meant as one: kept as it was written.
            return text;
        }
    }

    private static boolean isWhole(String text) {
        return text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    }

    private String written(int begin, int end) {
        return new String(text, begin, end - begin, StandardCharsets.UTF_8);
    }

    private String string(int begin, int end) {
        String written = written(begin, end);
        return written.indexOf('\\') < 0 ? written : unescaped(written);
    }

    private static String unescaped(String written) {
        StringBuilder plain = new StringBuilder(written.length());
        int at = 0;
        while (at < written.length()) {
            char c = written.charAt(at++);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char kind = written.charAt(at++);
            if (kind == 'u') {
                plain.append((char) Integer.parseInt(written, at, at + 4, 16));
                at += 4;
            } else {
                int known = ESCAPES.indexOf(kind);
                plain.append(known < 0 ? kind : ESCAPED.charAt(known));
            }
        }
        return plain.toString();
    }
}
