package io.github.pbxsdk.ami.state;

import java.util.Objects;

/**
 * There is a call.
 *
 * @param call the call as it is now
 */
public record CallAppearedEvent(LiveCall call) implements StateEvent {

    /** Checks that nothing is missing. */
    public CallAppearedEvent {
        Objects.requireNonNull(call, "call");
    }
}
