package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.sip.event.RegistrationChangedEvent;
import io.github.pbxsdk.sip.event.WatchEvent;
import io.github.pbxsdk.sip.internal.transport.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one registration: its state, what the server has granted, what went wrong last.
 *
 * <p>Written by tasks of the engine's actor, read by everybody.
 */
final class RegistrationFacts {

    private final SipEngine engine;
    private final String extension;
    private volatile RegistrationStatus status;
    private volatile @Nullable RegistrationError error;
    private volatile @Nullable Grant grant;
    private volatile List<String> serviceRoute = List.of();
    private volatile @Nullable WatchEvent mailbox;

    RegistrationFacts(SipEngine engine, String extension) {
        this.engine = engine;
        this.extension = extension;
        this.status =
                new RegistrationStatus(
                        RegistrationState.IDLE, now(), "not registered yet", null, null);
    }

    /** What the server has granted, and over which flow. */
    record Grant(Flow flow, Instant expiresAt) {}

    private Instant now() {
        return engine.time().now();
    }

    String extension() {
        return extension;
    }

    RegistrationStatus status() {
        return status;
    }

    RegistrationState state() {
        return status.state();
    }

    Optional<RegistrationError> error() {
        return Optional.ofNullable(error);
    }

    /** Returns the way that the server wants requests of ours to take. */
    List<String> serviceRoute() {
        return serviceRoute;
    }

    /** Returns what the server told last about the mailbox without being asked, if it did. */
    @Nullable WatchEvent mailbox() {
        return mailbox;
    }

    void mailbox(WatchEvent told) {
        mailbox = told;
    }

    boolean isRegistered() {
        Grant held = grant;
        return held != null && held.flow() == engine.flow() && now().isBefore(held.expiresAt());
    }

    boolean isRegistering() {
        RegistrationState state = status.state();
        return state == RegistrationState.REGISTERING || state == RegistrationState.REFRESHING;
    }

    Optional<Instant> expiresAt() {
        Grant held = grant;
        return held == null || !isRegistered() ? Optional.empty() : Optional.of(held.expiresAt());
    }

    /** Tells whether the server may still have us, whatever became of the flow. */
    boolean isHeld() {
        return grant != null;
    }

    boolean isHeld(Grant one) {
        return one.equals(grant);
    }

    /** Notes what the server has granted; the last failure is over. */
    Grant granted(Flow flow, Duration time, List<String> route) {
        Grant now = new Grant(flow, now().plus(time));
        grant = now;
        error = null;
        serviceRoute = List.copyOf(route);
        return now;
    }

    /** Notes that the server does not have us any more. */
    void lost() {
        grant = null;
    }

    /** Changes the state and tells everybody. */
    void become(RegistrationState state, String reason) {
        become(new RegistrationStatus(state, now(), reason, null, null));
    }

    /**
     * Changes the state because of a failure, which is kept, and tells everybody.
     *
     * @param circumstances come before the reason in the status
     * @param status what the server answered, or 0
     * @param next when it is tried again, if that is known
     */
    void fail(
            RegistrationState state,
            String circumstances,
            PbxException failure,
            int status,
            @Nullable Instant next) {
        error = new RegistrationError(failure, status, now(), next);
        String reason = circumstances + failure.getMessage();
        become(new RegistrationStatus(state, now(), reason, failure, next));
    }

    private void become(RegistrationStatus now) {
        RegistrationStatus before = status;
        status = now;
        engine.announce(new RegistrationChangedEvent(extension, before, now));
    }
}
