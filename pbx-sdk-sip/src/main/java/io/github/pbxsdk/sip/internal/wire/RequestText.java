package io.github.pbxsdk.sip.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request to be sent: all of it but what each attempt has of its own. */
public final class RequestText {

    private static final String USER_AGENT = "User-Agent: pbx-sdk\r\n";

    private final String method;
    private final String uri;
    private final String from;
    private final String to;
    private final String callId;
    private final StringBuilder head = new StringBuilder(256);
    private final StringBuilder headers = new StringBuilder(256);
    private byte[] body = new byte[0];

    /**
     * Begins a request.
     *
     * @param from the value of From, with its tag
     * @param to the value of To
     */
    public RequestText(String method, String uri, String from, String to, String callId) {
        this.method = method;
        this.uri = uri;
        this.from = from;
        this.to = to;
        this.callId = callId;
        head.append("Max-Forwards: 70\r\nFrom: ").append(from);
        head.append("\r\nTo: ").append(to);
        head.append("\r\nCall-ID: ").append(callId).append("\r\n");
    }

    /**
     * Adds a header.
     *
     * @throws IllegalArgumentException if name or value would break out of its line
     */
    public RequestText header(String name, String value) {
        if (!MessageReader.isToken(name)) {
            throw new IllegalArgumentException("not the name of a header: " + name);
        }
        requireOneLine(name, value);
        headers.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    private static void requireOneLine(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                throw new IllegalArgumentException(
                        "the header " + name + " must be one line without control characters");
            }
        }
    }

    /** Sets the body and its type. */
    public RequestText body(String contentType, byte[] content) {
        header("Content-Type", contentType);
        this.body = content;
        return this;
    }

    /** Returns the method. */
    public String method() {
        return method;
    }

    /**
     * Returns the beginning of one that has to do with this one: from the same, in the same call.
     *
     * @param recipient the value of To
     */
    public RequestText next(String nextMethod, String nextUri, String recipient) {
        return new RequestText(nextMethod, nextUri, from, recipient, callId);
    }

    /** Returns the value of To. */
    public String to() {
        return to;
    }

    /** Returns the Request-URI. */
    public String uri() {
        return uri;
    }

    /** Returns the Call-ID. */
    public String callId() {
        return callId;
    }

    /** Returns the body. */
    public byte[] body() {
        return body;
    }

    /** Returns about how many bytes it has, with a Via and a proof of the usual length. */
    public int size() {
        return 550 + uri.length() + head.length() + headers.length() + body.length;
    }

    /**
     * Writes one attempt.
     *
     * @param via the value of Via, with its branch
     * @param authorization whole header lines without their ends
     */
    public byte[] encode(String via, long sequence, List<String> authorization) {
        StringBuilder text =
                new StringBuilder(head.length() + headers.length() + 512 + body.length);
        text.append(method).append(' ').append(uri).append(" SIP/2.0\r\nVia: ").append(via);
        text.append("\r\n").append(head);
        text.append("CSeq: ").append(sequence).append(' ').append(method).append("\r\n");
        for (String line : authorization) {
            text.append(line).append("\r\n");
        }
        text.append(headers).append(USER_AGENT);
        text.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        return together(text, body);
    }

    static byte[] together(StringBuilder head, byte[] body) {
        byte[] first = head.toString().getBytes(StandardCharsets.UTF_8);
        if (body.length == 0) {
            return first;
        }
        byte[] all = new byte[first.length + body.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }
}
