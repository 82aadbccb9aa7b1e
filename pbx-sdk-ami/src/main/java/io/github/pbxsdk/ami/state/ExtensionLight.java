package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.core.Light;
import java.util.Objects;

/**
 * Whether the telephone of an extension works, in one colour, without registering as it.
 *
 * <p>Green means that the PBX knows a way to the telephone at this moment. It stays away from green
 * when nothing is known: while the connection to the PBX is down, everything is yellow or red.
 *
 * @param extension the number
 * @param light the colour
 * @param reason why, in words for a person
 */
public record ExtensionLight(String extension, Light light, String reason) {

    /** Checks that all are there. */
    public ExtensionLight {
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(light, "light");
        Objects.requireNonNull(reason, "reason");
    }
}
