package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.internal.Futures;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Registers users while they are there: from their first log-in or browser tab to a while after
 * the last.
 *
 * <pre>{@code
 * SipSessions sessions = SipSessions.on(sip);
 *
 * SipSession tab = sessions.acquire("1001", Credentials.of("1001", secret));
 * // … the tab is closed
 * tab.close();
 * }</pre>
 *
 * <p>Thread-safe. It ends with its client.
 */
public final class SipSessions {

    private static final Duration LINGER = Duration.ofSeconds(30);

    private final SipClient sip;
    private final Duration linger;
    private final RegisterOptions options;

    private SipSessions(SipClient sip, Duration linger, RegisterOptions options) {
        this.sip = sip;
        this.linger = linger;
        this.options = options;
    }

    /** Returns sessions that linger for 30 seconds and leave other devices alone. */
    public static SipSessions on(SipClient sip) {
        return new SipSessions(
                Objects.requireNonNull(sip, "sip"), LINGER, RegisterOptions.defaults());
    }

    /** Returns sessions, none yet, whose registration stays that long after the last user left. */
    public SipSessions linger(Duration value) {
        return new SipSessions(sip, value, options);
    }

    /** Returns sessions, none yet, that register in another way. */
    public SipSessions options(RegisterOptions value) {
        return new SipSessions(sip, linger, value);
    }

    /** Begins a session of a user; throws as {@link SipClient#register} does, and has none then. */
    public SipSession acquire(String extension, Credentials credentials) {
        return Futures.await(acquireAsync(extension, credentials));
    }

    /** Begins a session without waiting; the future fails as {@link #acquire} does. */
    public CompletableFuture<SipSession> acquireAsync(String extension, Credentials credentials) {
        throw new UnsupportedOperationException(extension + credentials + linger + options);
    }
}
