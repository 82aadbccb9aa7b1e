package io.github.pbxsdk.sip.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message from its bytes: splits it into headers and body, and checks what must hold
 * before anybody looks at it.
 *
 * <p>Work and memory grow with the size of the message and no faster.
 */
public final class MessageReader {

    /** More headers than any real message has. */
    private static final int MOST_HEADERS = 256;

    private static final List<String> ONCE = List.of("Call-ID", "CSeq", "From", "To");
    private static final List<String> AT_MOST_ONCE = List.of("Max-Forwards", "Content-Length");

    private static final Map<String, String> SHORT_NAMES =
            Map.ofEntries(
                    Map.entry("v", "Via"),
                    Map.entry("f", "From"),
                    Map.entry("t", "To"),
                    Map.entry("i", "Call-ID"),
                    Map.entry("m", "Contact"),
                    Map.entry("c", "Content-Type"),
                    Map.entry("l", "Content-Length"),
                    Map.entry("s", "Subject"),
                    Map.entry("k", "Supported"),
                    Map.entry("e", "Content-Encoding"),
                    Map.entry("o", "Event"),
                    Map.entry("r", "Refer-To"),
                    Map.entry("b", "Referred-By"),
                    Map.entry("u", "Allow-Events"),
                    Map.entry("x", "Session-Expires"),
                    Map.entry("a", "Accept-Contact"),
                    Map.entry("d", "Request-Disposition"),
                    Map.entry("j", "Reject-Contact"),
                    Map.entry("n", "Identity-Info"),
                    Map.entry("y", "Identity"));

    private MessageReader() {}

    /**
     * Reads a message that fills a datagram or a WebSocket message.
     *
     * @throws MalformedMessageException if it is none, or so broken that it cannot be answered
     */
    public static SipMessage read(byte[] bytes, int from, int to) throws MalformedMessageException {
        int start = from;
        while (start < to && (bytes[start] == '\r' || bytes[start] == '\n')) {
            start++;
        }
        int bodyStart = endOfHead(bytes, start, to);
        if (bodyStart < 0) {
            throw new MalformedMessageException("the headers have no end");
        }
        return read(bytes, start, bodyStart, to);
    }

    /** Returns where the body begins, or -1 when the empty line has not come yet. */
    static int endOfHead(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            int next = i + 1 < to && bytes[i + 1] == '\r' ? i + 2 : i + 1;
            if (next < to && bytes[next] == '\n') {
                return next + 1;
            }
        }
        return -1;
    }

    private static SipMessage read(byte[] bytes, int start, int bodyStart, int to)
            throws MalformedMessageException {
        String head = new String(bytes, start, bodyStart - start, StandardCharsets.UTF_8);
        int firstEnd = head.indexOf('\n');
        String firstLine = head.substring(0, firstEnd).strip();
        SipHeaders headers = headers(head, firstEnd + 1);
        check(headers);
        int length = contentLength(headers, to - bodyStart);
        byte[] body = Arrays.copyOfRange(bytes, bodyStart, bodyStart + length);
        return message(firstLine, headers, body);
    }

    private static SipMessage message(String firstLine, SipHeaders headers, byte[] body)
            throws MalformedMessageException {
        String[] parts = firstLine.split(" ", 3);
        if (parts.length < 2) {
            throw new MalformedMessageException("the first line is none of SIP");
        }
        if (parts[0].equalsIgnoreCase("SIP/2.0")) {
            int status = (int) SipMessage.number("the status", parts[1], 699);
            if (status < 100) {
                throw new MalformedMessageException("the status is below 100");
            }
            return new SipResponse(status, parts.length < 3 ? "" : parts[2], headers, body);
        }
        if (parts.length < 3 || !parts[2].equalsIgnoreCase("SIP/2.0") || !isToken(parts[0])) {
            throw new MalformedMessageException("the first line is none of SIP/2.0");
        }
        return new SipRequest(parts[0], parts[1], headers, body);
    }

    private static SipHeaders headers(String head, int from) throws MalformedMessageException {
        SipHeaders headers = new SipHeaders();
        int start = from;
        while (true) {
            int end = head.indexOf('\n', start);
            if (end < 0) {
                return headers;
            }
            int textEnd = end > start && head.charAt(end - 1) == '\r' ? end - 1 : end;
            if (textEnd == start) {
                return headers;
            }
            addLine(headers, head.substring(start, textEnd));
            start = end + 1;
        }
    }

    private static void addLine(SipHeaders headers, String line) throws MalformedMessageException {
        if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
            if (!headers.join(line.strip())) {
                throw new MalformedMessageException("the first header has no name");
            }
            return;
        }
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new MalformedMessageException("a header has no name");
        }
        if (headers.size() == MOST_HEADERS) {
            throw new MalformedMessageException("there are more than 256 headers");
        }
        headers.add(longName(line.substring(0, colon).strip()), line.substring(colon + 1).strip());
    }

    private static String longName(String name) {
        if (name.length() != 1) {
            return name;
        }
        return SHORT_NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }

    private static void check(SipHeaders headers) throws MalformedMessageException {
        if (headers.find("Via") == null) {
            throw new MalformedMessageException("there is no Via");
        }
        for (String name : ONCE) {
            if (headers.count(name) != 1) {
                throw new MalformedMessageException("there must be one " + name);
            }
        }
        for (String name : AT_MOST_ONCE) {
            if (headers.count(name) > 1) {
                throw new MalformedMessageException("there are several " + name);
            }
        }
    }

    /** Returns how long the body is: as told, or all that has come. */
    private static int contentLength(SipHeaders headers, int available)
            throws MalformedMessageException {
        String told = headers.find("Content-Length");
        if (told == null) {
            return available;
        }
        long length = SipMessage.number("Content-Length", told, Integer.MAX_VALUE);
        if (length > available) {
            throw new MalformedMessageException("the body is shorter than told");
        }
        return (int) length;
    }

    /** Returns the length told in the head of a message of a stream. */
    static int toldLength(byte[] bytes, int start, int bodyStart) throws MalformedMessageException {
        String head = new String(bytes, start, bodyStart - start, StandardCharsets.ISO_8859_1);
        SipHeaders headers = headers(head, head.indexOf('\n') + 1);
        @Nullable String told = headers.find("Content-Length");
        if (told == null || headers.count("Content-Length") > 1) {
            throw new MalformedMessageException("a stream needs one Content-Length");
        }
        return (int) SipMessage.number("Content-Length", told, Integer.MAX_VALUE);
    }

    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(
                                c ->
                                        (c < 128 && Character.isLetterOrDigit(c))
                                                || "-.!%*_+`'~".indexOf(c) >= 0);
    }
}
