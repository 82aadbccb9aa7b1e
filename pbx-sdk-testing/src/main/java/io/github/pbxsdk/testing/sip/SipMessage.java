package io.github.pbxsdk.testing.sip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A SIP request or answer as it is on the wire.
 *
 * <p>Immutable. Header names are found without regard to case, and by their long form only: short
 * forms are read as the long ones.
 */
public final class SipMessage {

    private static final Map<String, String> LONG_NAMES =
            Map.of(
                    "v", "Via",
                    "f", "From",
                    "t", "To",
                    "i", "Call-ID",
                    "m", "Contact",
                    "c", "Content-Type",
                    "l", "Content-Length",
                    "k", "Supported",
                    "o", "Event",
                    "s", "Subject");

    private static final List<String> ESSENTIAL = List.of("Via", "From", "To", "Call-ID", "CSeq");
    private static final Pattern SEQUENCE = Pattern.compile("\\d{1,10}\\s+\\S+");

    private final String startLine;
    private final List<Header> headers;
    private final byte[] body;

    /** One line of the head. */
    public record Header(String name, String value) {}

    private SipMessage(String startLine, List<Header> headers, byte[] body) {
        this.startLine = startLine;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /** Returns a request without headers. */
    public static SipMessage request(String method, String uri) {
        return new SipMessage(method + " " + uri + " SIP/2.0", List.of(), new byte[0]);
    }

    /** Returns an answer without headers. */
    public static SipMessage answer(int status, String reason) {
        return new SipMessage("SIP/2.0 " + status + " " + reason, List.of(), new byte[0]);
    }

    /**
     * Reads a message; empty if Asterisk would throw it away without a word.
     *
     * <p>That is what lacks {@code Via}, {@code From}, {@code To}, {@code Call-ID} or a {@code
     * CSeq} with a number, has an {@code Expires} that is none or another version, or asks for a
     * URI of an unknown scheme. Lines may end with a line feed alone. A body that is shorter than
     * announced is taken as it is.
     */
    public static Optional<SipMessage> parse(byte[] data) {
        int end = endOfHead(data);
        List<String> lines = unfold(new String(data, 0, end, StandardCharsets.UTF_8));
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<Header> headers = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                return Optional.empty();
            }
            headers.add(header(line, colon));
        }
        SipMessage head = new SipMessage(lines.get(0), headers, new byte[0]);
        return Optional.of(head)
                .filter(SipMessage::isReadable)
                .map(message -> message.body(message.bodyIn(data, end)));
    }

    private static Header header(String line, int colon) {
        String name = line.substring(0, colon).strip();
        return new Header(
                LONG_NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name),
                line.substring(colon + 1).strip());
    }

    /** Returns where the body begins; all is head if there is no empty line. */
    private static int endOfHead(byte[] data) {
        int lineStart = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] != '\n') {
                continue;
            }
            boolean empty = i == lineStart || (i == lineStart + 1 && data[lineStart] == '\r');
            if (empty && lineStart > 0) {
                return i + 1;
            }
            lineStart = i + 1;
        }
        return data.length;
    }

    private static List<String> unfold(String head) {
        List<String> lines = new ArrayList<>();
        for (String line : head.split("\r?\n", -1)) {
            boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (folded && !lines.isEmpty()) {
                int last = lines.size() - 1;
                lines.set(last, lines.get(last) + " " + line.strip());
            } else if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private boolean isReadable() {
        boolean complete = ESSENTIAL.stream().allMatch(name -> find(name).isPresent());
        return complete
                && SEQUENCE.matcher(get("CSeq")).matches()
                && all("Expires").stream().allMatch(value -> value.matches("\\d+"))
                && (isRequest()
                        ? startLine.matches("\\S+ (?i)(sips?|tel):\\S+ SIP/2\\.0")
                        : startLine.matches("SIP/2\\.0 [1-6]\\d\\d( .*)?"));
    }

    private byte[] bodyIn(byte[] data, int start) {
        int there = data.length - start;
        int announced = find("Content-Length").map(SipMessage::length).orElse(there);
        byte[] part = new byte[Math.min(there, announced)];
        System.arraycopy(data, start, part, 0, part.length);
        return part;
    }

    /** Returns the number in a {@code Content-Length}; 0 if it is none. */
    static int length(String value) {
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
    }

    /** Tells whether it is a request. */
    public boolean isRequest() {
        return !startLine.startsWith("SIP/");
    }

    /** Returns the first line. */
    public String startLine() {
        return startLine;
    }

    /** Returns the method of a request, or that of the request which this answers. */
    public String method() {
        return isRequest() ? word(startLine, 0) : word(get("CSeq"), 1);
    }

    /** Returns the URI that a request is for; empty for an answer. */
    public String uri() {
        return isRequest() ? word(startLine, 1) : "";
    }

    /** Returns the status of an answer; 0 for a request. */
    public int status() {
        return isRequest() ? 0 : Integer.parseInt(word(startLine, 1));
    }

    /** Returns the number in {@code CSeq}. */
    public long sequence() {
        return Long.parseLong(word(get("CSeq"), 0));
    }

    private static String word(String line, int index) {
        String[] words = line.split("\\s+", 3);
        return index < words.length ? words[index] : "";
    }

    /** Returns the first value of a header, if there is one. */
    public Optional<String> find(String name) {
        return all(name).stream().findFirst();
    }

    /** Returns the first value of a header; empty if there is none. */
    public String get(String name) {
        return find(name).orElse("");
    }

    /** Returns all values of a header, one for each line. */
    public List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** Returns the lines of the head, without the first. */
    public List<Header> headers() {
        return headers;
    }

    /** Returns the body. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns the body as a text in UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns the parameter {@code branch} of the topmost {@code Via}. */
    public String branch() {
        return SipHeaders.parameter(get("Via"), "branch").orElse("");
    }

    /** Returns this message with one more header, after the others. */
    public SipMessage with(String name, String value) {
        List<Header> all = new ArrayList<>(headers);
        all.add(new Header(name, value));
        return new SipMessage(startLine, all, body);
    }

    /** Returns this message without a header. */
    public SipMessage without(String name) {
        return new SipMessage(
                startLine,
                headers.stream().filter(one -> !one.name().equalsIgnoreCase(name)).toList(),
                body);
    }

    /** Returns this message with another body; its length is written by itself. */
    public SipMessage body(byte[] octets) {
        return new SipMessage(startLine, headers, octets.clone());
    }

    /** Returns this message with another body, in UTF-8. */
    public SipMessage body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what goes over the wire. */
    public byte[] bytes() {
        StringBuilder head = new StringBuilder(startLine).append("\r\n");
        for (Header header : headers) {
            if (!header.name().equalsIgnoreCase("Content-Length")) {
                head.append(header.name()).append(": ").append(header.value()).append("\r\n");
            }
        }
        head.append("Content-Length: ").append(String.format(Locale.ROOT, "%5d", body.length));
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length() + body.length + 4);
        out.writeBytes(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** Returns the text on the wire. */
    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
