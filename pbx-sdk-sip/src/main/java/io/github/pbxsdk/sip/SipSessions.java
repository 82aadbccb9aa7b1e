package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.internal.digest.DigestSecret;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Registers users while they are there: from the first log-in or browser tab to a while after the
 * last.
 *
 * <pre>{@code
 * SipSessions sessions = SipSessions.on(sip);
 *
 * SipSession tab = sessions.acquire("1001", Credentials.of("1001", secret));
 * // … the tab is closed
 * tab.close();
 * }</pre>
 *
 * <p>Make one for a client and keep it; it ends with the client. Thread-safe.
 */
public final class SipSessions {

    private static final Duration LINGER = Duration.ofSeconds(30);

    private final SipEngine engine;
    private final Duration linger;
    private final RegisterOptions options;

    /** Used by tasks of the engine's actor alone. */
    private final Map<String, User> users = new HashMap<>();

    private SipSessions(SipEngine engine, Duration linger, RegisterOptions options) {
        this.engine = engine;
        this.linger = linger;
        this.options = options;
    }

    /** Returns sessions that linger for 30 seconds and leave other devices alone. */
    public static SipSessions on(SipClient sip) {
        return new SipSessions(sip.engine(), LINGER, RegisterOptions.defaults());
    }

    /**
     * Returns sessions, none yet, whose registration stays that long after the last one of a user
     * has ended: a page that is loaded anew finds it still there.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public SipSessions linger(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("linger must not be negative: " + value);
        }
        return new SipSessions(engine, value, options);
    }

    /** Returns sessions, none yet, that register in another way. */
    public SipSessions options(RegisterOptions value) {
        return new SipSessions(engine, linger, Objects.requireNonNull(value, "options"));
    }

    /** Returns sessions, none yet, that end the registrations of other devices first. */
    public SipSessions takeOver() {
        return options(options.takeOver());
    }

    /**
     * Begins a session of a user, and registers the extension if it is the first; throws as {@link
     * SipClient#register} does, and there is no session then.
     */
    public SipSession acquire(String extension, Credentials credentials) {
        return Futures.await(acquireAsync(extension, credentials));
    }

    /** Begins a session without waiting; the future fails as {@link #acquire} does. */
    public CompletableFuture<SipSession> acquireAsync(String extension, Credentials credentials) {
        engine.ask(Operations.REGISTER);
        SipText.requireExtension(extension);
        engine.requireOpen();
        DigestSecret secret = options.secret(credentials);
        RootFuture<SipSession> future = engine.newFuture();
        if (!engine.offer(() -> join(extension, secret, future))) {
            future.fail(engine.closedException());
        }
        return future;
    }

    private void join(String extension, DigestSecret secret, RootFuture<SipSession> future) {
        User user = users.computeIfAbsent(extension, key -> new User());
        user.leaving.cancel();
        user.sessions++;
        engine.registrations()
                .registerNow(extension, secret, options, new Joining(extension, future));
    }

    /** Whoever is there, in how many places. */
    private static final class User {

        private int sessions;
        private Time.Alarm leaving = () -> {};
    }

    /** One session that waits for the registration. */
    private final class Joining implements RegistrationWaiter {

        private final String extension;
        private final RootFuture<SipSession> future;

        Joining(String extension, RootFuture<SipSession> future) {
            this.extension = extension;
            this.future = future;
        }

        @Override
        public void registered(Registration registration) {
            AtomicBoolean open = new AtomicBoolean(true);
            SipSession session =
                    new SipSession(
                            registration,
                            () -> {
                                if (open.compareAndSet(true, false)) {
                                    engine.execute(() -> release(extension, linger));
                                }
                            });
            if (!future.succeed(session)) {
                // Whoever asked for it has given up.
                session.close();
            }
        }

        @Override
        public void failed(PbxException failure) {
            release(extension, Duration.ZERO);
            future.fail(failure);
        }
    }

    private void release(String extension, Duration after) {
        User user = users.get(extension);
        if (user == null || --user.sessions > 0) {
            return;
        }
        user.leaving.cancel();
        user.leaving = engine.time().schedule(after, () -> engine.execute(() -> leave(extension)));
    }

    private void leave(String extension) {
        User user = users.get(extension);
        if (user != null && user.sessions == 0) {
            users.remove(extension);
            engine.registrations().find(extension).ifPresent(one -> one.unregister(false));
        }
    }
}
