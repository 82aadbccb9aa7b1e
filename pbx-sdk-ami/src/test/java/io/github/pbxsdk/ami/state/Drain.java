package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.testing.EventProbe;

/** Waits until the listeners of a state have heard all that there is to tell. */
final class Drain {

    private Drain() {}

    /** Closes the connection: that event comes last. */
    static void of(AmiState state, StateLab lab) {
        EventProbe<ConnectionEvent> last = EventProbe.on(state.events(), ConnectionEvent.class);
        lab.server.cut();
        last.next(change -> change.state() == ConnectionState.RECONNECTING);
    }
}
