package io.github.pbxsdk.testing.sms;

import java.time.Instant;
import java.util.Set;

/** How a provider shows that a call is its own. */
interface Proof {

    /** Returns the call as the provider makes it. */
    Outgoing genuine(Outgoing call, Instant at);

    /** Returns the call as somebody makes it who does not know the secret. */
    Outgoing forged(Outgoing call, Instant at);

    /** Returns the call without anything that shows whose it is. */
    Outgoing bare(Outgoing call);

    /** Returns the faults that mean something to this one. */
    Set<WebhookFault> faults();
}
