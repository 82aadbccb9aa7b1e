package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a registration, since when, and why.
 *
 * <p>Immutable.
 */
public final class RegistrationStatus {

    private final RegistrationState state;
    private final Instant since;
    private final String reason;
    private final @Nullable PbxException failure;
    private final @Nullable Instant nextAttempt;

    RegistrationStatus(
            RegistrationState state,
            Instant since,
            String reason,
            @Nullable PbxException failure,
            @Nullable Instant nextAttempt) {
        this.state = Objects.requireNonNull(state, "state");
        this.since = Objects.requireNonNull(since, "since");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.failure = failure;
        this.nextAttempt = nextAttempt;
    }

    /** Returns the state. */
    public RegistrationState state() {
        return state;
    }

    /** Returns the colour of the state on a dashboard; the same as {@code state().light()}. */
    public Light light() {
        return state.light();
    }

    /** Returns since when it lasts. */
    public Instant since() {
        return since;
    }

    /** Returns why, in words for a person. */
    public String reason() {
        return reason;
    }

    /** Returns the failure that led here, if one did. */
    public Optional<PbxException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Returns when the next attempt is due, where one is planned. */
    public Optional<Instant> nextAttempt() {
        return Optional.ofNullable(nextAttempt);
    }

    @Override
    public String toString() {
        return state + " since " + since + ": " + reason;
    }
}
