package io.github.pbxsdk.ari.event;

import io.github.pbxsdk.ari.AriObject;
import java.util.Objects;

/**
 * An event that this SDK has no class for: of a newer server, or of a vendor.
 *
 * <p>What could not be read at all has an empty type, and its text as the member {@code
 * unreadable}.
 *
 * @param raw everything the server sent
 */
public record OtherAriEvent(AriObject raw) implements AriEvent {

    /** Checks that nothing is null. */
    public OtherAriEvent {
        Objects.requireNonNull(raw, "raw");
    }

    static OtherAriEvent of(AriObject raw) {
        return new OtherAriEvent(raw);
    }
}
