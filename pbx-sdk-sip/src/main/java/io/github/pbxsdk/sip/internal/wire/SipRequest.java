package io.github.pbxsdk.sip.internal.wire;

import java.util.Optional;

/** A request that came. */
public final class SipRequest extends SipMessage {

    private final String method;
    private final String uri;

    SipRequest(String method, String uri, SipHeaders headers, byte[] body)
            throws MalformedMessageException {
        super(headers, body);
        this.method = method;
        this.uri = uri;
    }

    /** Returns the method. */
    public String method() {
        return method;
    }

    /** Returns the Request-URI as it was written. */
    public String uri() {
        return uri;
    }

    /** Returns the status to refuse it with for what it is, before anybody looks what it wants. */
    public Optional<Integer> fault() {
        if (!method.equals(sequenceMethod())) {
            return Optional.of(400);
        }
        if (!uri.regionMatches(true, 0, "sip:", 0, 4)
                && !uri.regionMatches(true, 0, "sips:", 0, 5)) {
            return Optional.of(416);
        }
        return Optional.empty();
    }
}
