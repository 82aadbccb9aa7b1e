package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;

/** The events of a client whose transport brings none from the server: those of its connection. */
record EventsWithoutServer(Events events) implements Events {

    @Override
    public <E extends PbxEvent> Subscription subscribe(
            Class<E> type, Listener<? super E> listener) {
        if (AmiEvent.class.isAssignableFrom(type)) {
            throw new UnsupportedOperationException(
                    "no "
                            + type.getSimpleName()
                            + " comes over HTTP, which carries single actions only; use"
                            + " AmiTransport.tcp() or webSocket(...) for events");
        }
        return events.subscribe(type, listener);
    }
}
