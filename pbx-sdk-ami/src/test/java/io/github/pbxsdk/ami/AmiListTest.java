package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.ami.action.ConfbridgeListRoomsAction;
import io.github.pbxsdk.ami.action.CoreShowChannelsAction;
import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.CoreShowChannelEvent;
import io.github.pbxsdk.ami.event.UserEvent;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class AmiListTest {

    private static final AmiMessage START =
            AmiMessage.of(
                    "Response", "Success", "EventList", "start", "Message", "Channels will follow");
    private static final AmiMessage END =
            AmiMessage.of(
                    "Event", "CoreShowChannelsComplete", "EventList", "Complete", "ListItems", "2");

    private final FakeAmi server;

    AmiListTest(Played played) {
        this.server = played.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static AmiMessage channel(String name) {
        return AmiMessage.of("Event", "CoreShowChannel", "Channel", name);
    }

    @ParameterizedTest
    @EnumSource
    void itemsAreCollectedInOrderAndAreNoEvents(Door door) {
        server.answer("CoreShowChannels", START, channel("PJSIP/1"), channel("PJSIP/2"), END);
        try (AmiClient client = TestClients.connect(server)) {
            EventProbe<AmiEvent> events = EventProbe.on(client.events(), AmiEvent.class);

            assertThat(door.send(client, CoreShowChannelsAction.create()))
                    .extracting(item -> item.channel().name())
                    .containsExactly("PJSIP/1", "PJSIP/2");

            server.emit("Event", "UserEvent", "Privilege", "user,all", "UserEvent", "after");
            assertThat(events.next()).isInstanceOf(UserEvent.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theErrorThatThereIsNothingToListIsAnEmptyList(Door door) {
        server.answer(
                "ConfbridgeListRooms",
                AmiMessage.of("Response", "Error", "Message", "No active conferences."));
        try (AmiClient client = TestClients.connect(server)) {
            assertThat(door.send(client, ConfbridgeListRoomsAction.create())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itemsArePushedInOrder(Door door) {
        server.answer("CoreShowChannels", START, channel("PJSIP/1"), channel("PJSIP/2"), END);
        try (AmiClient client = TestClients.connect(server)) {
            List<String> names = new ArrayList<>();

            AmiResponse answer =
                    door.list(
                            client,
                            CoreShowChannelsAction.create(),
                            item -> names.add(item.fields().get("Channel")));

            assertThat(names).containsExactly("PJSIP/1", "PJSIP/2");
            assertThat(answer.items()).isEmpty();
            assertThat(answer.completion()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListenerThatThrowsEndsTheList(Door door) {
        server.answer("CoreShowChannels", START, channel("PJSIP/1"), channel("PJSIP/2"), END);
        try (AmiClient client = TestClients.connect(server)) {
            assertThatThrownBy(
                            () ->
                                    door.list(
                                            client,
                                            CoreShowChannelsAction.create(),
                                            item -> {
                                                throw new IllegalArgumentException("enough");
                                            }))
                    .hasMessage("enough");
            client.send(PingAction.create());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserEventWithTheIdOfTheActionIsNoItem(Door door) {
        server.answer(
                "CoreShowChannels",
                START,
                AmiMessage.of("Event", "UserEvent", "Privilege", "user,all", "UserEvent", "forged"),
                channel("PJSIP/1"),
                END);
        try (AmiClient client = TestClients.connect(server)) {
            EventProbe<UserEvent> events = EventProbe.on(client.events(), UserEvent.class);

            assertThat(door.send(client, CoreShowChannelsAction.create())).hasSize(1);
            assertThat(events.next().fields().get("UserEvent")).isEqualTo("forged");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorInPlaceOfAListIsARefusal(Door door) {
        server.answer(
                "DBGet", AmiMessage.of("Response", "Error", "Message", "Database entry not found"));
        try (AmiClient client = TestClients.connect(server)) {
            assertThatThrownBy(
                            () ->
                                    door.send(
                                            client,
                                            AmiAction.raw("DBGet", "Family", "a", "Key", "b")))
                    .isInstanceOfSatisfying(
                            AmiRejectedException.class,
                            e ->
                                    assertThat(e.kind())
                                            .isEqualTo(AmiRejectedException.Kind.NOT_FOUND));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListIsRecognisedByTheAnswerNotByTheAction(Door door) {
        server.answer(
                "Hangup",
                AmiMessage.of("Response", "Success", "EventList", "start"),
                AmiMessage.of("Event", "ChannelHungup", "Channel", "PJSIP/1"),
                AmiMessage.of("Event", "ChannelsHungupListComplete", "EventList", "Complete"));
        try (AmiClient client = TestClients.connect(server)) {
            AmiResponse answer = door.send(client, AmiAction.raw("Hangup", "Channel", "/^PJSIP/"));

            assertThat(answer.items()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListThatStopsTimesOut(Door door) {
        server.answer("CoreShowChannels", START, channel("PJSIP/1"));
        try (AmiClient client =
                TestClients.builder(server).itemTimeout(Duration.ofMillis(200)).build()) {
            client.connect();

            assertThatThrownBy(() -> door.list(client, CoreShowChannelsAction.create(), item -> {}))
                    .isInstanceOf(PbxTimeoutException.class)
                    .hasMessageContaining("the list stopped, nothing came for 200 ms");
        }
    }

    @Test
    void aListMayTakeLongerThanTheDeadlineOfAnAnswer() {
        server.answer("CoreShowChannels", START, channel("PJSIP/1"));
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        try (PbxResources resources = PbxResources.builder().time(time).build();
                AmiClient client =
                        TestClients.builder(server)
                                .timeout(Duration.ofMillis(300))
                                .itemTimeout(Duration.ofSeconds(1))
                                .resources(resources)
                                .build()) {
            client.connect();
            CompletableFuture<AmiResponse> list =
                    client.listAsync(CoreShowChannelsAction.create(), item -> {});
            client.send(PingAction.create());
            time.advance(Duration.ofMillis(999));
            assertThat(list).isNotDone();

            time.advance(Duration.ofMillis(1));
            assertThatThrownBy(() -> list.get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("the list stopped");
        }
    }

    @Test
    void aDeadlineOfOnesOwnIsForTheWholeList() {
        server.answer("CoreShowChannels", START, channel("PJSIP/1"));
        try (AmiClient client = TestClients.connect(server)) {
            AmiClient hurried = client.with(CallOptions.deadline(Duration.ofMillis(200)));

            assertThatThrownBy(() -> hurried.send(CoreShowChannelsAction.create()))
                    .isInstanceOf(PbxTimeoutException.class)
                    .hasMessageContaining("no answer within 200 ms");
        }
    }

    @Test
    void tooLongAListSaysHowToTakeIt() {
        AmiMessage[] messages = new AmiMessage[102];
        messages[0] = START;
        for (int i = 1; i <= 100; i++) {
            messages[i] = channel("PJSIP/" + "x".repeat(100));
        }
        messages[101] = END;
        server.answer("CoreShowChannels", messages);
        try (AmiClient client = TestClients.builder(server).maxListBytes(5000).build()) {
            client.connect();

            PbxException failure =
                    catchThrowableOfType(
                            PbxException.class, () -> client.send(CoreShowChannelsAction.create()));

            assertThat(failure).hasMessageContaining("list(action, listener)");
            assertThat(client.send(PingAction.create()).serverTime()).isPresent();
        }
    }

    @Test
    void itemsOfAListThatNobodyWaitsForAreNoEvents() {
        server.answer("CoreShowChannels", START, channel("PJSIP/1"), END);
        try (AmiClient client = TestClients.connect(server)) {
            EventProbe<AmiEvent> events = EventProbe.on(client.events(), AmiEvent.class);
            server.stall();
            CompletableFuture<?> list = client.sendAsync(CoreShowChannelsAction.create());
            server.awaitAction(action -> action.get("Action").equals("CoreShowChannels"));
            list.cancel(true);
            server.resume();
            client.send(PingAction.create());
            server.emit("Event", "UserEvent", "Privilege", "user,all", "UserEvent", "after");

            assertThat(events.next()).isInstanceOf(UserEvent.class);
        }
    }

    @Test
    void aListCutOffByALossIsReadAgain() {
        server.answer("CoreShowChannels", START, channel("PJSIP/1"));
        try (AmiClient client = TestClients.connect(server)) {
            CompletableFuture<List<CoreShowChannelEvent>> list =
                    client.sendAsync(CoreShowChannelsAction.create());
            server.awaitAction(action -> action.get("Action").equals("CoreShowChannels"));
            server.answer("CoreShowChannels", START, channel("PJSIP/2"), END);
            server.cut();

            assertThat(list)
                    .succeedsWithin(Duration.ofSeconds(5))
                    .satisfies(items -> assertThat(items).hasSize(1));
        }
    }
}
