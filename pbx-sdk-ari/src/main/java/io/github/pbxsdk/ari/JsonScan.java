package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;
import org.jspecify.annotations.Nullable;

/** Goes through a JSON text once, checks it, and notes where its values stand. */
final class JsonScan {

    /** Deeper than any object that makes sense; a text can be made of brackets alone. */
    private static final int DEEPEST = 255;

    private static final int NO_NAME = 0;

    private final String text;
    private JsonPlaces places;
    private int origin;
    private int at;
    private int backslash = -1;

    private JsonScan(String text, JsonPlaces places) {
        this.text = text;
        this.places = places;
    }

    /** Begins to go through a text that holds several objects. */
    static JsonScan of(String text) {
        return new JsonScan(text, new JsonPlaces(0));
    }

    /**
     * Returns the places of a text that is one object.
     *
     * @throws PbxProtocolException if it is something else
     */
    static JsonPlaces places(String text) {
        JsonScan scan = new JsonScan(text, new JsonPlaces(text.length()));
        scan.requireObject();
        scan.value(NO_NAME, false, 0);
        scan.skipBlanks();
        if (scan.at < text.length()) {
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
            return new JsonText(text.substring(begin, at), places);
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
        return new JsonScan(text, new JsonPlaces(0)).find(name);
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
            boolean found = at - 1 - name == wanted.length() && text.startsWith(wanted, name);
            requireColon();
            boolean isText = peek() == '"';
            int begin = at + 1;
            value(NO_NAME, false, 1);
            if (found && isText) {
                return text.substring(begin, at - 1);
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
        char first = peek();
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
        int end = text.indexOf('"', at + 1);
        if (end < 0) {
            throw new EndsTooEarly(at, text);
        }
        boolean escaped = backslashFrom(at) < end;
        if (escaped) {
            escapedString();
        } else {
            at = end + 1;
        }
        return escaped;
    }

    /** Returns where the next backslash is; few texts have one, so that is asked for once. */
    private int backslashFrom(int begin) {
        if (backslash < begin) {
            int found = text.indexOf('\\', begin);
            backslash = found < 0 ? text.length() : found;
        }
        return backslash;
    }

    private void escapedString() {
        at++;
        for (char c = next(); c != '"'; c = next()) {
            if (c == '\\') {
                escape();
            }
        }
    }

    private void escape() {
        char kind = next();
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
        if (!text.startsWith(word, at)) {
            if (word.startsWith(text.substring(at))) {
                throw new EndsTooEarly(at, text);
            }
            throw unreadable("an unknown word");
        }
        at += word.length();
    }

    private void number() {
        int begin = at;
        while (at < text.length() && isPartOfNumber(text.charAt(at))) {
            at++;
        }
        if (at == begin) {
            throw unreadable("an unexpected sign");
        }
    }

    private static boolean isPartOfNumber(char c) {
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

    private char peek() {
        skipBlanks();
        if (at >= text.length()) {
            throw new EndsTooEarly(at, text);
        }
        return text.charAt(at);
    }

    private char next() {
        if (at >= text.length()) {
            throw new EndsTooEarly(at, text);
        }
        return text.charAt(at++);
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    /** Most signs that are asked about are none, and are known by one comparison. */
    private static boolean isBlank(char c) {
        return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
    }

    private PbxProtocolException unreadable(String what) {
        return new PbxProtocolException(told(what, at), text);
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
