package io.github.pbxsdk.it.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.AmiResponse;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.OtherEvent;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Everything that can be asked and everything that can happen without a phone.
 *
 * <p>What was seen is compared with {@code recorded/ami-seen-live.tsv}, from which the guide's
 * table is made.
 */
@OnAsterisk
class AmiSurfaceIT {

    private static final Path SEEN = Path.of("..", "recorded", "ami-seen-live.tsv");
    private static final String CONTEXT = "from-internal";

    private final Set<String> actions = new TreeSet<>();
    private final Set<String> events = new ConcurrentSkipListSet<>();
    private final Set<AmiEvent> all = ConcurrentHashMap.newKeySet();
    private final Set<String> untyped = new ConcurrentSkipListSet<>();
    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private AmiClient ami;

    @Test
    void whatTheGuideCallsSeenLiveIsSeen(Asterisk asterisk) throws IOException {
        try (AmiClient client = client(asterisk, asterisk.amiCredentials())) {
            ami = client;
            client.events().subscribe(AmiEvent.class, this::note);
            client.connect();
            reads();
            database();
            wrongLogin(asterisk);
            statesAndMailboxes(asterisk);
            callInAConference();
            queue();
            bridgedCall();
            transfersAndParking();
            scripts();
            maintenance(asterisk);
        }

        assertThat(untyped).as("events without a type of their own").isEmpty();
        assertThat(events).hasSizeGreaterThanOrEqualTo(60);
        assertThat(actions).hasSizeGreaterThanOrEqualTo(40);
        write(asterisk.major());
        assertThat(named("event")).containsAll(claimed("event", asterisk.major()));
        assertThat(named("action")).containsAll(claimed("action", asterisk.major()));
    }

    private static AmiClient client(Asterisk asterisk, Credentials credentials) {
        return AmiClient.builder()
                .host(asterisk.ami().getHostString())
                .port(asterisk.ami().getPort())
                .credentials(credentials)
                .build();
    }

    private void note(AmiEvent event) {
        events.add(event.name());
        all.add(event);
        if (event instanceof OtherEvent) {
            untyped.add(event.name());
        }
    }

    // ------------------------------------------------------------------ the steps

    private void reads() {
        for (String name :
                List.of(
                        "Ping",
                        "CoreStatus",
                        "CoreSettings",
                        "CoreShowChannels",
                        "ListCommands",
                        "BridgeList",
                        "BridgeTechnologyList",
                        "ConfbridgeListRooms",
                        "DeviceStateList",
                        "ExtensionStateList",
                        "PresenceStateList",
                        "ParkedCalls",
                        "Parkinglots",
                        "QueueStatus",
                        "QueueSummary",
                        "Status",
                        "ShowDialPlan",
                        "VoicemailUsersList",
                        "PJSIPShowEndpoints",
                        "PJSIPShowAors",
                        "PJSIPShowAuths",
                        "PJSIPShowContacts",
                        "PJSIPShowRegistrationsInbound",
                        "PJSIPShowRegistrationsOutbound",
                        "PJSIPShowRegistrationInboundContactStatuses",
                        "PJSIPShowResourceLists",
                        "PJSIPShowSubscriptionsInbound",
                        "PJSIPShowSubscriptionsOutbound",
                        "QueueRule",
                        "Agents")) {
            ask(name);
        }
        ask("PJSIPShowEndpoint", "Endpoint", "1001");
        ask("ExtensionState", "Exten", "1001", "Context", CONTEXT);
        ask("PresenceState", "Provider", "CustomPresence:1001");
        ask("MailboxCount", "Mailbox", "1010@default");
        ask("MailboxStatus", "Mailbox", "1010@default");
        ask("VoicemailUserStatus", "Context", "default", "Mailbox", "1010");
        ask("GetConfig", "Filename", "queues.conf");
        ask("GetConfigJSON", "Filename", "queues.conf");
        ask("ListCategories", "Filename", "queues.conf");
        ask("ModuleCheck", "Module", "res_pjsip.so");
        ask("Command", "Command", "core show version");
    }

    private void database() {
        ask("DBPut", "Family", "lab", "Key", mark, "Val", "1");
        ask("DBGet", "Family", "lab", "Key", mark);
        ask("DBGetTree", "Family", "lab");
        ask("DBDel", "Family", "lab", "Key", mark);
        ask("UserEvent", "UserEvent", "lab-" + mark, "Word", "hello");
        awaitEvent("UserEvent", event -> event.fields().is("UserEvent", "lab-" + mark));
    }

    private void wrongLogin(Asterisk asterisk) {
        try (AmiClient wrong = client(asterisk, Credentials.of("lab", "not-" + mark))) {
            wrong.connect();
        } catch (PbxException expected) {
            awaitEvent("ChallengeResponseFailed");
        }
        try (AmiClient right = client(asterisk, asterisk.amiCredentials())) {
            right.connect();
            awaitEvent("SuccessfulAuth");
        }
    }

    private void statesAndMailboxes(Asterisk asterisk) {
        asterisk.cli("devstate change Custom:lab-" + mark + " INUSE");
        awaitEvent("DeviceStateChange", event -> event.fields().text("Device").endsWith(mark));
        ask("Setvar", "Variable", "DEVICE_STATE(Custom:lab-" + mark + ")", "Value", "NOT_INUSE");
        ask("Getvar", "Variable", "EPOCH");
        ask("MWIUpdate", "Mailbox", "lab-" + mark, "OldMessages", "0", "NewMessages", "2");
        ask("MWIGet", "Mailbox", "/lab-" + mark + "/");
        ask("MWIDelete", "Mailbox", "lab-" + mark);
        ask("VoicemailRefresh");
    }

    private void callInAConference() {
        String channel = call("700", "600");
        awaitEvent("ConfbridgeJoin");
        ask("ConfbridgeList", "Conference", "700");
        String member = all("ConfbridgeJoin").fields().text("Channel");
        ask("ConfbridgeMute", "Conference", "700", "Channel", member);
        awaitEvent("ConfbridgeMute");
        ask("ConfbridgeUnmute", "Conference", "700", "Channel", member);
        awaitEvent("ConfbridgeUnmute");
        ask("ConfbridgeLock", "Conference", "700");
        ask("ConfbridgeUnlock", "Conference", "700");
        ask("ConfbridgeStartRecord", "Conference", "700");
        awaitEvent("ConfbridgeRecord");
        ask("ConfbridgeStopRecord", "Conference", "700");
        awaitEvent("ConfbridgeStopRecord");
        ask("ConfbridgeKick", "Conference", "700", "Channel", member);
        awaitEvent("ConfbridgeLeave");
        awaitEvent("ConfbridgeEnd");
        end(channel);
    }

    private void queue() {
        String member = "Local/609@" + CONTEXT;
        ask("QueueAdd", "Queue", "502", "Interface", member);
        awaitEvent("QueueMemberAdded");
        ask("QueuePause", "Interface", member, "Paused", "true", "Reason", "tea");
        awaitEvent("QueueMemberPause");
        ask("QueuePause", "Interface", member, "Paused", "false");
        ask("QueuePenalty", "Interface", member, "Penalty", "2");
        awaitEvent("QueueMemberPenalty");
        ask("QueueMemberRingInUse", "Interface", member, "RingInUse", "1");
        awaitEvent("QueueMemberRinginuse");
        String caller = call("502", "600");
        awaitEvent("QueueCallerJoin");
        awaitEvent("AgentCalled");
        awaitEvent("AgentConnect");
        end(caller);
        awaitEvent("AgentComplete");
        ask("QueueLog", "Queue", "502", "Event", "LAB", "Message", mark);
        ask("QueueReset", "Queue", "502");
        ask("QueueRemove", "Queue", "502", "Interface", member);
        awaitEvent("QueueMemberRemoved");
        String lost = call("502", "600");
        awaitEvent("QueueCallerJoin", event -> event.fields().is("Channel", lost));
        end(lost);
        awaitEvent("QueueCallerAbandon");
    }

    private void bridgedCall() {
        String channel = call("609", "600");
        ask("MixMonitor", "Channel", channel, "File", "lab-" + mark + ".wav");
        awaitEvent("MixMonitorStart");
        ask("MixMonitorMute", "Channel", channel, "Direction", "both", "State", "1");
        awaitEvent("MixMonitorMute");
        ask("StopMixMonitor", "Channel", channel);
        awaitEvent("MixMonitorStop");
        ask("PlayDTMF", "Channel", channel, "Digit", "5");
        ask("SendText", "Channel", channel, "Message", "hello");
        ask("MuteAudio", "Channel", channel, "Direction", "all", "State", "on");
        ask("AbsoluteTimeout", "Channel", channel, "Timeout", "300");
        ask("Status", "Channel", channel);
        ask("CoreShowChannels");
        ask("Redirect", "Channel", channel, "Context", CONTEXT, "Exten", "611", "Priority", "1");
        awaitEvent("MusicOnHoldStart");
        end(channel);
        awaitEvent("MusicOnHoldStop");
        String digits = call("606", "612");
        awaitEvent("DTMFBegin");
        awaitEvent("DTMFEnd");
        end(digits);
        String one = call("609", "609");
        String two = call("609", "609");
        ask("Bridge", "Channel1", one, "Channel2", two, "Tone", "no");
        awaitEvent("BridgeEnter");
        String bridge = all("BridgeEnter").fields().text("BridgeUniqueid");
        ask("BridgeList");
        ask("BridgeInfo", "BridgeUniqueid", bridge);
        ask("BridgeKick", "Channel", one);
        awaitEvent("BridgeLeave");
        end(one);
        end(two);
        awaitEvent("BridgeDestroy");
    }

    private void transfersAndParking() {
        String parked = call("609", "600");
        ask("Park", "Channel", parked, "Timeout", "60000");
        awaitEvent("ParkedCall");
        ask("ParkedCalls");
        end(parked);
        awaitEvent("ParkedCallGiveUp");
        String busy = call("601", "600");
        awaitEvent("HangupRequest");
        end(busy);
    }

    private void scripts() {
        String channel = "lab-agi-" + mark;
        ask(
                "Originate",
                "Channel",
                "Local/609@" + CONTEXT + "/n",
                "ChannelId",
                channel,
                "OtherChannelId",
                channel + "-2",
                "Application",
                "AGI",
                "Data",
                "agi:async",
                "Async",
                "true");
        awaitEvent("AsyncAGIStart");
        String name = all("AsyncAGIStart").fields().text("Channel");
        ask("AGI", "Channel", name, "Command", "NOOP hello", "CommandID", "1");
        awaitEvent("AsyncAGIExec");
        end(name);
        awaitEvent("AsyncAGIEnd");
    }

    private void maintenance(Asterisk asterisk) {
        ask("LoggerRotate");
        ask("Reload", "Module", "res_musiconhold");
        awaitEvent("Reload");
        ask("ModuleLoad", "Module", "app_echo.so", "LoadType", "reload");
        ask("Filter", "Operation", "Add", "Filter", "!Event: Nothing-" + mark);
        ask(
                "DialplanExtensionAdd",
                "Context",
                "lab-" + mark,
                "Extension",
                "1",
                "Priority",
                "1",
                "Application",
                "NoOp");
        ask("DialplanExtensionRemove", "Context", "lab-" + mark, "Extension", "1");
        ask("MessageSend", "To", "pjsip:1001", "From", "sip:600", "Body", "hello");
        ask("PJSIPQualify", "Endpoint", "1001");
        assertThat(asterisk.cli("core show version")).contains("Asterisk");
    }

    // ------------------------------------------------------------------ how they are taken

    /** Sends an action; one that the server knows and refuses here and now is no proof. */
    private void ask(String name, String... fields) {
        try {
            AmiResponse answer = ami.send(AmiAction.raw(name, fields));
            answer.items().forEach(this::note);
            answer.completion().ifPresent(this::note);
            actions.add(name);
        } catch (AmiRejectedException e) {
            // Not on this version, not loaded, or nothing there: it stays out of the table.
        }
    }

    /** Calls one number from another; returns the channel that runs the first. */
    private String call(String number, String from) {
        String id = "lab-" + mark + "-" + all.size();
        ask(
                "Originate",
                "Channel",
                "Local/" + from + "@" + CONTEXT + "/n",
                "ChannelId",
                id,
                "OtherChannelId",
                id + "-2",
                "Context",
                CONTEXT,
                "Exten",
                number,
                "Priority",
                "1",
                "Async",
                "true");
        awaitEvent("Newexten", event -> isOf(event, id) && event.fields().is("Extension", number));
        return all.stream()
                .filter(event -> isOf(event, id) && event.name().equals("Newexten"))
                .findFirst()
                .orElseThrow()
                .fields()
                .text("Channel");
    }

    private static boolean isOf(AmiEvent event, String id) {
        return event.fields().is("Uniqueid", id);
    }

    private void end(String channel) {
        ask("Hangup", "Channel", channel);
        awaitEvent("Hangup", event -> event.fields().is("Channel", channel));
    }

    private void awaitEvent(String name) {
        awaitEvent(name, event -> true);
    }

    private void awaitEvent(String name, Predicate<AmiEvent> wanted) {
        await("event " + name)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                all.stream()
                                        .anyMatch(
                                                event ->
                                                        event.name().equals(name)
                                                                && wanted.test(event)));
    }

    private AmiEvent all(String name) {
        return all.stream().filter(event -> event.name().equals(name)).findFirst().orElseThrow();
    }

    // ------------------------------------------------------------------ the table

    private Set<String> named(String kind) {
        return kind.equals("event") ? events : actions;
    }

    private static Set<String> claimed(String kind, int major) throws IOException {
        return Files.readAllLines(SEEN).stream()
                .map(line -> line.split("\t"))
                .filter(cells -> cells[0].equals(kind))
                .filter(cells -> List.of(cells[2].split(",")).contains(String.valueOf(major)))
                .map(cells -> cells[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void write(int major) throws IOException {
        List<String> lines =
                Stream.of("action", "event")
                        .flatMap(kind -> named(kind).stream().map(name -> kind + "\t" + name))
                        .toList();
        Files.write(Path.of("target", "ami-seen-" + major + ".tsv"), lines);
    }
}
