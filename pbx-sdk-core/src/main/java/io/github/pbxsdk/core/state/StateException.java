package io.github.pbxsdk.core.state;

import io.github.pbxsdk.core.PbxException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link StateStore} cannot do what it was asked for: the disk is full, the database is away, a
 * file is damaged.
 *
 * <p>When {@link #mayHaveBeenSent()} is true, the change may have been stored: read it back before
 * repeating what must not happen twice.
 */
public class StateException extends PbxException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception for something that changed nothing. */
    public StateException(String message) {
        this(message, null, false);
    }

    /** Creates an exception; see {@link PbxException#mayHaveBeenSent()}. */
    public StateException(String message, @Nullable Throwable cause, boolean mayHaveBeenSent) {
        super(message, cause, mayHaveBeenSent);
    }
}
