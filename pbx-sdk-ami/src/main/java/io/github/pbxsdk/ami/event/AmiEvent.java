package io.github.pbxsdk.ami.event;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.internal.FieldValues;
import io.github.pbxsdk.core.event.PbxEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the server reports.
 *
 * <p>Subscribe to the class of one event, to a family such as {@link QueueEvent}, or to this for
 * all. The families stay for ever; new events join them in minor versions. An event of which this
 * SDK knows nothing is an {@link OtherEvent}, never lost.
 *
 * <p>Every event is its lines, and the methods of its class read them on demand: a text that the
 * server left out is empty, a number that is missing or not a number is an empty {@code Optional…},
 * a word that this SDK doesn't know is {@code OTHER}. What stands on the wire, including lines that
 * have no method, is in {@link #fields()}.
 *
 * <p>An event can be forged: Asterisk writes line breaks of a SIP text raw into the events of a
 * dialplan that hands the text to an application. Nothing on the wire tells such an event from a
 * true one.
 */
public sealed interface AmiEvent extends PbxEvent
        permits ChannelEvent,
                BridgeEvent,
                DialEvent,
                TransferEvent,
                LocalChannelEvent,
                ParkingEvent,
                DialplanEvent,
                AgiEvent,
                QueueEvent,
                AgentEvent,
                ConferenceEvent,
                RecordingEvent,
                MusicEvent,
                DtmfEvent,
                FaxEvent,
                VoicemailEvent,
                DeviceEvent,
                PresenceEvent,
                CallRecordEvent,
                RtcpEvent,
                SecurityEvent,
                SystemEvent,
                DahdiEvent,
                AocEvent,
                CallCompletionEvent,
                ListEvent,
                OtherEvent {

    /**
     * Returns the event in the class made for its name, or else as {@link OtherEvent}.
     *
     * <p>Names count exactly as the server writes them.
     */
    static AmiEvent of(AmiFields fields) {
        return EventLookup.of(fields.text("Event"), fields);
    }

    /** Returns everything the server sent, in its order. */
    AmiFields fields();

    /** Returns the name as the server wrote it, such as {@code Newchannel}. */
    default String name() {
        return fields().text("Event");
    }

    /** Returns the id of the action that brought this event about, empty for most events. */
    default String actionId() {
        return fields().text("ActionID");
    }

    /**
     * Returns when it happened by the server's clock, if the server is set to say so ({@code
     * timestampevents} in its manager.conf).
     */
    default Optional<Instant> timestamp() {
        return FieldValues.instant(fields(), "Timestamp");
    }

    /**
     * Returns the channel variables of the event's own channel that the server is set to send along
     * ({@code channelvars} in its manager.conf). Where an event is about several channels, each
     * {@link ChannelSnapshot} has its own.
     */
    default Map<String, String> chanVariables() {
        return FieldValues.variables(fields(), "ChanVariable");
    }
}
