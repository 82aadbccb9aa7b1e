package io.github.pbxsdk.core.internal.flight;

import io.github.pbxsdk.core.observe.FlightRecord;
import io.github.pbxsdk.core.observe.FlightRecord.Direction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of the lines of a recording, all ASCII.
 *
 * <pre>
 * pbx-sdk-flight 1 2026-11-21T08:15:00Z
 * 0.000000 &gt; ami-1 56 Action: Login\r\nUsername: admin\r\nSecret: ***\r\n\r\n
 * 0.001204 &lt; ami-1 262144/900000 Response: Success\r\n…
 * # 12 records missing
 * </pre>
 *
 * <p>That is: seconds since the first line above it, direction, connection, bytes, and the message,
 * where {@code \\ \r \n \t \xHH} stand for what is not visible ASCII. A second number of bytes, of
 * the whole message, tells that it was cut. A line whose bytes do not count up is damaged. Lines
 * with {@code #} that a reader does not know it skips.
 */
public final class FlightFormat {

    /** The longest line, of a message with nothing but escapes. */
    private static final int LINE_LIMIT = 4 * FlightLog.RECORD_BYTES + 1024;

    private static final String NAME = "pbx-sdk-flight";
    private static final int VERSION = 1;

    private static final Pattern HEADER = Pattern.compile(NAME + " ([1-9][0-9]{0,8})(?: (.*))?");
    private static final Pattern MISSING = Pattern.compile("# ([0-9]{1,18}) records missing");
    private static final Pattern RECORD =
            Pattern.compile(
                    "([0-9]{1,9})\\.([0-9]{6}) ([<>]) ([!-~]{1,100}) ([0-9]{1,9})(/[0-9]{1,10})? (.*)");

    private static final String ESCAPED = "\\rnt";
    private static final String MEANT = "\\\r\n\t";

    private FlightFormat() {}

    static byte[] header(Instant start) {
        return ascii(NAME + " " + VERSION + " " + start + "\n");
    }

    static byte[] missing(long count) {
        return ascii("# " + count + " records missing\n");
    }

    static byte[] line(FlightEntry entry, long offsetNanos, byte[] message) {
        long micros = Math.max(0, offsetNanos / 1000);
        String fraction = String.valueOf(1_000_000 + micros % 1_000_000).substring(1);
        String whole = entry.bytes.length < entry.length ? "/" + entry.length : "";
        StringBuilder line = new StringBuilder(message.length + 80);
        line.append(micros / 1_000_000).append('.').append(fraction);
        line.append(entry.direction == Direction.SENT ? " > " : " < ");
        line.append(entry.connection).append(' ');
        line.append(message.length).append(whole).append(' ');
        escape(message, line);
        return ascii(line.append('\n').toString());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void escape(byte[] message, StringBuilder line) {
        for (byte next : message) {
            int known = MEANT.indexOf(next);
            if (known >= 0) {
                line.append('\\').append(ESCAPED.charAt(known));
            } else if (next >= ' ' && next <= '~') {
                line.append((char) next);
            } else {
                line.append("\\x").append(HexFormat.of().toHexDigits(next));
            }
        }
    }

    private static byte @Nullable [] unescape(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int position = 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c != '\\') {
                bytes.write(c);
                position++;
                continue;
            }
            int value = escapedAt(text, position + 1);
            if (value < 0) {
                return null;
            }
            bytes.write(value);
            position += text.charAt(position + 1) == 'x' ? 4 : 2;
        }
        return bytes.toByteArray();
    }

    private static int escapedAt(String text, int position) {
        if (position >= text.length()) {
            return -1;
        }
        if (text.charAt(position) != 'x') {
            int known = ESCAPED.indexOf(text.charAt(position));
            return known < 0 ? -1 : MEANT.charAt(known);
        }
        boolean isHex =
                position + 2 < text.length()
                        && HexFormat.isHexDigit(text.charAt(position + 1))
                        && HexFormat.isHexDigit(text.charAt(position + 2));
        return isHex ? HexFormat.fromHexDigits(text, position + 1, position + 3) : -1;
    }

    /** Returns the record on a line, or nothing if it is damaged. */
    public static Optional<FlightRecord> record(String line, Instant start) {
        Matcher matcher = RECORD.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        byte[] bytes = unescape(matcher.group(7));
        if (bytes == null || bytes.length != Integer.parseInt(matcher.group(5))) {
            return Optional.empty();
        }
        Instant at =
                start.plusSeconds(Long.parseLong(matcher.group(1)))
                        .plusNanos(Long.parseLong(matcher.group(2)) * 1000);
        Direction direction = matcher.group(3).equals(">") ? Direction.SENT : Direction.RECEIVED;
        boolean isCut = matcher.group(6) != null;
        return Optional.of(new FlightRecord(at, direction, matcher.group(4), bytes, isCut));
    }

    /** Returns how many records are missing, if that is what the line says. */
    public static OptionalLong missing(String line) {
        Matcher matcher = MISSING.matcher(line);
        return matcher.matches()
                ? OptionalLong.of(Long.parseLong(matcher.group(1)))
                : OptionalLong.empty();
    }

    /** Returns the time on a first line, or nothing if it is another line. */
    public static Optional<Instant> start(String line, Path file) throws IOException {
        Matcher matcher = HEADER.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (!matcher.group(1).equals(String.valueOf(VERSION))) {
            throw new IOException(
                    file
                            + (" is a recording in format " + NAME + " " + matcher.group(1))
                            + ("; this version of pbx-sdk knows " + NAME + " " + VERSION)
                            + ": update it");
        }
        try {
            return Optional.of(Instant.parse(String.valueOf(matcher.group(2))));
        } catch (DateTimeException e) {
            throw new IOException(file + " has a first line without a time: " + line, e);
        }
    }

    /** Reads a first line and returns the time on it. */
    public static Instant requireHeader(InputStream in, Path file) throws IOException {
        String line = readLine(in).orElse("");
        return start(line, file)
                .orElseThrow(
                        () ->
                                new IOException(
                                        file
                                                + " is not a recording, which begins with "
                                                + NAME
                                                + "; it is left alone"));
    }

    /**
     * Returns the next line, or nothing at the end.
     *
     * <p>A last line without an end was torn off; it does not count up and so is damaged.
     */
    public static Optional<String> readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() == LINE_LIMIT) {
                throw new IOException("a line is longer than a recording can have");
            }
            line.write(next);
        }
        return Optional.of(line.toString(StandardCharsets.ISO_8859_1));
    }
}
