package io.github.pbxsdk.sip.internal.wire;

/** A response that came. */
public final class SipResponse extends SipMessage {

    private final int status;
    private final String reason;

    SipResponse(int status, String reason, SipHeaders headers, byte[] body)
            throws MalformedMessageException {
        super(headers, body);
        this.status = status;
        this.reason = reason;
    }

    /** Returns the status. */
    public int status() {
        return status;
    }

    /** Returns the reason phrase, in the server's words. */
    public String reason() {
        return reason;
    }

    /** Tells whether it is the last one to its request. */
    public boolean isFinal() {
        return status >= 200;
    }

    /** Tells whether it says yes. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    @Override
    public String toString() {
        return status + " " + reason;
    }
}
