package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.sip.Incoming.Answer;
import io.github.pbxsdk.sip.internal.wire.SipRequest;

/** What is watched at the server (RFC 6665). */
final class Watches {

    Watches(SipEngine engine) {}

    Answer notified(SipRequest request) {
        return Answer.of(481);
    }

    Subscription mailbox(RegistrationKeeper watcher) {
        throw new UnsupportedOperationException();
    }

    Subscription presence(RegistrationKeeper watcher, String watched) {
        throw new UnsupportedOperationException();
    }

    void connected() {}
}
