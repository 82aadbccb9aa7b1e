package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last failure of a registration, kept until it succeeds again.
 *
 * <p>Immutable.
 */
public final class RegistrationError {

    private final PbxException failure;
    private final int status;
    private final Instant at;
    private final @Nullable Instant nextAttempt;

    RegistrationError(PbxException failure, int status, Instant at, @Nullable Instant nextAttempt) {
        this.failure = Objects.requireNonNull(failure, "failure");
        this.status = status;
        this.at = Objects.requireNonNull(at, "at");
        this.nextAttempt = nextAttempt;
    }

    /** Returns what went wrong, in a sentence. */
    public String reason() {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    /** Returns the status that the server answered, such as 403, or 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** Returns the failure itself. */
    public PbxException failure() {
        return failure;
    }

    /** Returns when it happened. */
    public Instant at() {
        return at;
    }

    /** Returns when it is tried again; empty when it is not. */
    public Optional<Instant> nextAttempt() {
        return Optional.ofNullable(nextAttempt);
    }

    @Override
    public String toString() {
        return reason() + (nextAttempt == null ? "" : "; next attempt at " + nextAttempt);
    }
}
