package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.testing.ami.AmiMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Messages as a server sends them. */
final class Wire {

    private Wire() {}

    /** Returns an event about a channel that is up, unless {@code more} says otherwise. */
    static AmiMessage channel(
            String event, String name, String id, String linkedId, String... more) {
        List<String> lines =
                new ArrayList<>(List.of("Event", event, "Privilege", "call,all", "Channel", name));
        List<String> extra = Arrays.asList(more);
        if (!extra.contains("ChannelState")) {
            lines.addAll(List.of("ChannelState", "6", "ChannelStateDesc", "Up"));
        }
        lines.addAll(
                List.of(
                        "CallerIDNum", Interfaces.ofChannel(name),
                        "CallerIDName", "<unknown>",
                        "ConnectedLineNum", "<unknown>",
                        "ConnectedLineName", "<unknown>",
                        "AccountCode", "",
                        "Context", "from-internal",
                        "Exten", "200",
                        "Uniqueid", id,
                        "Linkedid", linkedId));
        lines.addAll(extra);
        return AmiMessage.of(lines.toArray(new String[0]));
    }

    /** Returns the item of {@code Status} about a channel. */
    static AmiMessage status(
            String name, String id, String linkedId, String bridge, String... more) {
        List<String> lines = new ArrayList<>(List.of("BridgeID", bridge, "Seconds", "60"));
        lines.addAll(Arrays.asList(more));
        return channel("Status", name, id, linkedId, lines.toArray(new String[0]));
    }
}
