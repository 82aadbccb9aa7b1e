package io.github.pbxsdk.ari.event;

import io.github.pbxsdk.ari.AriObject;
import io.github.pbxsdk.core.event.PbxEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * What the server reports.
 *
 * <p>Subscribe to the class of one event, to a family such as {@link ChannelEvent}, or to this for
 * all. Only what somebody subscribed to is decoded. The families stay for ever; new events join
 * them in minor versions. An event of which this SDK knows nothing is an {@link OtherAriEvent},
 * never lost.
 *
 * <p>What the server wrote, members without a method included, is in {@link #raw()}.
 */
public sealed interface AriEvent extends PbxEvent
        permits ApplicationEvent,
                BridgeEvent,
                ChannelEvent,
                DeviceEvent,
                EndpointEvent,
                OtherAriEvent,
                PlaybackEvent,
                RecordingEvent,
                TextEvent {

    /** Returns an event in the class made for its type, or else as {@link OtherAriEvent}. */
    static AriEvent of(AriObject raw) {
        return EventLookup.of(raw.text("type"), raw);
    }

    /** Returns the class of events of a type, such as {@code StasisStart}. */
    static Class<? extends AriEvent> classOf(String type) {
        return EventLookup.classOf(type);
    }

    /** Returns everything the server sent. */
    AriObject raw();

    /** Returns the type as the server wrote it, such as {@code StasisStart}. */
    default String type() {
        return raw().text("type");
    }

    /** Returns the application that it was sent to. */
    default String application() {
        return raw().text("application");
    }

    /** Returns when it happened by the server's clock. */
    default Optional<Instant> timestamp() {
        return raw().instant("timestamp");
    }

    /** Returns the id of the server, often a MAC address. */
    default Optional<String> asteriskId() {
        return raw().find("asterisk_id");
    }
}
