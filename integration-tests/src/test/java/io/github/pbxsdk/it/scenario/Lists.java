package io.github.pbxsdk.it.scenario;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.AmiResponse;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.AriObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a server lists in the middle of a call about caller, callee and queue: which lines there
 * are, in their order, and the values of those that say something about the call. The target has no
 * part in it yet, so that a fake knows nothing of it.
 */
final class Lists {

    private static final List<String> ACTIONS =
            List.of(
                    "Status",
                    "CoreShowChannels",
                    "QueueStatus",
                    "QueueSummary",
                    "ExtensionStateList",
                    "DeviceStateList");

    /** What says whom an item is about. */
    private static final List<String> WHO =
            List.of("Channel", "Exten", "Device", "Location", "Queue");

    private static final Set<String> SAID =
            Set.of(
                    "ChannelState",
                    "ChannelStateDesc",
                    "CallerIDNum",
                    "ConnectedLineNum",
                    "Type",
                    "Application",
                    "BridgeType",
                    "BridgeTechnology",
                    "BridgeCreator",
                    "BridgeName",
                    "BridgeNumChannels",
                    "State",
                    "Status",
                    "StatusText",
                    "Calls",
                    "Callers",
                    "Position",
                    "InCall",
                    "Strategy",
                    "Membership",
                    "Paused");

    private static final Set<String> SAID_ON_ARI =
            Set.of("state", "technology", "bridge_type", "bridge_class", "creator");

    /** Ids of the question, and variables that manager.conf adds to each channel. */
    private static final Set<String> OTHERS = Set.of("ActionID", "ChanVariable");

    private final AmiClient ami;
    private final AriClient ari;
    private final Wording wording;
    private final Map<String, List<String>> found = new TreeMap<>();

    private Lists(AmiClient ami, AriClient ari, Wording wording) {
        this.ami = ami;
        this.ari = ari;
        this.wording = wording;
    }

    /** Asks for all of them. */
    static Map<String, List<String>> ask(AmiClient ami, AriClient ari, Wording wording) {
        Lists lists = new Lists(ami, ari, wording);
        ACTIONS.forEach(lists::ask);
        lists.askForTheBridge();
        lists.askOverAri();
        return lists.found;
    }

    private void ask(String action) {
        AmiResponse answer = ami.send(AmiAction.raw(action));
        found.put(action, List.of(answer.message()));
        answer.items().forEach(item -> add(action, item));
        answer.completion().ifPresent(end -> found.put(action + " end", lines(end.fields())));
    }

    private void add(String action, AmiEvent item) {
        AmiFields fields = item.fields();
        String who =
                WHO.stream().flatMap(name -> fields.find(name).stream()).findFirst().orElse("");
        String kind = action + " " + item.name() + " ";
        // A queue has devices of its own, such as Queue:500_avail.
        wording.part(who)
                .filter(part -> !part.equals("target") && !who.contains("_"))
                .ifPresent(part -> found.put(kind + part, lines(fields)));
    }

    private List<String> lines(AmiFields fields) {
        return fields.asList().stream()
                .filter(line -> !OTHERS.contains(line.name()))
                .map(line -> line(line.name(), line.value()))
                .toList();
    }

    private String line(String name, String value) {
        return SAID.contains(name) ? name + "=" + wording.part(value).orElse(value) : name;
    }

    /** Other calls of the server have bridges as well. */
    private void askForTheBridge() {
        Optional<String> bridge = bridge();
        if (bridge.isEmpty()) {
            return;
        }
        String id = bridge.get();
        AmiResponse all = ami.send(AmiAction.raw("BridgeList"));
        found.put("BridgeList", List.of(all.message()));
        all.items().stream()
                .filter(item -> item.fields().text("BridgeUniqueid").equals(id))
                .forEach(item -> found.put("BridgeList item", lines(item.fields())));
        AmiResponse one = ami.send(AmiAction.raw("BridgeInfo", "BridgeUniqueid", id));
        found.put("BridgeInfo", List.of(one.message()));
        one.items().forEach(item -> add("BridgeInfo", item));
        one.completion().ifPresent(end -> found.put("BridgeInfo end", lines(end.fields())));
        ari.bridges().list().stream()
                .filter(told -> told.id().equals(id))
                .forEach(told -> found.put("ari bridge", members(told.raw())));
    }

    private Optional<String> bridge() {
        return ami.send(AmiAction.raw("Status")).items().stream()
                .map(AmiEvent::fields)
                .filter(item -> wording.part(item.text("Channel")).isPresent())
                .map(item -> item.text("BridgeID"))
                .filter(id -> !id.isEmpty())
                .findFirst();
    }

    private void askOverAri() {
        ari.channels()
                .list()
                .forEach(
                        channel ->
                                wording.part(channel.name())
                                        .ifPresent(
                                                part ->
                                                        found.put(
                                                                "ari channel " + part,
                                                                members(channel.raw()))));
    }

    private static List<String> members(AriObject object) {
        return object.names().stream()
                .map(name -> SAID_ON_ARI.contains(name) ? name + "=" + object.text(name) : name)
                .toList();
    }
}
