package io.github.pbxsdk.ami.state;

import java.util.Objects;

/**
 * The lamp, the presence or do-not-disturb of an extension changed.
 *
 * @param extension the extension as it is now
 */
public record ExtensionChangedEvent(LiveExtension extension) implements StateEvent {

    /** Checks that nothing is missing. */
    public ExtensionChangedEvent {
        Objects.requireNonNull(extension, "extension");
    }
}
