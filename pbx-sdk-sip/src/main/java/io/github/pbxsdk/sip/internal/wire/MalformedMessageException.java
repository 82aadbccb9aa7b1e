package io.github.pbxsdk.sip.internal.wire;

/** What came is not a SIP message that could be read; says in a few words why. */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public MalformedMessageException(String message) {
        super(message);
    }
}
