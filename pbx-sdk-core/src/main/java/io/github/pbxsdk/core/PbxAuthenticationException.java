package io.github.pbxsdk.core;

import org.jspecify.annotations.Nullable;

/**
 * The peer does not accept who we say we are: fix the credentials.
 *
 * <p>It is final until other credentials are given. Nothing is tried again by itself, because
 * FreePBX ships fail2ban and a client that hammers is banned.
 */
public class PbxAuthenticationException extends PbxException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public PbxAuthenticationException(String message) {
        this(message, null);
    }

    /** Creates an exception with the failure it came from. */
    public PbxAuthenticationException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
