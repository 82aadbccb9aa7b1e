package io.github.pbxsdk.ami;

import java.nio.charset.StandardCharsets;

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
    static byte[] encode(AmiFields lines) {
        check(lines);
        return lines.toBytes();
    }

    /** Returns the lines as text, unchecked: for a recorder. */
    static String text(AmiFields lines) {
        return new String(lines.toBytes(), StandardCharsets.UTF_8);
    }

    /**
     * Checks that an action can be sent.
     *
     * @throws IllegalArgumentException if a name or value cannot be sent; the message names it but
     *     does not show a value
     */
    static void check(AmiFields lines) {
        check(lines, 0);
    }

    /** Checks lines to which so many more are added, as {@link #check(AmiFields)} does. */
    static void check(AmiFields lines, int added) {
        int all = lines.size() + added;
        if (all > MAX_LINES) {
            throw new IllegalArgumentException("an action may have 128 lines at most, not " + all);
        }
        for (int line = 0; line < lines.size(); line++) {
            checkLine(lines, line);
        }
    }

    private static void checkLine(AmiFields lines, int line) {
        if (lines.nameLength(line) == 0 || !lines.nameMatches(line, AmiEncoder::isNameByte)) {
            throw new IllegalArgumentException(
                    "a header name must be printable ASCII without blanks and colons");
        }
        int unfit = lines.indexInValue(line, AmiEncoder::endsLine);
        if (unfit >= 0) {
            throw new IllegalArgumentException(
                    lines.asList().get(line).name()
                            + " must not contain line breaks or NUL; found one at byte "
                            + unfit);
        }
        int length = lines.nameLength(line) + 2 + lines.valueLength(line);
        if (length > MAX_LINE_BYTES) {
            throw new IllegalArgumentException(
                    lines.asList().get(line).name()
                            + (" makes a line of " + length + " bytes; the server takes ")
                            + MAX_LINE_BYTES);
        }
    }

    /** Bytes above ASCII are negative. */
    private static boolean isNameByte(int letter) {
        return letter > ' ' && letter < 0x7F && letter != ':';
    }

    private static boolean endsLine(int letter) {
        return letter == '\r' || letter == '\n' || letter == '\0';
    }
}
