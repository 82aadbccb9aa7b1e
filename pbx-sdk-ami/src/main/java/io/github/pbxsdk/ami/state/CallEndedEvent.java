package io.github.pbxsdk.ami.state;

import java.util.Objects;

/**
 * A call is over: its last channel went some seconds ago, or it goes on as part of another call.
 *
 * @param call the call at its end, without channels
 */
public record CallEndedEvent(LiveCall call) implements StateEvent {

    /** Checks that nothing is missing. */
    public CallEndedEvent {
        Objects.requireNonNull(call, "call");
    }
}
