package io.github.pbxsdk.ami.state;

import java.util.Objects;

/**
 * Something about a call is different: its channels, its phase, who talks, what is recorded.
 *
 * @param before the call as it was
 * @param call the call as it is now
 */
public record CallChangedEvent(LiveCall before, LiveCall call) implements StateEvent {

    /** Checks that nothing is missing. */
    public CallChangedEvent {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(call, "call");
    }
}
