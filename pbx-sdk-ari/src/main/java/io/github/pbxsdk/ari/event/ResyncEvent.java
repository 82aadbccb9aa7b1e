package io.github.pbxsdk.ari.event;

import io.github.pbxsdk.ari.model.Bridge;
import io.github.pbxsdk.ari.model.Channel;
import io.github.pbxsdk.core.event.PbxEvent;
import java.util.List;

/**
 * What there is after a gap: follows the {@link io.github.pbxsdk.core.event.GapEvent} of a lost
 * connection, so that whoever keeps a picture of the server can draw it anew.
 *
 * <p>It was read while events came in already: one that is about a channel which is missing here
 * may stand before it or after it.
 */
public final class ResyncEvent implements PbxEvent {

    private final String source;
    private final List<Channel> channels;
    private final List<Bridge> bridges;

    /** Creates an event. */
    public ResyncEvent(String source, List<Channel> channels, List<Bridge> bridges) {
        this.source = source;
        this.channels = List.copyOf(channels);
        this.bridges = List.copyOf(bridges);
    }

    /** Returns which client this is about, such as {@code ari pbx.example.com:8088}. */
    public String source() {
        return source;
    }

    /** Returns all channels of the server. */
    public List<Channel> channels() {
        return channels;
    }

    /** Returns all bridges of the server. */
    public List<Bridge> bridges() {
        return bridges;
    }

    /** Tells whether a channel is still there. */
    public boolean hasChannel(String id) {
        return channels.stream().anyMatch(channel -> channel.id().equals(id));
    }

    /** Tells whether a bridge is still there. */
    public boolean hasBridge(String id) {
        return bridges.stream().anyMatch(bridge -> bridge.id().equals(id));
    }

    @Override
    public String toString() {
        return "ResyncEvent["
                + (source + ": " + channels.size() + " channels, " + bridges.size() + " bridges]");
    }
}
