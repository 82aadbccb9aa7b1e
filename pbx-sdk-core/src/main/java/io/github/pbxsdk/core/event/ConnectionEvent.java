package io.github.pbxsdk.core.event;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.ConnectionStatus;
import java.util.Objects;

/**
 * The connection of a client changed its state.
 *
 * <p>Each change is one event, in order.
 */
public final class ConnectionEvent implements PbxEvent {

    private final String source;
    private final ConnectionStatus before;
    private final ConnectionStatus now;

    /** Creates an event. */
    public ConnectionEvent(String source, ConnectionStatus before, ConnectionStatus now) {
        this.source = Objects.requireNonNull(source, "source");
        this.before = Objects.requireNonNull(before, "before");
        this.now = Objects.requireNonNull(now, "now");
    }

    /** Returns which client this is about, such as {@code ami pbx.example.com:5038}. */
    public String source() {
        return source;
    }

    /** Returns how it was. */
    public ConnectionStatus before() {
        return before;
    }

    /** Returns how it is now, with the reason. */
    public ConnectionStatus now() {
        return now;
    }

    /** Returns the new state; the same as {@code now().state()}. */
    public ConnectionState state() {
        return now.state();
    }

    @Override
    public String toString() {
        return "ConnectionEvent[" + source + ": " + before.state() + " -> " + now + "]";
    }
}
