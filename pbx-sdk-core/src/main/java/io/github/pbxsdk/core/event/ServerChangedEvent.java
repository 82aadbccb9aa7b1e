package io.github.pbxsdk.core.event;

import io.github.pbxsdk.core.ServerIdentity;
import java.util.Objects;

/**
 * After a reconnect another server answers, or the same one was restarted.
 *
 * <p>Calls, channels and unique ids from before mean nothing any more.
 */
public final class ServerChangedEvent implements PbxEvent {

    private final String source;
    private final ServerIdentity before;
    private final ServerIdentity now;

    /** Creates an event. */
    public ServerChangedEvent(String source, ServerIdentity before, ServerIdentity now) {
        this.source = Objects.requireNonNull(source, "source");
        this.before = Objects.requireNonNull(before, "before");
        this.now = Objects.requireNonNull(now, "now");
    }

    /** Returns which client this is about, such as {@code ami pbx.example.com:5038}. */
    public String source() {
        return source;
    }

    /** Returns the server that answered before. */
    public ServerIdentity before() {
        return before;
    }

    /** Returns the server that answers now. */
    public ServerIdentity now() {
        return now;
    }

    @Override
    public String toString() {
        return "ServerChangedEvent[" + source + ": " + before + " -> " + now + "]";
    }
}
