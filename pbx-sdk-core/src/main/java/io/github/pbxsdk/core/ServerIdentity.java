package io.github.pbxsdk.core;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which server answers, and since when it runs.
 *
 * <p>Another name means another machine, for instance after a fail-over; another start time means
 * that it was restarted: its calls are gone and its unique ids begin anew.
 */
public final class ServerIdentity {

    private final String name;
    private final @Nullable Instant startedAt;

    private ServerIdentity(String name, @Nullable Instant startedAt) {
        this.name = Objects.requireNonNull(name, "name");
        this.startedAt = startedAt;
    }

    /** Returns an identity whose start time is not known. */
    public static ServerIdentity of(String name) {
        return new ServerIdentity(name, null);
    }

    /** Returns an identity. */
    public static ServerIdentity of(String name, Instant startedAt) {
        return new ServerIdentity(name, Objects.requireNonNull(startedAt, "startedAt"));
    }

    /** Returns what tells this server from others, such as its entity id or system name. */
    public String name() {
        return name;
    }

    /** Returns when it was started, where the server tells. */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerIdentity that
                && name.equals(that.name)
                && Objects.equals(startedAt, that.startedAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, startedAt);
    }

    @Override
    public String toString() {
        return startedAt == null ? name : name + ", started " + startedAt;
    }
}
