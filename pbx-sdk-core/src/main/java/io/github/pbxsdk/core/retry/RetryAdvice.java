package io.github.pbxsdk.core.retry;

import java.time.Duration;
import java.util.Optional;

/**
 * A failure that says itself whether, and when, another try makes sense.
 *
 * <p>Exceptions of the modules implement it where the peer's answer tells; a provider of your own
 * may do so as well.
 */
public interface RetryAdvice {

    /** Tells whether the same call may succeed later: the peer is busy, not unwilling. */
    boolean mayHelp();

    /**
     * Tells whether the peer certainly did nothing, so that even a call that must not happen twice
     * may be made again.
     *
     * <p>True for status 429, and for others only where this very peer documents it.
     */
    boolean unprocessed();

    /** Returns how long the peer asks us to wait. */
    Optional<Duration> retryAfter();
}
