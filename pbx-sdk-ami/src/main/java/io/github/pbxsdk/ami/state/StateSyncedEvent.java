package io.github.pbxsdk.ami.state;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * The picture is complete again: everything was read from the server, and what was different has
 * been told before this event.
 *
 * @param at when
 * @param unavailable what the server doesn't have, or not for this AMI user
 */
public record StateSyncedEvent(Instant at, Set<StatePart> unavailable) implements StateEvent {

    /** Copies the set. */
    public StateSyncedEvent {
        Objects.requireNonNull(at, "at");
        unavailable = Set.copyOf(unavailable);
    }
}
