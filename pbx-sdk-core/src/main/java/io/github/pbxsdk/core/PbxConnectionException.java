package io.github.pbxsdk.core;

import org.jspecify.annotations.Nullable;

/**
 * The peer cannot be reached, or the connection to it was lost.
 *
 * <p>Try again later, or look at the network. When {@link #mayHaveBeenSent()} is true, the request
 * was on its way and its outcome is unknown.
 */
public class PbxConnectionException extends PbxException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception for a peer that was never reached. */
    public PbxConnectionException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    /** Creates an exception; see {@link PbxException#mayHaveBeenSent()}. */
    public PbxConnectionException(
            String message, @Nullable Throwable cause, boolean mayHaveBeenSent) {
        super(message, cause, mayHaveBeenSent);
    }
}
