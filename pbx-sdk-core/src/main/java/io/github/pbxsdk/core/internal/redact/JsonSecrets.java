package io.github.pbxsdk.core.internal.redact;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Masks secret members of JSON, and secrets in its strings, which may be JSON or GraphQL again.
 *
 * <p>It also knows pairs, {@code {"name": "api_key", "value": "…"}}, in either order. What was cut
 * off at its end is read as far as it goes.
 */
final class JsonSecrets {

    private static final int DEPTH_LIMIT = 32;
    private static final Set<String> NAME_KEYS = Set.of("name", "key", "keyword", "variable");
    private static final Set<String> VALUE_KEYS = Set.of("value", "val");
    private static final Set<String> SHOWN = Set.of("null", "true", "false", "\"\"");
    private static final String MASK = '"' + NamedSecrets.MASK + '"';

    private final String text;
    private final int level;
    private final StringBuilder masked = new StringBuilder();
    private int position;
    private int copied;

    private JsonSecrets(String text, int level) {
        this.text = text;
        this.level = level;
    }

    /** Returns the text with secrets masked, or null if it is not JSON. */
    static @Nullable String mask(String text, int level) {
        try {
            return new JsonSecrets(text, level).mask();
        } catch (NotJsonException e) {
            // The caller reads it as something else.
            return null;
        }
    }

    private String mask() {
        for (skipBlanks(); !isAtEnd(); skipBlanks()) {
            value(0);
        }
        copyUpToHere();
        return masked.toString();
    }

    private void value(int depth) {
        if (isAtEnd()) {
            return;
        }
        switch (text.charAt(position)) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            default -> literal();
        }
    }

    private void object(int depth) {
        requireDepth(depth);
        position++;
        Pair pair = new Pair();
        for (skipBlanks(); !isAtEnd(); skipBlanks()) {
            char next = text.charAt(position);
            if (next == '}') {
                position++;
                break;
            }
            if (next == ',') {
                position++;
            } else {
                member(depth, pair);
            }
        }
        copyUpToHere();
        pair.mask(masked);
    }

    private void member(int depth, Pair pair) {
        String name = name();
        skipBlanks();
        if (isAtEnd()) {
            return;
        }
        require(':');
        skipBlanks();
        if (SecretNames.isSecret(name)) {
            maskValue();
            return;
        }
        copyUpToHere();
        int from = masked.length();
        int start = position;
        value(depth);
        copyUpToHere();
        if (NAME_KEYS.contains(name)) {
            pair.isSecret |= isSecretName(text.substring(start, position));
        } else if (VALUE_KEYS.contains(name)) {
            pair.from = from;
            pair.tail = masked.length() - from;
        }
    }

    private static boolean isSecretName(String value) {
        return value.startsWith("\"")
                && SecretNames.isSecret(JsonStrings.decode(value.replace("\"", "")));
    }

    private String name() {
        require('"');
        int start = position;
        position = JsonStrings.end(text, start);
        String name = JsonStrings.decode(text.substring(start, position));
        position = Math.min(position + 1, text.length());
        return name;
    }

    private void maskValue() {
        copyUpToHere();
        int start = position;
        skipValue();
        if (!SHOWN.contains(text.substring(start, position)) && position > start) {
            masked.append(MASK);
            copied = position;
        }
    }

    private void skipValue() {
        if (isAtEnd()) {
            return;
        }
        switch (text.charAt(position)) {
            case '{', '[' -> position = Extent.endOfBracket(text, position);
            case '"' -> position = Math.min(JsonStrings.end(text, position + 1) + 1, text.length());
            default -> literal();
        }
    }

    private void array(int depth) {
        requireDepth(depth);
        position++;
        for (skipBlanks(); !isAtEnd(); skipBlanks()) {
            char next = text.charAt(position);
            if (next == ']') {
                position++;
                return;
            }
            if (next == ',') {
                position++;
            } else {
                value(depth);
            }
        }
    }

    private void string() {
        position++;
        copyUpToHere();
        int start = position;
        position = JsonStrings.end(text, start);
        String content = JsonStrings.decode(text.substring(start, position));
        String shown = Bodies.mask(content, level + 1);
        if (!shown.equals(content)) {
            masked.append(JsonStrings.encode(shown));
            copied = position;
        }
        position = Math.min(position + 1, text.length());
    }

    private void literal() {
        int start = position;
        while (!isAtEnd() && isLiteralCharacter(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw new NotJsonException();
        }
    }

    private static boolean isLiteralCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.';
    }

    private void require(char expected) {
        if (isAtEnd() || text.charAt(position) != expected) {
            throw new NotJsonException();
        }
        position++;
    }

    private static void requireDepth(int depth) {
        if (depth > DEPTH_LIMIT) {
            throw new NotJsonException();
        }
    }

    private void skipBlanks() {
        while (!isAtEnd() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private boolean isAtEnd() {
        return position >= text.length();
    }

    private void copyUpToHere() {
        masked.append(text, copied, position);
        copied = position;
    }

    /** A name and a value that stand in one object beside each other. */
    private static final class Pair {

        boolean isSecret;
        int from = -1;
        int tail;

        void mask(StringBuilder target) {
            if (isSecret && from >= 0) {
                target.replace(from, from + tail, MASK);
            }
        }
    }

    private static final class NotJsonException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotJsonException() {
            super("not JSON", null, false, false);
        }
    }
}
