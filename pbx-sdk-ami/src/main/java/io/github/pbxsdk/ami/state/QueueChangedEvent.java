package io.github.pbxsdk.ami.state;

import java.util.Objects;

/**
 * A queue has other callers, members or figures. There is none for time that passes.
 *
 * @param queue the queue as it is now
 */
public record QueueChangedEvent(LiveQueue queue) implements StateEvent {

    /** Checks that nothing is missing. */
    public QueueChangedEvent {
        Objects.requireNonNull(queue, "queue");
    }
}
