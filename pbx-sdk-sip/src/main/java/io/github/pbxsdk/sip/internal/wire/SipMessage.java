package io.github.pbxsdk.sip.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message that came and was checked. */
public abstract sealed class SipMessage permits SipRequest, SipResponse {

    private final SipHeaders headers;
    private final byte[] body;
    private final long sequence;
    private final String sequenceMethod;
    private @Nullable TopVia topVia;

    SipMessage(SipHeaders headers, byte[] body) throws MalformedMessageException {
        this.headers = headers;
        this.body = body;
        String[] parts = headers.get("CSeq").strip().split("[ \t]+", 3);
        if (parts.length != 2) {
            throw new MalformedMessageException("CSeq is not a number and a method");
        }
        this.sequence = number("CSeq", parts[0], 0xFFFF_FFFFL);
        this.sequenceMethod = parts[1];
    }

    /** Reads a number of digits alone, up to a limit. */
    static long number(String what, String digits, long most) throws MalformedMessageException {
        if (digits.isEmpty() || digits.length() > 10) {
            throw new MalformedMessageException(what + " is not a number in its limits");
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                throw new MalformedMessageException(what + " is not a number");
            }
            value = value * 10 + (digit - '0');
        }
        if (value > most) {
            throw new MalformedMessageException(what + " is too large");
        }
        return value;
    }

    /** Returns the headers. */
    public final SipHeaders headers() {
        return headers;
    }

    /** Returns the body; not to be changed. */
    public final byte[] body() {
        return body;
    }

    /** Returns the body as text in UTF-8. */
    public final String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns the Call-ID. */
    public final String callId() {
        return headers.get("Call-ID");
    }

    /** Returns the number in CSeq. */
    public final long sequence() {
        return sequence;
    }

    /** Returns the method in CSeq. */
    public final String sequenceMethod() {
        return sequenceMethod;
    }

    /** Returns how many seconds a header tells, if it can be read. */
    public final Optional<Long> seconds(String header) {
        String value = headers().find(header);
        if (value == null) {
            return Optional.empty();
        }
        String digits = value.strip().split("[ ;(\t]", 2)[0];
        try {
            return Optional.of(number(header, digits, 0xFFFF_FFFFL));
        } catch (MalformedMessageException e) {
            // An unreadable wish counts as none.
            return Optional.empty();
        }
    }

    /** Returns the topmost Via. */
    public final TopVia via() throws MalformedMessageException {
        if (topVia == null) {
            topVia = Grammar.via(headers.get("Via"));
        }
        return topVia;
    }
}
