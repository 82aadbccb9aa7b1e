package io.github.pbxsdk.ami.state;

import java.util.Objects;

/**
 * The telephone of an extension works, or does not any more.
 *
 * @param before how it was
 * @param now how it is
 */
public record LightChangedEvent(ExtensionLight before, ExtensionLight now) implements StateEvent {

    /** Checks that nothing is missing. */
    public LightChangedEvent {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(now, "now");
    }
}
