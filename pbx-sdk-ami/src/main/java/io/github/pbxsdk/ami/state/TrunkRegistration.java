package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.RegistrationStatus;

/** A registration of the PBX with a carrier. */
public sealed interface TrunkRegistration permits Values.Registration {

    /** {@return its name in the configuration} */
    String name();

    /** {@return where it registers, as a SIP URI} */
    String serverUri();

    /** {@return as whom it registers, as a SIP URI} */
    String clientUri();

    /** {@return whether the carrier took it} */
    RegistrationStatus status();
}
