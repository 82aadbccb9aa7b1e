package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text and where in it everything stands: found in one pass, read when it is asked for. Most
 * of what the server sends is never looked at.
 *
 * <p>Values are numbered in the order in which they begin, and those inside of a value follow it.
 * Immutable.
 */
final class JsonText {

    /** The number of the outermost value. */
    static final int ROOT = 0;

    private static final String ESCAPES = "bfnrt";
    private static final String ESCAPED = "\b\f\n\r\t";

    private final String text;
    private final JsonPlaces places;

    JsonText(String text, JsonPlaces places) {
        this.text = text;
        this.places = places;
    }

    /**
     * Returns a text, of which all has been looked at.
     *
     * @throws PbxProtocolException if it is not one JSON object
     */
    static JsonText of(String text) {
        return new JsonText(text, JsonScan.places(text));
    }

    /** Returns how many characters it is. */
    int length() {
        return text.length();
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
        for (int member = first(object); member < end; member = after(member)) {
            if (isNamed(member, name)) {
                return member;
            }
        }
        return -1;
    }

    private boolean isNamed(int member, String name) {
        int begin = places.name(member);
        if (places.isNameEscaped(member)) {
            return name(member).equals(name);
        }
        return text.startsWith(name, begin) && text.charAt(begin + name.length()) == '"';
    }

    /** Returns the name of a member. */
    String name(int member) {
        int begin = places.name(member);
        int end = begin;
        while (text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return string(begin, end);
    }

    /** Returns a text, number, truth value, object or list. */
    @Nullable Object value(int value) {
        int begin = places.begin(value);
        return switch (text.charAt(begin)) {
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
        return text.substring(places.begin(value), places.end(value));
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

    private String string(int begin, int end) {
        String written = text.substring(begin, end);
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
