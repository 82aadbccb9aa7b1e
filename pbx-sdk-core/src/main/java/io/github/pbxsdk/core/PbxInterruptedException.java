package io.github.pbxsdk.core;

import org.jspecify.annotations.Nullable;

/**
 * The thread that waited in a blocking call was interrupted.
 *
 * <p>The operation was cancelled and the interrupt flag of the thread is set again.
 */
public class PbxInterruptedException extends PbxException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception; see {@link PbxException#mayHaveBeenSent()}. */
    public PbxInterruptedException(
            String message, @Nullable Throwable cause, boolean mayHaveBeenSent) {
        super(message, cause, mayHaveBeenSent);
    }
}
