package io.github.pbxsdk.core;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a connection, since when, and why.
 *
 * <p>Immutable.
 */
public final class ConnectionStatus {

    private final ConnectionState state;
    private final Instant since;
    private final String reason;
    private final @Nullable PbxException failure;

    private ConnectionStatus(
            ConnectionState state, Instant since, String reason, @Nullable PbxException failure) {
        this.state = Objects.requireNonNull(state, "state");
        this.since = Objects.requireNonNull(since, "since");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.failure = failure;
    }

    /** Returns a status that no failure has led to. */
    public static ConnectionStatus of(ConnectionState state, Instant since, String reason) {
        return new ConnectionStatus(state, since, reason, null);
    }

    /** Returns a status that a failure has led to; its message is the reason. */
    public static ConnectionStatus of(ConnectionState state, Instant since, PbxException failure) {
        return new ConnectionStatus(
                state, since, Objects.requireNonNullElse(failure.getMessage(), ""), failure);
    }

    /** Returns the state. */
    public ConnectionState state() {
        return state;
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

    @Override
    public String toString() {
        return state + " since " + since + ": " + reason;
    }
}
