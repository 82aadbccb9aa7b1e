package io.github.pbxsdk.it.scenario;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ari.AriObject;
import io.github.pbxsdk.ari.event.AriEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what an event means for those who take part, without what is another each time.
 *
 * <p>Left out is what belongs to the dialplan and to the sound and not to the call: steps and
 * variables of the dialplan, RTCP, and who logs in. A transfer has a strand of its own: its bridge
 * tells of it, beside the channels.
 */
final class Wording {

    private static final Pattern PARTY =
            Pattern.compile("(?:PJSIP/|Queue:)?(\\d{3,4})(?![\\d.]).*");
    private static final Set<String> VARIABLES = Set.of("DIALSTATUS", "MIXMONITOR_FILENAME");

    private final Map<String, String> parts;

    /** Creates it with those who take part, by extension or queue. */
    Wording(Map<String, String> parts) {
        this.parts = Map.copyOf(parts);
    }

    /** Adds what an event of the manager interface says to its strand. */
    void tell(AmiEvent event, Map<String, List<String>> strands) {
        AmiFields fields = event.fields();
        String name = event.name();
        switch (name) {
            case "DialBegin", "DialState", "DialEnd" ->
                    add(
                            strands,
                            "ami dial",
                            fields.text("DestChannel"),
                            name,
                            fields.text("DialStatus"));
            case "Newchannel", "Newstate" ->
                    add(
                            strands,
                            "ami channel",
                            fields.text("Channel"),
                            name,
                            fields.text("ChannelStateDesc"));
            case "Hangup" ->
                    add(strands, "ami channel", fields.text("Channel"), name, fields.text("Cause"));
            case "BridgeEnter",
                    "BridgeLeave",
                    "Hold",
                    "Unhold",
                    "MixMonitorStart",
                    "MixMonitorStop",
                    "MusicOnHoldStart",
                    "MusicOnHoldStop" ->
                    add(strands, "ami channel", fields.text("Channel"), name, "");
            case "VarSet" ->
                    variable(
                            "ami",
                            fields.text("Channel"),
                            fields.text("Variable"),
                            fields.text("Value"),
                            strands);
            case "BlindTransfer" ->
                    add(
                            strands,
                            "ami transfer",
                            fields.text("TransfererChannel"),
                            name,
                            part(fields.text("Extension")).orElse("?"));
            case "CEL" -> cel(fields, strands);
            case "Cdr" ->
                    add(
                            strands,
                            "ami cdr",
                            fields.text("Channel"),
                            name,
                            fields.text("Disposition"));
            case "ExtensionStatus" ->
                    add(strands, "ami hint", fields.text("Exten"), name, fields.text("StatusText"));
            case "DeviceStateChange" ->
                    add(strands, "ami device", fields.text("Device"), name, fields.text("State"));
            case "ContactStatus" ->
                    add(
                            strands,
                            "ami contact",
                            fields.text("AOR"),
                            name,
                            fields.text("ContactStatus"));
            case "PeerStatus" ->
                    add(strands, "ami peer", fields.text("Peer"), name, fields.text("PeerStatus"));
            case "QueueCallerJoin", "QueueCallerLeave" ->
                    add(strands, "ami queue", fields.text("Queue"), name, "");
            case "AgentCalled", "AgentRingNoAnswer", "AgentConnect", "AgentComplete" ->
                    add(
                            strands,
                            "ami queue",
                            fields.text("Queue"),
                            name,
                            part(fields.text("Interface")).orElse("?"));
            case "UserEvent" ->
                    add(
                            strands,
                            "ami text",
                            fields.text("from"),
                            fields.text("UserEvent"),
                            fields.text("phase") + " " + fields.text("status"));
            default -> {
                // The rest belongs to the dialplan, to the sound, or to somebody else.
            }
        }
    }

    /** Adds what an event of the REST interface says to its strand. */
    void tell(AriEvent event, Map<String, List<String>> strands) {
        AriObject raw = event.raw();
        String type = event.type();
        AriObject channel = raw.object("channel");
        switch (type) {
            case "Dial" ->
                    add(
                            strands,
                            "ari dial",
                            raw.object("peer").text("name"),
                            type,
                            raw.text("dialstatus"));
            case "ChannelCreated", "ChannelStateChange" ->
                    add(strands, "ari channel", channel.text("name"), type, channel.text("state"));
            case "ChannelDestroyed" ->
                    add(strands, "ari channel", channel.text("name"), type, raw.text("cause"));
            case "ChannelEnteredBridge", "ChannelLeftBridge", "ChannelHold", "ChannelUnhold" ->
                    add(strands, "ari channel", channel.text("name"), type, "");
            case "BridgeBlindTransfer" ->
                    add(
                            strands,
                            "ari transfer",
                            channel.text("name"),
                            type,
                            part(raw.text("exten")).orElse("?"));
            case "ChannelVarset" ->
                    variable(
                            "ari",
                            channel.text("name"),
                            raw.text("variable"),
                            raw.text("value"),
                            strands);
            case "DeviceStateChanged" -> {
                AriObject device = raw.object("device_state");
                add(strands, "ari device", device.text("name"), type, device.text("state"));
            }
            case "TextMessageReceived" ->
                    add(
                            strands,
                            "ari text",
                            raw.object("endpoint").text("resource"),
                            type,
                            raw.object("message").text("body"));
            case "ContactStatusChange" ->
                    add(
                            strands,
                            "ari endpoint",
                            raw.object("endpoint").text("resource"),
                            type,
                            raw.object("contact_info").text("contact_status"));
            case "PeerStatusChange" ->
                    add(
                            strands,
                            "ari endpoint",
                            raw.object("endpoint").text("resource"),
                            type,
                            raw.object("peer").text("peer_status"));
            default -> {
                // The rest belongs to the dialplan, or to somebody else.
            }
        }
    }

    /** The end of a call is told with whichever channel happens to be the last one. */
    private void cel(AmiFields fields, Map<String, List<String>> strands) {
        String name = fields.text("EventName");
        if (!name.equals("LINKEDID_END")) {
            String kind = name.equals("BLINDTRANSFER") ? "ami cel transfer" : "ami cel";
            add(strands, kind, fields.text("Channel"), name, "");
        }
    }

    /** The variables that a call sets itself tell more than those of its dialplan. */
    private void variable(
            String face,
            String channel,
            String name,
            String value,
            Map<String, List<String>> strands) {
        if (VARIABLES.contains(name) && !value.isEmpty()) {
            String said = name.equals("MIXMONITOR_FILENAME") ? "a file" : value;
            add(strands, face + " variable", channel, name, said);
        }
    }

    /** Whether a telephone is seen busy while it is told so is a matter of milliseconds. */
    private static boolean isFleeting(String kind, String how) {
        return (kind.endsWith(" hint") || kind.endsWith(" device")) && how.equalsIgnoreCase("busy");
    }

    private void add(
            Map<String, List<String>> strands, String kind, String who, String what, String how) {
        if (isFleeting(kind, how)) {
            return;
        }
        part(who)
                .ifPresent(
                        part ->
                                strands.computeIfAbsent(kind + " " + part, key -> new ArrayList<>())
                                        .add((what + " " + how).strip()));
    }

    /** Returns the part of a channel, a device or an extension; empty for all others. */
    Optional<String> part(String who) {
        Matcher party = PARTY.matcher(who);
        return party.matches() ? Optional.ofNullable(parts.get(party.group(1))) : Optional.empty();
    }
}
