package io.github.pbxsdk.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.action.BridgeInfoAction;
import io.github.pbxsdk.ami.action.CoreShowChannelsAction;
import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.ami.action.StatusAction;
import io.github.pbxsdk.ami.event.BridgeInfoChannelEvent;
import io.github.pbxsdk.ami.event.ChannelState;
import io.github.pbxsdk.ami.event.NewStateEvent;
import io.github.pbxsdk.ami.state.AmiState;
import io.github.pbxsdk.ami.state.CallPhase;
import io.github.pbxsdk.ami.state.LiveCall;
import io.github.pbxsdk.ami.state.LiveChannel;
import io.github.pbxsdk.ari.AriObject;
import io.github.pbxsdk.ari.model.Bridge;
import io.github.pbxsdk.ari.model.Channel;
import io.github.pbxsdk.testing.CallScenario;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.FakePbx;
import io.github.pbxsdk.testing.PlayedCall;
import io.github.pbxsdk.testing.ami.AmiMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link FakePbx} lists in the middle of a call, event by event of real ones. */
class FakePbxListsTest {

    private static final Path CALLS = Path.of("..", "recorded", "asterisk", "calls");

    /** Events after which a list is another one. */
    private static final Set<String> TURNS =
            Set.of(
                    "Newchannel",
                    "Newstate",
                    "NewConnectedLine",
                    "BridgeEnter",
                    "BridgeLeave",
                    "BridgeDestroy",
                    "MixMonitorStart",
                    "Hangup",
                    "QueueCallerJoin",
                    "QueueCallerLeave",
                    "QueueMemberStatus",
                    "DeviceStateChange",
                    "ExtensionStatus");

    static Stream<Path> calls() {
        return Stream.of("16.28.0", "22.10.1")
                .flatMap(
                        release ->
                                Stream.of(
                                                "02-dial-busy",
                                                "06-queue-second-member-answers",
                                                "08d-mixmonitor-goes-on-after-blind-transfer")
                                        .map(call -> CALLS.resolve(release).resolve(call)));
    }

    private static FakePbx start(Path call) {
        return call.toString().contains("16.28") ? FakePbx.asterisk16() : FakePbx.asterisk22();
    }

    /** Returns a recording with the people of the fake. */
    private static String read(Path file) throws IOException {
        return Files.readString(file).replaceAll("(?<![\\w.])10([123])(?![\\w.])", "100$1");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whoComesInTheMiddleHasThePictureOfWhoWasThereBefore(Path call) throws IOException {
        try (FakePbx fake = start(call);
                Pbx before = Pbx.from(fake.settings());
                AmiState first = AmiState.follow(before.ami());
                Pbx after = Pbx.from(fake.settings())) {
            int compared = 0;
            for (AmiMessage event : events(read(call.resolve("ami.txt")))) {
                fake.ami().emit(event);
                if (TURNS.contains(event.get("Event"))) {
                    before.ami().send(PingAction.create());
                    try (AmiState later = AmiState.follow(after.ami())) {
                        assertThat(picture(later)).as("%s", event).isEqualTo(picture(first));
                    }
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(10);
            assertThat(picture(first)).noneMatch(line -> line.startsWith("call "));
        }
    }

    /** That server had a second queue, of which this one knows nothing. */
    private static List<AmiMessage> events(String session) {
        return Arrays.stream(session.split("\n\n", -1))
                .map(String::strip)
                .dropWhile(text -> !text.startsWith("Event: Newchannel"))
                .filter(text -> text.startsWith("Event: ") && !text.contains("\nQueue: 501"))
                .map(FakePbxListsTest::message)
                .toList();
    }

    private static AmiMessage message(String text) {
        return AmiMessage.of(
                text.lines()
                        .flatMap(line -> Stream.of(line.split(": ?", 2)))
                        .toArray(String[]::new));
    }

    private static List<String> picture(AmiState state) {
        List<String> lines = new ArrayList<>();
        state.calls().stream()
                .filter(call -> call.phase() != CallPhase.ENDED)
                .forEach(
                        call -> {
                            lines.add("call " + call.id() + call.phase() + call.queue());
                            lines.add("recordings " + call.recordings().size());
                            call.channels().forEach(channel -> lines.add(words(channel)));
                        });
        state.bridges().forEach(one -> lines.add("bridge " + new TreeSet<>(one.channelIds())));
        state.queues().forEach(one -> lines.add("queue " + one.name() + one.members().size()));
        state.queues().stream()
                .flatMap(one -> one.callers().stream())
                .forEach(one -> lines.add("waits " + one.channelId() + one.number()));
        state.queues().stream()
                .flatMap(one -> one.members().stream())
                .forEach(one -> lines.add("agent " + one.memberInterface() + one.device()));
        state.extensions().forEach(one -> lines.add("hint " + one.number() + one.state()));
        state.endpoints().forEach(one -> lines.add("telephone " + one.name() + one.state()));
        lines.sort(Comparator.naturalOrder());
        return lines;
    }

    private static String words(LiveChannel channel) {
        return ("channel " + channel.uniqueId() + channel.name() + channel.state())
                + (channel.callerIdNumber() + channel.connectedLineName() + channel.bridgeId());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void ariListsTheChannelsAndBridgesThatItsEventsHaveTold(Path call) throws IOException {
        try (FakePbx fake = start(call);
                Pbx pbx = Pbx.from(fake.settings())) {
            Map<String, String> channels = new TreeMap<>();
            Map<String, Set<String>> bridges = new TreeMap<>();
            int told = 0;
            for (String json : read(call.resolve("ari.jsonl")).lines().toList()) {
                AriObject event = AriObject.parse(json);
                fake.ari().emitToEach(application -> json);
                if (follow(event, channels, bridges)) {
                    assertThat(listedChannels(pbx)).as(json).isEqualTo(channels);
                    assertThat(listedBridges(pbx)).as(json).isEqualTo(bridges);
                    told++;
                }
            }
            assertThat(told).isGreaterThan(3);
            assertThat(channels).isEmpty();
        }
    }

    /** Notes what an event says of who is there; false if it says nothing of that. */
    private static boolean follow(
            AriObject event, Map<String, String> channels, Map<String, Set<String>> bridges) {
        AriObject channel = event.object("channel");
        AriObject bridge = event.object("bridge");
        switch (event.text("type")) {
            case "ChannelCreated", "ChannelStateChange" ->
                    channels.put(channel.text("id"), channel.text("state"));
            case "ChannelDestroyed" -> channels.remove(channel.text("id"));
            case "BridgeCreated", "ChannelEnteredBridge", "ChannelLeftBridge" ->
                    bridges.put(bridge.text("id"), Set.copyOf(bridge.texts("channels")));
            case "BridgeDestroyed" -> bridges.remove(bridge.text("id"));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> listedChannels(Pbx pbx) {
        return new TreeMap<>(
                pbx.ari().channels().list().stream()
                        .collect(Collectors.toMap(Channel::id, one -> one.raw().text("state"))));
    }

    private static Map<String, Set<String>> listedBridges(Pbx pbx) {
        return new TreeMap<>(
                pbx.ari().bridges().list().stream()
                        .collect(
                                Collectors.toMap(
                                        Bridge::id,
                                        one -> Set.copyOf(one.raw().texts("channels")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "22"})
    void aCallerWhoWaitsInAQueueIsFoundByAll(String release) {
        CallScenario call = CallScenario.queue("1001", "500").inRealTime();
        CompletableFuture<PlayedCall> played;
        try (FakePbx fake = release.equals("16") ? FakePbx.asterisk16() : FakePbx.asterisk22();
                Pbx pbx = Pbx.from(fake.settings());
                EventProbe<NewStateEvent> states =
                        EventProbe.on(pbx.ami().events(), NewStateEvent.class)) {
            played = CompletableFuture.supplyAsync(() -> fake.play(call));
            states.next(event -> event.channel().state().equals(ChannelState.RINGING));

            try (AmiState state = AmiState.follow(pbx.ami())) {
                assertThat(state.queue("500").waiting()).isEqualTo(1);
                assertThat(state.calls())
                        .extracting(LiveCall::phase)
                        .containsExactly(CallPhase.QUEUED);
            }
            assertThat(pbx.ami().send(CoreShowChannelsAction.create())).hasSize(2);
            assertThat(pbx.ami().send(StatusAction.create()))
                    .extracting(one -> one.channel().name())
                    .anyMatch(name -> name.startsWith("PJSIP/1001-"));
            assertThat(pbx.ari().channels().list()).hasSize(2);
        }
        assertThat(played).as("closing the fake ends its call").failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void onePartOfAListCanBeAskedFor() {
        try (FakePbx fake = FakePbx.asterisk22();
                Pbx pbx = Pbx.from(fake.settings())) {
            String id = "1795219578.18";
            fake.ami()
                    .emit(
                            "Event", "Newchannel",
                            "Channel", "PJSIP/1001-0000000c",
                            "ChannelState", "4",
                            "Exten", "1002",
                            "Uniqueid", id,
                            "Linkedid", id);
            fake.ami().emit("Event", "BridgeCreate", "BridgeUniqueid", "b1");
            fake.ami().emit("Event", "BridgeEnter", "BridgeUniqueid", "b1", "Uniqueid", id);

            assertThat(pbx.ami().send(BridgeInfoAction.of("b1")))
                    .hasAtLeastOneElementOfType(BridgeInfoChannelEvent.class);
            assertThatThrownBy(() -> pbx.ami().send(BridgeInfoAction.of("b2")))
                    .hasMessageContaining("not found");
            assertThatThrownBy(
                            () ->
                                    pbx.ami()
                                            .send(
                                                    StatusAction.builder()
                                                            .channel("PJSIP/1009-1")
                                                            .build()))
                    .hasMessageContaining("No such channel");
        }
    }
}
