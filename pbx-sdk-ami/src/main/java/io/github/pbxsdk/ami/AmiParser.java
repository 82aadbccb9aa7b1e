package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of one connection into messages; belongs to its reader.
 *
 * <p>Tolerant where servers differ: lines end with CR LF or LF, one blank after the colon or none,
 * empty lines between messages, lines without a colon. Bounded, since a peer may be broken or
 * worse.
 *
 * <p>The caller reads into {@link #buffer()} from {@link #writeFrom()} on, tells with {@link #fed}
 * how much came, and takes messages with {@link #next()} until there is none.
 */
final class AmiParser {

    /** The longest message taken: command output can be long. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    /** The longest line taken; Asterisk's own are below 64 KiB. */
    static final int MAX_LINE_BYTES = 1024 * 1024;

    /** The most lines taken in one message. */
    static final int MAX_LINES = 250_000;

    private static final int FIRST_BUFFER_BYTES = 16 * 1024;
    private static final int MARKS = 4;

    /** Ends command output on servers before 14, which has lines of its own. */
    private static final byte[] END_COMMAND = ascii("--END COMMAND--");

    private static final byte[] RESPONSE = ascii("Response");
    private static final byte[] FOLLOWS = ascii("Follows");
    private static final byte[] ACTION_ID = ascii("ActionID");
    private static final byte[] PRIVILEGE = ascii("Privilege");

    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int messageFrom;
    private int lineFrom;
    private int scannedTo;
    private int filledTo;

    private int[] marks = new int[64 * MARKS];
    private int lines;
    private boolean follows;

    /** Returns the buffer to read into, with room for at least a kilobyte. */
    byte[] buffer() {
        if (buffer.length - filledTo < 1024) {
            makeRoom();
        }
        return buffer;
    }

    /** Returns from where on to read into the buffer. */
    int writeFrom() {
        return filledTo;
    }

    /** Notes that so many bytes were read. */
    void fed(int count) {
        filledTo += count;
    }

    /**
     * Returns a line that stands alone, such as the greeting; null when it has not all come.
     *
     * @throws PbxProtocolException if the line is too long
     */
    @Nullable String nextLine() {
        int end = endOfLine();
        if (end < 0) {
            return null;
        }
        String line = text(lineFrom, withoutReturn(end));
        lineFrom = end + 1;
        scannedTo = lineFrom;
        messageFrom = lineFrom;
        return line;
    }

    /**
     * Returns the next message; null when it has not all come.
     *
     * @throws PbxProtocolException if it is too large; the connection cannot be used any more
     */
    @Nullable AmiFields next() {
        for (int end = endOfLine(); end >= 0; end = endOfLine()) {
            int from = lineFrom;
            int to = withoutReturn(end);
            lineFrom = end + 1;
            scannedTo = lineFrom;
            if (to > from || follows) {
                takeLine(from, to);
            } else if (lines > 0) {
                return finish(from);
            } else {
                messageFrom = lineFrom;
            }
        }
        return null;
    }

    /** Returns where the current line ends, or -1 when its end has not come. */
    private int endOfLine() {
        for (int i = scannedTo; i < filledTo; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        scannedTo = filledTo;
        require(filledTo - lineFrom <= MAX_LINE_BYTES, "a line", MAX_LINE_BYTES, "bytes");
        return -1;
    }

    private int withoutReturn(int end) {
        return end > lineFrom && buffer[end - 1] == '\r' ? end - 1 : end;
    }

    private void takeLine(int from, int to) {
        if (follows && !isBeforeOutput(from, to)) {
            follows = !is(END_COMMAND, from, to);
            mark(from, from, from, to);
            return;
        }
        int colon = colonIn(from, to);
        if (colon < 0) {
            mark(from, from, from, to);
            return;
        }
        int value = colon + 1 < to && buffer[colon + 1] == ' ' ? colon + 2 : colon + 1;
        mark(from, colon, value, to);
        follows |= lines == 1 && is(RESPONSE, from, colon) && is(FOLLOWS, value, to);
    }

    /** Tells the ordinary lines that stand in front of command output in its old form. */
    private boolean isBeforeOutput(int from, int to) {
        int colon = colonIn(from, to);
        return colon > 0 && (is(ACTION_ID, from, colon) || is(PRIVILEGE, from, colon));
    }

    private int colonIn(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == ':') {
                return i;
            }
        }
        return -1;
    }

    private boolean is(byte[] word, int from, int to) {
        return Arrays.equals(word, 0, word.length, buffer, from, to);
    }

    /** Notes a line, relative to the message, since the message may be moved while it comes in. */
    private void mark(int nameFrom, int nameTo, int valueFrom, int valueTo) {
        require(lines < MAX_LINES, "a message", MAX_LINES, "lines");
        int at = lines++ * MARKS;
        if (at == marks.length) {
            marks = Arrays.copyOf(marks, marks.length * 2);
        }
        marks[at] = nameFrom - messageFrom;
        marks[at + 1] = nameTo - messageFrom;
        marks[at + 2] = valueFrom - messageFrom;
        marks[at + 3] = valueTo - messageFrom;
    }

    /** Copies the message out of the buffer, which is used again. */
    private AmiFields finish(int to) {
        AmiFields message =
                AmiFields.over(
                        Arrays.copyOfRange(buffer, messageFrom, to),
                        Arrays.copyOf(marks, lines * MARKS));
        lines = 0;
        messageFrom = lineFrom;
        return message;
    }

    private void makeRoom() {
        if (messageFrom > 0) {
            System.arraycopy(buffer, messageFrom, buffer, 0, filledTo - messageFrom);
            lineFrom -= messageFrom;
            scannedTo -= messageFrom;
            filledTo -= messageFrom;
            messageFrom = 0;
        }
        if (buffer.length - filledTo < buffer.length / 4) {
            require(buffer.length < MAX_MESSAGE_BYTES, "a message", MAX_MESSAGE_BYTES, "bytes");
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }

    private void require(boolean withinLimit, String what, int limit, String unit) {
        if (!withinLimit) {
            throw new PbxProtocolException(
                    "the server sent " + what + " of more than " + limit + " " + unit,
                    text(messageFrom, Math.min(filledTo, messageFrom + 1024)));
        }
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
