package io.github.pbxsdk.ami.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiEventClass;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.event.ChannelState;
import io.github.pbxsdk.ami.event.NewChannelEvent;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ami.AmiMessage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AmiStateTest {

    private final StateLab lab = new StateLab();

    @AfterEach
    void close() {
        lab.close();
    }

    /** The two ways to begin. */
    enum Door {
        BLOCKING,
        ASYNC;

        AmiState follow(AmiClient client) {
            return this == BLOCKING
                    ? AmiState.follow(client)
                    : Futures.await(AmiState.followAsync(client));
        }

        void resynchronise(AmiState state) {
            if (this == BLOCKING) {
                state.resynchronise();
            } else {
                Futures.await(state.resynchroniseAsync());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsThereAtTheBeginningIsFound(Door door) {
        lab.items("Status")
                .add(
                        Wire.status(
                                "PJSIP/101-1",
                                "1.1",
                                "1.1",
                                "b",
                                "Variable",
                                "MIXMONITOR_FILENAME=/tmp/a.wav"));
        lab.items("Status")
                .add(
                        Wire.status(
                                "PJSIP/102-1",
                                "1.2",
                                "1.1",
                                "b",
                                "Variable",
                                "MIXMONITOR_FILENAME=(null)"));
        lab.items("BridgeList")
                .add(
                        AmiMessage.of(
                                "Event",
                                "BridgeListItem",
                                "BridgeUniqueid",
                                "b",
                                "BridgeType",
                                "basic",
                                "BridgeTechnology",
                                "simple_bridge"));
        try (AmiState state = door.follow(lab.client)) {
            LiveCall call = state.call("1.1");

            assertThat(call.phase()).isEqualTo(CallPhase.TALKING);
            assertThat(call.parties())
                    .extracting(LiveChannel::endpoint)
                    .containsExactly("101", "102");
            assertThat(call.startedAt()).isEqualTo(StateLab.START.minusSeconds(60));
            assertThat(call.recordings())
                    .singleElement()
                    .hasFieldOrPropertyWithValue("channelId", "1.1");
            assertThat(state.bridges().get(0).channelIds()).containsExactly("1.1", "1.2");
            assertThat(state.isCurrent()).isTrue();
        }
    }

    @Test
    void whatHappensWhileTheServerIsAskedIsAppliedToItsAnswer() {
        lab.server.answer(
                "Status",
                request -> {
                    lab.channel("Newchannel", "PJSIP/101-1", "1.1", "1.1");
                    lab.channel("Newstate", "PJSIP/101-2", "1.2", "1.2");
                    lab.channel("Hangup", "PJSIP/101-3", "1.3", "1.3");
                    return StateLab.list(
                            "StatusComplete",
                            List.of(
                                    Wire.status("PJSIP/101-2", "1.2", "1.2", ""),
                                    Wire.status("PJSIP/101-3", "1.3", "1.3", "")));
                });
        try (AmiState state = AmiState.follow(lab.client)) {
            assertThat(state.calls())
                    .filteredOn(call -> call.phase() != CallPhase.ENDED)
                    .extracting(LiveCall::id)
                    .containsExactlyInAnyOrder("1.1", "1.2");
        }
    }

    @Test
    void aCallIsClosedSomeSecondsAfterItsLastChannel() {
        try (AmiState state = AmiState.follow(lab.client)) {
            EventProbe<CallEndedEvent> ends = EventProbe.on(state.events(), CallEndedEvent.class);
            lab.channel("Newchannel", "PJSIP/101-1", "1.1", "1.1");
            lab.channel("Hangup", "PJSIP/101-1", "1.1", "1.1");
            lab.channel("BridgeLeave", "PJSIP/101-1", "1.1", "1.1", "BridgeUniqueid", "b");
            lab.settle();

            assertThat(state.call("1.1").phase()).isEqualTo(CallPhase.ENDED);
            lab.time.advance(StateKeeper.LINGER.minusMillis(1));
            ends.none();
            assertThat(state.findCall("1.1")).isPresent();
            lab.time.advance(Duration.ofMillis(1));

            assertThat(ends.next().call().endedAt()).contains(StateLab.START);
            assertThat(state.findCall("1.1")).isEmpty();
            assertThat(state.size()).isZero();
        }
    }

    @Test
    void aCallThatGetsAnotherChannelInTimeGoesOn() {
        try (AmiState state = AmiState.follow(lab.client)) {
            lab.channel("Newchannel", "PJSIP/101-1", "1.1", "1.1");
            lab.channel("Hangup", "PJSIP/101-1", "1.1", "1.1");
            lab.settle();
            lab.time.advance(Duration.ofSeconds(1));
            lab.channel("Newchannel", "PJSIP/102-1", "1.2", "1.1");
            lab.settle();
            lab.time.advance(Duration.ofMinutes(1));

            assertThat(state.call("1.1").phase()).isEqualTo(CallPhase.CONNECTED);
        }
    }

    @Test
    void aChannelMovesToAnotherCallWithoutAnEventThatSaysSo() {
        try (AmiState state = AmiState.follow(lab.client)) {
            EventProbe<CallEndedEvent> ends = EventProbe.on(state.events(), CallEndedEvent.class);
            lab.channel("Newchannel", "PJSIP/101-1", "1.1", "1.1");
            lab.channel("Newchannel", "PJSIP/103-1", "1.3", "1.3");
            lab.channel("Newexten", "PJSIP/103-1", "1.3", "1.1");
            // Overtaken on its way, this one still has the former id.
            lab.channel("Newexten", "PJSIP/103-1", "1.3", "1.3");
            lab.settle();

            assertThat(ends.next().call())
                    .satisfies(call -> assertThat(call.id()).isEqualTo("1.3"))
                    .satisfies(call -> assertThat(call.continuesAs()).contains("1.1"));
            assertThat(state.call("1.3").id()).isEqualTo("1.1");
            assertThat(state.call("1.1").aliases()).containsExactly("1.3");
            assertThat(state.call("1.1").channels()).hasSize(2);
            ends.none();
        }
    }

    @Test
    void aLateEventWithTheFormerIdDoesNotBringAChannelBack() {
        try (AmiState state = AmiState.follow(lab.client)) {
            lab.channel("Newchannel", "PJSIP/101-1", "1.1", "1.1");
            lab.channel("Newchannel", "PJSIP/103-1", "1.3", "1.3");
            lab.channel("Newchannel", "PJSIP/104-1", "1.4", "1.3");
            lab.channel("Newexten", "PJSIP/104-1", "1.4", "1.1");
            lab.channel("Newexten", "PJSIP/104-1", "1.4", "1.3");
            lab.settle();

            assertThat(state.call("1.4").id()).isEqualTo("1.1");
            assertThat(state.call("1.3").channels()).hasSize(1);
        }
    }

    @Test
    void aRenamedChannelIsStillTheSame() {
        try (AmiState state = AmiState.follow(lab.client)) {
            lab.channel("Newchannel", "PJSIP/101-1", "1.1", "1.1");
            lab.emit(
                    "Event",
                    "Rename",
                    "Privilege",
                    "call,all",
                    "Channel",
                    "PJSIP/101-1",
                    "Newname",
                    "PJSIP/101-1<MASQ>",
                    "Uniqueid",
                    "1.1");
            lab.channel("Newstate", "PJSIP/101-1<MASQ>", "1.1", "1.1", "ChannelState", "5");
            lab.settle();

            LiveChannel channel = state.call("1.1").channel("1.1");
            assertThat(channel.name()).isEqualTo("PJSIP/101-1<MASQ>");
            assertThat(channel.state()).isEqualTo(ChannelState.RINGING);
        }
    }

    @Test
    void aRecordingEndsWithItsChannel() {
        try (AmiState state = AmiState.follow(lab.client)) {
            lab.channel("Newchannel", "PJSIP/101-1", "1.1", "1.1");
            recordInto("/tmp/a.wav");
            lab.settle();
            assertThat(recordedFiles(state)).containsExactly("/tmp/a.wav");

            lab.channel("Hangup", "PJSIP/101-1", "1.1", "1.1");
            lab.settle();
            assertThat(state.recordings()).isEmpty();
        }
    }

    private void recordInto(String file) {
        lab.channel(
                "VarSet",
                "PJSIP/101-1",
                "1.1",
                "1.1",
                "Variable",
                "MIXMONITOR_FILENAME",
                "Value",
                file);
        lab.channel("MixMonitorStart", "PJSIP/101-1", "1.1", "1.1");
    }

    /** Has something happen while the server is asked, whose answer knows of it already. */
    private void whileAsked(Runnable event, String lastFile) {
        AmiMessage channel =
                Wire.status(
                        "PJSIP/101-1",
                        "1.1",
                        "1.1",
                        "",
                        "Variable",
                        "MIXMONITOR_FILENAME=" + lastFile);
        lab.server.answer(
                "Status",
                request -> {
                    event.run();
                    return StateLab.list("StatusComplete", List.of(channel));
                });
    }

    private static List<String> recordedFiles(AmiState state) {
        return state.recordings().stream().map(RunningRecording::file).toList();
    }

    @Test
    void aRecordingThatBeginsWhileTheServerIsAskedIsOne() {
        whileAsked(() -> lab.channel("MixMonitorStart", "PJSIP/101-1", "1.1", "1.1"), "/tmp/a.wav");
        try (AmiState state = AmiState.follow(lab.client)) {
            assertThat(recordedFiles(state)).containsExactly("/tmp/a.wav");

            whileAsked(() -> recordInto("/tmp/b.wav"), "/tmp/b.wav");
            state.resynchronise();

            assertThat(recordedFiles(state)).containsExactly("/tmp/a.wav", "/tmp/b.wav");
        }
    }

    @Test
    void aRecordingThatEndsWhileTheServerIsAskedTakesNoOtherWithIt() {
        whileAsked(() -> {}, "/tmp/a.wav");
        try (AmiState state = AmiState.follow(lab.client)) {
            recordInto("/tmp/b.wav");
            lab.settle();
            assertThat(recordedFiles(state)).containsExactly("/tmp/a.wav", "/tmp/b.wav");

            whileAsked(
                    () -> lab.channel("MixMonitorStop", "PJSIP/101-1", "1.1", "1.1"), "/tmp/b.wav");
            state.resynchronise();

            assertThat(recordedFiles(state)).containsExactly("/tmp/b.wav");
        }
    }

    @Test
    void aRecordingThatHasEndedIsNotTakenFromAListOlderThanTheNextOne() {
        whileAsked(() -> {}, "/tmp/a.wav");
        try (AmiState state = AmiState.follow(lab.client)) {
            lab.channel("MixMonitorStop", "PJSIP/101-1", "1.1", "1.1");
            lab.settle();
            assertThat(recordedFiles(state)).isEmpty();

            lab.whenListed(() -> recordInto("/tmp/b.wav"));
            state.resynchronise();

            assertThat(recordedFiles(state)).containsExactly("/tmp/b.wav");
        }
    }

    @Test
    void theEndOfARecordingBeforeTheListedOneTakesThatOneNotWithIt() {
        whileAsked(
                () -> {
                    recordInto("/tmp/a.wav");
                    lab.channel("MixMonitorStop", "PJSIP/101-1", "1.1", "1.1");
                    recordInto("/tmp/b.wav");
                },
                "/tmp/b.wav");
        try (AmiState state = AmiState.follow(lab.client)) {
            assertThat(recordedFiles(state)).containsExactly("/tmp/b.wav");
        }
    }

    @Test
    void aCallThatEndsLongBeforeTheServerHasListedAllEndsOnce() {
        lab.items("Status").add(Wire.status("PJSIP/101-1", "1.1", "1.1", ""));
        try (AmiState state = AmiState.follow(lab.client)) {
            EventProbe<CallAppearedEvent> again =
                    EventProbe.on(state.events(), CallAppearedEvent.class);
            endsOnce(state, again, () -> lab.channel("Hangup", "PJSIP/101-1", "1.1", "1.1"));
        }
    }

    @Test
    void aCallThatBeginsAndEndsLongBeforeTheServerHasListedAllEndsOnce() {
        try (AmiState state = AmiState.follow(lab.client)) {
            EventProbe<CallAppearedEvent> appeared =
                    EventProbe.on(state.events(), CallAppearedEvent.class);
            endsOnce(
                    state,
                    appeared,
                    () -> {
                        lab.channel("Newchannel", "PJSIP/101-1", "1.1", "1.1");
                        appeared.next();
                        lab.channel("Hangup", "PJSIP/101-1", "1.1", "1.1");
                    });
        }
    }

    private void endsOnce(AmiState state, EventProbe<CallAppearedEvent> again, Runnable end) {
        EventProbe<CallChangedEvent> changes =
                EventProbe.on(state.events(), CallChangedEvent.class);
        EventProbe<CallEndedEvent> ends = EventProbe.on(state.events(), CallEndedEvent.class);
        lab.whenListed(
                () -> {
                    end.run();
                    changes.next(change -> change.call().phase() == CallPhase.ENDED);
                    lab.time.advance(StateKeeper.LINGER);
                });
        state.resynchronise();
        assertThat(state.calls()).allMatch(call -> call.phase() == CallPhase.ENDED);
        lab.time.advance(StateKeeper.LINGER);

        assertThat(ends.next().call().endedAt()).contains(StateLab.START);
        Drain.of(state, lab);
        changes.none();
        again.none();
        ends.none();
        assertThat(state.size()).isZero();
    }

    @Test
    void whoIsParkedWhileTheServerIsAskedIsParkedSinceThen() {
        lab.items("Status").add(Wire.status("PJSIP/101-1", "1.1", "1.1", ""));
        try (AmiState state = AmiState.follow(lab.client)) {
            EventProbe<CallChangedEvent> changes =
                    EventProbe.on(state.events(), CallChangedEvent.class);
            lab.whenListed(
                    () -> {
                        park("1.1");
                        changes.next();
                        lab.time.advance(Duration.ofSeconds(10));
                    });

            state.resynchronise();

            assertThat(state.parkedCalls())
                    .singleElement()
                    .matches(parked -> parked.parkedAt().equals(StateLab.START));
            changes.none();
        }
    }

    private void park(String id) {
        lab.emit(
                "Event",
                "ParkedCall",
                "Privilege",
                "call,all",
                "ParkeeUniqueid",
                id,
                "ParkeeLinkedid",
                id,
                "Parkinglot",
                "default",
                "ParkingSpace",
                "71");
    }

    @Test
    void aGapIsClosedByReadingEverythingAgain() {
        lab.items("Status").add(Wire.status("PJSIP/101-1", "1.1", "1.1", ""));
        try (AmiState state = AmiState.follow(lab.client)) {
            EventProbe<CallAppearedEvent> appeared =
                    EventProbe.on(state.events(), CallAppearedEvent.class);
            EventProbe<CallChangedEvent> changed =
                    EventProbe.on(state.events(), CallChangedEvent.class);
            EventProbe<StateSyncedEvent> synced =
                    EventProbe.on(state.events(), StateSyncedEvent.class);
            EventProbe<ConnectionEvent> connection =
                    EventProbe.on(state.events(), ConnectionEvent.class);
            lab.items("Status").clear();
            lab.items("Status").add(Wire.status("PJSIP/102-1", "1.2", "1.2", ""));
            lab.server.cut();
            connection.next(change -> change.state() == ConnectionState.RECONNECTING);
            assertThat(state.isCurrent()).isFalse();
            assertThat(state.call("1.1").channels()).hasSize(1);

            lab.awaitConnected();

            assertThat(changed.next().call().id()).isEqualTo("1.1");
            assertThat(appeared.next().call().id()).isEqualTo("1.2");
            synced.next();
            assertThat(state.call("1.1").phase()).isEqualTo(CallPhase.ENDED);
            assertThat(state.call("1.2").phase()).isEqualTo(CallPhase.CONNECTED);
        }
    }

    @Test
    void aListenerThatIsTooSlowDoesNotMakeThePictureWrong() {
        AtomicReference<Thread> blocked = new AtomicReference<>();
        EventProbe<ConnectionEvent> others =
                EventProbe.on(lab.client.events(), ConnectionEvent.class);
        lab.client
                .events()
                .subscribe(
                        NewChannelEvent.class,
                        event -> {
                            blocked.set(Thread.currentThread());
                            others.next();
                        });
        try (AmiState state = AmiState.follow(lab.client)) {
            lab.channel("Newchannel", "PJSIP/101-1", "1.1", "1.1");
            lab.channel("Newchannel", "PJSIP/101-2", "1.2", "1.2");
            lab.settle();

            assertThat(state.calls()).hasSize(2);
            lab.server.cut();
        }
    }

    @Test
    void aForgedCallDoesNotStay() {
        try (AmiState state = AmiState.follow(lab.client)) {
            lab.channel("Newchannel", "PJSIP/101-1", "forged", "forged");
            lab.settle();
            assertThat(state.calls()).hasSize(1);

            EventProbe<StateSyncedEvent> synced =
                    EventProbe.on(state.events(), StateSyncedEvent.class);
            lab.time.advance(StateKeeper.VERIFY);
            synced.next();
            lab.time.advance(StateKeeper.LINGER);

            assertThat(state.size()).isZero();
        }
    }

    @Test
    void anEventAboutAChannelThatNeverWasMakesNoneAndAsksTheServer() {
        try (AmiState state = AmiState.follow(lab.client)) {
            EventProbe<StateSyncedEvent> synced =
                    EventProbe.on(state.events(), StateSyncedEvent.class);
            lab.channel("Newstate", "PJSIP/101-1", "1.1", "1.1");
            lab.channel("Hangup", "PJSIP/101-2", "1.2", "1.2");
            lab.settle();
            assertThat(state.calls()).isEmpty();
            assertThat(lab.rounds()).isEqualTo(1);

            lab.items("Status").add(Wire.status("PJSIP/101-1", "1.1", "1.1", ""));
            lab.time.advance(StateKeeper.DOUBT);
            synced.next();

            assertThat(state.calls()).extracting(LiveCall::id).containsExactly("1.1");
            assertThat(lab.rounds()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatEndedUnseenGoesWhenTheServerIsAsked(Door door) {
        lab.items("Status").add(Wire.status("PJSIP/101-1", "1.1", "1.1", ""));
        try (AmiState state = door.follow(lab.client)) {
            lab.items("Status").clear();

            door.resynchronise(state);

            assertThat(state.call("1.1").phase()).isEqualTo(CallPhase.ENDED);
        }
    }

    @Test
    void whatTheUserMayNotSeeIsMissingAndTheRestIsThere() {
        lab.server.answer(
                "QueueStatus", AmiMessage.of("Response", "Error", "Message", "Permission denied"));
        lab.server.answer(
                "PJSIPShowContacts",
                AmiMessage.of("Response", "Error", "Message", "No Contacts found"));
        lab.items("Status").add(Wire.status("PJSIP/101-1", "1.1", "1.1", ""));
        try (AmiState state = AmiState.follow(lab.client)) {
            assertThat(state.unavailable()).containsExactly(StatePart.QUEUES);
            assertThatThrownBy(() -> state.queue("500"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("does not list its queues");
            assertThat(state.calls()).hasSize(1);

            lab.channel("QueueCallerJoin", "PJSIP/101-1", "1.1", "1.1", "Queue", "500");
            lab.settle();
            lab.time.advance(StateKeeper.DOUBT.multipliedBy(2));
            assertThat(lab.rounds()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatHadNotLoadedAllIsAskedAgainWhenItIsReady() {
        lab.server.answer(
                "QueueStatus", AmiMessage.of("Response", "Error", "Message", "Invalid command"));
        try (AmiState state = AmiState.follow(lab.client);
                EventProbe<StateSyncedEvent> synced =
                        EventProbe.on(state.events(), StateSyncedEvent.class)) {
            assertThat(state.unavailable()).containsExactly(StatePart.QUEUES);
            lab.queue("500", 0);
            lab.server.answer(
                    "QueueStatus",
                    asked -> StateLab.list("QueueStatusComplete", lab.items("QueueStatus")));

            lab.emit("Event", "FullyBooted", "Privilege", "system,all", "Status", "Fully Booted");

            synced.next(sync -> sync.unavailable().isEmpty());
            assertThat(state.queue("500").waiting()).isZero();
            lab.emit("Event", "FullyBooted", "Privilege", "system,all", "Status", "Fully Booted");
            lab.settle();
            assertThat(lab.rounds()).as("nothing was missing any more").isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutChannelsThereIsNoState(Door door) {
        lab.server.answer(
                "Status", AmiMessage.of("Response", "Error", "Message", "Permission denied"));

        assertThatThrownBy(() -> door.follow(lab.client)).isInstanceOf(AmiRejectedException.class);
    }

    @Test
    void withoutEventsOfCallsThereIsNoState() {
        try (AmiClient deaf =
                AmiClient.builder()
                        .host(lab.server.host())
                        .port(lab.server.port())
                        .credentials(Credentials.of("lab", "lab-secret"))
                        .eventMask(EnumSet.of(AmiEventClass.USER))
                        .build()) {
            assertThatThrownBy(() -> AmiState.follow(deaf))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("AmiEventClass.CALL");
        }
    }

    @Test
    void aClosedStateFollowsNoMore() {
        AmiState state = AmiState.follow(lab.client);
        state.close();
        state.close();
        lab.channel("Newchannel", "PJSIP/101-1", "1.1", "1.1");
        lab.settle();

        assertThat(state.calls()).isEmpty();
        assertThat(state.isCurrent()).isFalse();
        assertThatThrownBy(state::resynchronise).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> state.call("1.1")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void theChannelOfTextsIsNoCall() {
        try (AmiState state = AmiState.follow(lab.client)) {
            lab.channel("Newchannel", "Message/ast_msg_queue", "1.1", "1.1");
            lab.channel("NewCallerid", "Message/ast_msg_queue", "1.1", "1.1");
            lab.settle();

            assertThat(state.calls()).isEmpty();
            lab.time.advance(StateKeeper.DOUBT);
            assertThat(lab.rounds()).isEqualTo(1);
        }
    }

    @Test
    void valuesPrintNoNumbersOfPeople() {
        try (AmiState state = AmiState.follow(lab.client)) {
            lab.channel("Newchannel", "PJSIP/trunk-1", "1.1", "1.1", "Foo", "bar");
            lab.server.emit(
                    Wire.channel("NewCallerid", "PJSIP/trunk-1", "1.1", "1.1")
                            .with("Presentation", "allowed"));
            lab.settle();

            assertThat(state.call("1.1").toString())
                    .isEqualTo("call 1.1 CONNECTED [PJSIP/trunk-1 UP]");
        }
    }
}
