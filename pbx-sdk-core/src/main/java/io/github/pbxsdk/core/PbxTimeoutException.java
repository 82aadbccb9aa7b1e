package io.github.pbxsdk.core;

import org.jspecify.annotations.Nullable;

/**
 * No answer came in time.
 *
 * <p>When {@link #mayHaveBeenSent()} is true, the outcome is unknown: check before repeating.
 */
public class PbxTimeoutException extends PbxException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception; see {@link PbxException#mayHaveBeenSent()}. */
    public PbxTimeoutException(String message, @Nullable Throwable cause, boolean mayHaveBeenSent) {
        super(message, cause, mayHaveBeenSent);
    }
}
