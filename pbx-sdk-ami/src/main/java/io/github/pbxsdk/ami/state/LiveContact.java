package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.ContactState;

/** A telephone or app that has registered for an endpoint. */
public sealed interface LiveContact permits Values.Contact {

    /** {@return where it is, as a SIP URI} */
    String uri();

    /** {@return whether the PBX can reach it} */
    ContactState state();

    /** {@return what it calls itself, where the server tells} */
    String userAgent();
}
