package io.github.pbxsdk.ami;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes an action as bytes, within the limits of the server, or not at all.
 *
 * <p>Asterisk takes a line break in a value for the end of a line, so that a caller's name could
 * add headers of its own. It refuses longer lines and more of them with an answer that may lack the
 * action id, or cuts. All of that is found here, before a byte is sent.
 */
final class AmiEncoder {

    /** A line of 1024 bytes is refused by the server; its CR LF does not count. */
    static final int MAX_LINE_BYTES = 1023;

    /** What the server takes, the empty line at the end not counted. */
    static final int MAX_LINES = 128;

    private AmiEncoder() {}

    /**
     * Returns the bytes of an action.
     *
     * @throws IllegalArgumentException if a name or value cannot be sent; the message names it but
     *     does not show a value
     */
    static byte[] encode(List<AmiFields.Field> lines) {
        check(lines);
        return text(lines).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the lines as text, unchecked: for a recorder. */
    static String text(List<AmiFields.Field> lines) {
        StringBuilder text = new StringBuilder(lines.size() * 32);
        for (AmiFields.Field line : lines) {
            text.append(line.name()).append(": ").append(line.value()).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /**
     * Checks that an action can be sent.
     *
     * @throws IllegalArgumentException if a name or value cannot be sent; the message names it but
     *     does not show a value
     */
    static void check(List<AmiFields.Field> lines) {
        if (lines.size() > MAX_LINES) {
            throw new IllegalArgumentException(
                    "an action may have 128 lines at most, not " + lines.size());
        }
        lines.forEach(AmiEncoder::check);
    }

    private static void check(AmiFields.Field line) {
        checkName(line.name());
        requireOneLine(line.name(), line.value());
        int length = utf8Length(line.name()) + 2 + utf8Length(line.value());
        if (length > MAX_LINE_BYTES) {
            throw new IllegalArgumentException(
                    line.name()
                            + (" makes a line of " + length + " bytes; the server takes ")
                            + MAX_LINE_BYTES);
        }
    }

    private static void checkName(String name) {
        boolean allowed =
                !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ':');
        if (!allowed) {
            throw new IllegalArgumentException(
                    "a header name must be printable ASCII without blanks and colons");
        }
    }

    private static void requireOneLine(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == '\0') {
                throw new IllegalArgumentException(
                        name + " must not contain line breaks or NUL; found one at " + i);
            }
        }
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
