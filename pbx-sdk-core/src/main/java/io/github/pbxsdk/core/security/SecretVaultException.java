package io.github.pbxsdk.core.security;

import io.github.pbxsdk.core.PbxException;
import org.jspecify.annotations.Nullable;

/**
 * Something sealed does not open; {@link #kind()} says why.
 *
 * <p>The message names the field and the id of the key, never the secret or the sealed text.
 */
public class SecretVaultException extends PbxException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    SecretVaultException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause, false);
        this.kind = kind;
    }

    /** Returns why it does not open. */
    public Kind kind() {
        return kind;
    }

    /** Why something sealed does not open. */
    public enum Kind {
        /** It does not have the shape of a sealed text or stream at all. */
        NOT_SEALED,
        /** A newer version of this SDK sealed it. */
        NEWER_FORMAT,
        /** The vault has no key with the id that stands in it. */
        UNKNOWN_KEY,
        /**
         * It was changed, or sealed for another place, or sealed with another key of the same id.
         *
         * <p>Which of them cannot be told: the check that all three fail is one and the same.
         */
        DAMAGED_OR_MOVED,
        /** The end of a sealed stream is missing; what came before was in order. */
        CUT_OFF
    }
}
