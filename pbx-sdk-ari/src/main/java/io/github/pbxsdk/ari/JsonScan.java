package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Goes through a JSON text once, checks it, and notes where its values stand. */
final class JsonScan {

    /** Deeper than any object that makes sense; a text can be made of brackets alone. */
    private static final int DEEPEST = 255;

    private static final int NO_NAME = 0;

    private final byte[] text;
    private final int end;
    private JsonPlaces places;
    private int origin;
    private int at;

    private JsonScan(byte[] text, int end, JsonPlaces places) {
        this.text = text;
        this.end = end;
        this.places = places;
    }

    /** Begins to go through a text that holds several objects, as far as it is there. */
    static JsonScan of(byte[] text, int end) {
        return new JsonScan(text, end, new JsonPlaces(0));
    }

    /**
     * Returns the places of a text that is one object.
     *
     * @throws PbxProtocolException if it is something else
     */
    static JsonPlaces places(byte[] text) {
        JsonScan scan = new JsonScan(text, text.length, new JsonPlaces(text.length));
        scan.requireObject();
        scan.value(NO_NAME, false, 0);
        scan.skipBlanks();
        if (scan.at < text.length) {
            throw scan.unreadable("more than one value");
        }
        return scan.places;
    }

    /**
     * Returns the object that begins at a place, or null if the text ends before it does.
     *
     * @throws PbxProtocolException if it is something else
     */
    @Nullable JsonText findObject(int begin) {
        origin = begin;
        at = begin;
        places = new JsonPlaces(0);
        try {
            requireObject();
            value(NO_NAME, false, 0);
            return new JsonText(Arrays.copyOfRange(text, begin, at), places);
        } catch (EndsTooEarly e) {
            return null;
        }
    }

    /**
     * Returns a plain text that is a member of an object, empty if there is none; what follows it
     * is not looked at.
     *
     * @throws PbxProtocolException if it is no object
     */
    static String findText(String text, String name) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new JsonScan(bytes, bytes.length, new JsonPlaces(0)).find(name);
    }

    private String find(String wanted) {
        requireObject();
        at++;
        if (skip('}')) {
            return "";
        }
        do {
            int name = nameBegin();
            string();
            boolean found = JsonText.isWritten(wanted, text, name);
            requireColon();
            boolean isText = peek() == '"';
            int begin = at + 1;
            value(NO_NAME, false, 1);
            if (found && isText) {
                return new String(text, begin, at - 1 - begin, StandardCharsets.UTF_8);
            }
        } while (skip(','));
        return "";
    }

    private void requireObject() {
        if (peek() != '{') {
            throw unreadable("something else");
        }
    }

    private void value(int name, boolean nameEscaped, int depth) {
        if (depth > DEEPEST) {
            throw unreadable("too deep");
        }
        byte first = peek();
        int value = places.open(name, nameEscaped, at - origin);
        switch (first) {
            case '{' -> members(depth);
            case '[' -> elements(depth);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
        places.close(value, at - origin);
    }

    private void members(int depth) {
        at++;
        if (skip('}')) {
            return;
        }
        do {
            int name = nameBegin();
            boolean escaped = string();
            requireColon();
            value(name, escaped, depth + 1);
        } while (skip(','));
        require('}');
    }

    private int nameBegin() {
        if (peek() != '"') {
            throw unreadable("a member without a name");
        }
        return at + 1 - origin;
    }

    private void requireColon() {
        if (!skip(':')) {
            throw unreadable("a member without a value");
        }
    }

    private void elements(int depth) {
        at++;
        if (skip(']')) {
            return;
        }
        do {
            value(NO_NAME, false, depth + 1);
        } while (skip(','));
        require(']');
    }

    /** Passes over a string; tells whether it has escapes. */
    private boolean string() {
        at++;
        boolean escaped = false;
        while (true) {
            at = quoteOrBackslash(at);
            if (text[at++] == '"') {
                return escaped;
            }
            escaped = true;
            escape();
        }
    }

    private int quoteOrBackslash(int from) {
        int found = from;
        while (found < end && text[found] != '"' && text[found] != '\\') {
            found++;
        }
        if (found == end) {
            throw endsTooEarly();
        }
        return found;
    }

    private void escape() {
        byte kind = next();
        if (kind == 'u') {
            for (int i = 0; i < 4; i++) {
                if (Character.digit(next(), 16) < 0) {
                    throw unreadable("a broken escape");
                }
            }
        } else if ("\"\\/bfnrt".indexOf(kind) < 0) {
            throw unreadable("an unknown escape");
        }
    }

    private void literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (next() != word.charAt(i)) {
                throw unreadable("an unknown word");
            }
        }
    }

    private void number() {
        int begin = at;
        while (at < end && isPartOfNumber(text[at])) {
            at++;
        }
        if (at == begin) {
            throw unreadable("an unexpected sign");
        }
    }

    private static boolean isPartOfNumber(byte c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == 'e' || c == 'E' || c == '+';
    }

    private void require(char sign) {
        if (!skip(sign)) {
            throw unreadable("an unexpected sign");
        }
    }

    private boolean skip(char sign) {
        if (peek() != sign) {
            return false;
        }
        at++;
        return true;
    }

    private byte peek() {
        skipBlanks();
        if (at >= end) {
            throw endsTooEarly();
        }
        return text[at];
    }

    private byte next() {
        if (at >= end) {
            throw endsTooEarly();
        }
        return text[at++];
    }

    private void skipBlanks() {
        while (at < end && isBlank(text[at])) {
            at++;
        }
    }

    /** Most signs that are asked about are none, and are known by one comparison. */
    static boolean isBlank(byte c) {
        return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
    }

    private PbxProtocolException unreadable(String what) {
        return new PbxProtocolException(told(what, at), words());
    }

    private EndsTooEarly endsTooEarly() {
        return new EndsTooEarly(end, words());
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
