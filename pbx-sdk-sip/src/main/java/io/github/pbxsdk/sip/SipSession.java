package io.github.pbxsdk.sip;

/**
 * Proof that a user is there, for one browser tab or log-in; see {@link SipSessions}.
 *
 * <p>Thread-safe.
 */
public final class SipSession implements AutoCloseable {

    private final Registration registration;
    private final Runnable release;

    SipSession(Registration registration, Runnable release) {
        this.registration = registration;
        this.release = release;
    }

    /** Returns the registration that the sessions of this user share. */
    public Registration registration() {
        return registration;
    }

    /** Gives it back; repeatable. The last one of a user ends the registration after a while. */
    @Override
    public void close() {
        release.run();
    }
}
