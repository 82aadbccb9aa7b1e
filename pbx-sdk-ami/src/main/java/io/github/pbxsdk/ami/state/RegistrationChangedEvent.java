package io.github.pbxsdk.ami.state;

import java.util.Objects;

/**
 * A registration with a carrier was made, refused or lost.
 *
 * @param registration the registration as it is now
 */
public record RegistrationChangedEvent(TrunkRegistration registration) implements StateEvent {

    /** Checks that nothing is missing. */
    public RegistrationChangedEvent {
        Objects.requireNonNull(registration, "registration");
    }
}
