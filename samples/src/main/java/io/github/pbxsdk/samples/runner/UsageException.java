package io.github.pbxsdk.samples.runner;

import org.jspecify.annotations.Nullable;

/** What was typed or set cannot be used; the message names it and says what to do. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception; the message is all the user sees. */
    public UsageException(String message) {
        this(message, null);
    }

    /** Creates an exception with the failure it came from. */
    public UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
