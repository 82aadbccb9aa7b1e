package io.github.pbxsdk.testing;

import io.github.pbxsdk.testing.ami.AmiMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The channels and bridges that events have told of, as a manager interface lists them.
 *
 * <p>Only {@code Newchannel} makes a channel and {@code BridgeCreate} a bridge; what other events
 * say of one is taken over as long as it lives. Not thread-safe.
 */
final class ToldChannels {

    private static final List<String> CHANNEL =
            List.of(
                    "Channel",
                    "ChannelState",
                    "ChannelStateDesc",
                    "CallerIDNum",
                    "CallerIDName",
                    "ConnectedLineNum",
                    "ConnectedLineName",
                    "Language",
                    "AccountCode",
                    "Context",
                    "Exten",
                    "Priority",
                    "Uniqueid",
                    "Linkedid");

    private static final List<String> BRIDGE =
            List.of(
                    "BridgeUniqueid",
                    "BridgeType",
                    "BridgeTechnology",
                    "BridgeCreator",
                    "BridgeName",
                    "BridgeNumChannels",
                    "BridgeVideoSourceMode");

    /** Events whose lines do not describe a channel as it is at that moment. */
    private static final Set<String> RECORDS = Set.of("CEL", "Cdr", "UserEvent");

    private final Map<String, Told> channels = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> bridges = new LinkedHashMap<>();

    /** A channel, as it was told of last. */
    private static final class Told {

        final Instant begun;
        final Map<String, String> lines = new HashMap<>();
        final Map<String, String> variables = new HashMap<>();
        String dialed = "";
        String application = "";
        String data = "";
        String bridge = "";

        Told(Instant begun) {
            this.begun = begun;
        }

        String get(String line) {
            return lines.getOrDefault(line, "");
        }
    }

    /** Takes over what an event says. */
    void take(AmiMessage event) {
        String name = event.get("Event");
        if (RECORDS.contains(name)) {
            return;
        }
        begin(name, event);
        describe(event, "");
        describe(event, "Dest");
        // A transfer has the bridge as it was when it began.
        if (name.startsWith("Bridge")) {
            copy(event, "", BRIDGE, bridges.get(event.get("BridgeUniqueid")));
        }
        Told channel = channels.get(event.get("Uniqueid"));
        if (channel != null) {
            happen(name, event, channel);
        }
        if (name.equals("BridgeDestroy")) {
            bridges.remove(event.get("BridgeUniqueid"));
        }
    }

    private void begin(String name, AmiMessage event) {
        if (name.equals("Newchannel")) {
            Told channel = new Told(EventTime.of(event));
            channel.dialed = event.get("Exten");
            channels.put(event.get("Uniqueid"), channel);
        } else if (name.equals("BridgeCreate")) {
            bridges.put(event.get("BridgeUniqueid"), new HashMap<>());
        }
    }

    private void describe(AmiMessage event, String prefix) {
        Told channel = channels.get(event.get(prefix + "Uniqueid"));
        if (channel != null) {
            copy(event, prefix, CHANNEL, channel.lines);
        }
    }

    private static void copy(
            AmiMessage event,
            String prefix,
            List<String> names,
            @Nullable Map<String, String> into) {
        if (into != null) {
            names.forEach(
                    name -> event.find(prefix + name).ifPresent(value -> into.put(name, value)));
        }
    }

    private void happen(String name, AmiMessage event, Told channel) {
        switch (name) {
            case "Newexten" -> {
                channel.application = event.get("Application");
                channel.data = event.get("AppData");
            }
            case "VarSet" -> channel.variables.put(event.get("Variable"), event.get("Value"));
            case "BridgeEnter" -> channel.bridge = event.get("BridgeUniqueid");
            case "BridgeLeave" -> {
                if (channel.bridge.equals(event.get("BridgeUniqueid"))) {
                    channel.bridge = "";
                }
            }
            case "Hangup" -> channels.remove(event.get("Uniqueid"));
            default -> {
                // Said by the lines that describe the channel.
            }
        }
    }

    /**
     * Returns the items of {@code Status}.
     *
     * @param channel the name of the only one wanted; empty for all
     * @param variables whose values are wanted
     */
    Stream<AmiMessage> status(String channel, List<String> variables) {
        return channels.values().stream()
                .filter(one -> channel.isEmpty() || one.get("Channel").equals(channel))
                .map(one -> status(one, variables));
    }

    private static AmiMessage status(Told channel, List<String> variables) {
        List<String> lines = new ArrayList<>(List.of("Event", "Status", "Privilege", "Call"));
        CHANNEL.forEach(name -> lines.addAll(List.of(name, channel.get(name))));
        lines.addAll(
                List.of(
                        "Type",
                        channel.get("Channel").replaceFirst("/.*", ""),
                        "DNID",
                        channel.dialed,
                        "EffectiveConnectedLineNum",
                        channel.get("ConnectedLineNum"),
                        "EffectiveConnectedLineName",
                        channel.get("ConnectedLineName"),
                        "TimeToHangup",
                        "0",
                        "BridgeID",
                        channel.bridge,
                        "Application",
                        channel.application,
                        "Data",
                        channel.data,
                        "Nativeformats",
                        "(ulaw)"));
        lines.addAll(
                List.of(
                        "Readformat", "ulaw",
                        "Readtrans", "",
                        "Writeformat", "ulaw",
                        "Writetrans", "",
                        "Callgroup", "0",
                        "Pickupgroup", "0",
                        "Seconds", "" + EventTime.secondsSince(channel.begun)));
        for (String name : variables) {
            String value = channel.variables.getOrDefault(name, "(null)");
            lines.addAll(List.of("Variable", name + "=" + value));
        }
        return AmiMessage.of(lines.toArray(String[]::new));
    }

    /** Returns the items of {@code CoreShowChannels}. */
    Stream<AmiMessage> coreShowChannels() {
        return channels.values().stream().map(ToldChannels::coreShowChannel);
    }

    private static AmiMessage coreShowChannel(Told channel) {
        List<String> lines = new ArrayList<>(List.of("Event", "CoreShowChannel"));
        CHANNEL.forEach(name -> lines.addAll(List.of(name, channel.get(name))));
        long age = EventTime.secondsSince(channel.begun);
        lines.addAll(
                List.of(
                        "Application", channel.application,
                        "ApplicationData", channel.data,
                        "Duration", clock(age),
                        "BridgeId", channel.bridge));
        return AmiMessage.of(lines.toArray(String[]::new));
    }

    private static String clock(long seconds) {
        return String.format(
                Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** Returns a line about a channel; an empty text where there is no such channel. */
    String line(String uniqueId, String name) {
        Told channel = channels.get(uniqueId);
        return channel == null ? "" : channel.get(name);
    }

    /** Returns the items of {@code BridgeList}. */
    Stream<AmiMessage> bridgeList() {
        return bridges.values().stream().map(lines -> item("BridgeListItem", BRIDGE, lines));
    }

    /** Returns what {@code BridgeInfo} tells of a bridge; nothing where it is none. */
    Stream<AmiMessage> bridgeInfo(String id) {
        Map<String, String> lines = bridges.get(id);
        if (lines == null) {
            return Stream.empty();
        }
        List<AmiMessage> items = new ArrayList<>();
        channels.values().stream()
                .filter(channel -> channel.bridge.equals(id))
                .forEach(channel -> items.add(item("BridgeInfoChannel", CHANNEL, channel.lines)));
        AmiMessage end =
                AmiMessage.of(
                        "Event", "BridgeInfoComplete",
                        "EventList", "Complete",
                        "ListItems", "" + items.size());
        items.add(with(end, BRIDGE, lines));
        return items.stream();
    }

    private static AmiMessage item(String event, List<String> names, Map<String, String> lines) {
        return with(AmiMessage.of("Event", event), names, lines);
    }

    private static AmiMessage with(
            AmiMessage begun, List<String> names, Map<String, String> lines) {
        AmiMessage item = begun;
        for (String name : names) {
            item = item.with(name, lines.getOrDefault(name, ""));
        }
        return item;
    }
}
