package io.github.pbxsdk.core;

import org.jspecify.annotations.Nullable;

/**
 * The peer understood and said no.
 *
 * <p>Each module has a kind of its own with the details of its protocol.
 */
public class PbxRejectedException extends PbxException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    /**
     * Creates an exception.
     *
     * @param code the number the peer gave, or 0 where its protocol has none
     * @param reason the peer's own words
     */
    public PbxRejectedException(String message, int code, String reason) {
        this(message, code, reason, null, false);
    }

    /** Creates an exception for a peer that can say no after it has done the work all the same. */
    public PbxRejectedException(
            String message,
            int code,
            String reason,
            @Nullable Throwable cause,
            boolean mayHaveBeenSent) {
        super(message, cause, mayHaveBeenSent);
        this.code = code;
        this.reason = reason;
    }

    /**
     * Returns the number the peer gave, such as an HTTP or SIP status, or 0 where there is none.
     */
    public final int code() {
        return code;
    }

    /** Returns the peer's own words. */
    public final String reason() {
        return reason;
    }
}
