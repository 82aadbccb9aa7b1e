package io.github.pbxsdk.core;

import org.jspecify.annotations.Nullable;

/**
 * Root of everything this SDK throws about the outside world.
 *
 * <p>Each kind suggests what to do next: see {@link PbxConnectionException}, {@link
 * PbxAuthenticationException}, {@link PbxTimeoutException}, {@link PbxProtocolException}, {@link
 * PbxInterruptedException} and {@link PbxRejectedException}. Wrong use by the caller is an {@link
 * IllegalArgumentException}, {@link IllegalStateException} or {@link NullPointerException} instead.
 *
 * <p>Messages say what was tried, on which host, and what came back. They never hold secrets or the
 * text of messages.
 */
public class PbxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveBeenSent;

    /** Creates an exception for something that happened before anything was sent. */
    public PbxException(String message) {
        this(message, null, false);
    }

    /**
     * Creates an exception.
     *
     * @param mayHaveBeenSent whether the peer may have carried out what was asked
     */
    public PbxException(String message, @Nullable Throwable cause, boolean mayHaveBeenSent) {
        super(message, cause);
        this.mayHaveBeenSent = mayHaveBeenSent;
    }

    /**
     * Tells whether the peer may have carried out what was asked.
     *
     * <p>False means that it did not: nothing was sent, or the peer refused. True means that the
     * outcome is unknown: find out before repeating something that must not happen twice.
     */
    public final boolean mayHaveBeenSent() {
        return mayHaveBeenSent;
    }
}
