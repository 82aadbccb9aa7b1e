package io.github.pbxsdk.ami.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.testing.ami.AmiMessage;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallControlTest {

    private static final AmiMessage DONE = AmiMessage.of("Response", "Success");

    private final StateLab lab = new StateLab();
    private AmiState state;

    @BeforeEach
    void begin() {
        for (String action :
                List.of(
                        "Hangup",
                        "BlindTransfer",
                        "Atxfer",
                        "CancelAtxfer",
                        "Park",
                        "MixMonitorMute")) {
            lab.server.answer(action, DONE);
        }
        lab.items("Status").add(Wire.status("Local/102@x-1;1", "1.0", "1.1", ""));
        lab.items("Status").add(Wire.status("PJSIP/101-1", "1.1", "1.1", ""));
        lab.items("Status").add(Wire.status("PJSIP/102-1", "1.2", "1.1", ""));
        state = AmiState.follow(lab.client);
        lab.channel("MixMonitorStart", "PJSIP/102-1", "1.2", "1.1");
        lab.settle();
    }

    @AfterEach
    void close() {
        state.close();
        lab.close();
    }

    /** One operation through one door, and the action that has to come of it. */
    private static Arguments one(
            String name,
            Consumer<AmiState> blocking,
            Function<AmiState, CompletableFuture<?>> async,
            String... expected) {
        return Arguments.of(name, blocking, async, expected);
    }

    private static LiveCall call(AmiState state) {
        return state.call("1.1");
    }

    private static LiveChannel channel(AmiState state) {
        return call(state).channel("1.1");
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                one(
                        "hang up a channel",
                        s -> s.control().hangUp(channel(s)),
                        s -> s.control().hangUpAsync(channel(s)),
                        "Action",
                        "Hangup",
                        "Channel",
                        "PJSIP/101-1"),
                one(
                        "hang up a call",
                        s -> s.control().hangUp(call(s)),
                        s -> s.control().hangUpAsync(call(s)),
                        "Action",
                        "Hangup",
                        "Channel",
                        "PJSIP/102-1"),
                one(
                        "transfer",
                        s -> s.control().transfer(channel(s), "300", "from-internal"),
                        s -> s.control().transferAsync(channel(s), "300", "from-internal"),
                        "Action",
                        "BlindTransfer",
                        "Channel",
                        "PJSIP/101-1",
                        "Exten",
                        "300"),
                one(
                        "attended transfer",
                        s -> s.control().attendedTransfer(channel(s), "300", "from-internal"),
                        s -> s.control().attendedTransferAsync(channel(s), "300", "from-internal"),
                        "Action",
                        "Atxfer",
                        "Channel",
                        "PJSIP/101-1",
                        "Exten",
                        "300"),
                one(
                        "cancel it",
                        s -> s.control().cancelAttendedTransfer(channel(s)),
                        s -> s.control().cancelAttendedTransferAsync(channel(s)),
                        "Action",
                        "CancelAtxfer",
                        "Channel",
                        "PJSIP/101-1"),
                one(
                        "park",
                        s -> s.control().park(channel(s)),
                        s -> s.control().parkAsync(channel(s)),
                        "Action",
                        "Park",
                        "Channel",
                        "PJSIP/101-1"),
                one(
                        "pause",
                        s -> s.control().pauseRecording(call(s)),
                        s -> s.control().pauseRecordingAsync(call(s)),
                        "Action",
                        "MixMonitorMute",
                        "Channel",
                        "PJSIP/102-1",
                        "State",
                        "1"),
                one(
                        "resume",
                        s -> s.control().resumeRecording(call(s)),
                        s -> s.control().resumeRecordingAsync(call(s)),
                        "Action",
                        "MixMonitorMute",
                        "Channel",
                        "PJSIP/102-1",
                        "State",
                        "0"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void anOperationIsAnAction(
            String name,
            Consumer<AmiState> blocking,
            Function<AmiState, CompletableFuture<?>> async,
            String[] expected) {
        blocking.accept(state);
        Futures.await(async.apply(state));

        long came =
                lab.server.actions().stream().filter(action -> matches(action, expected)).count();
        assertThat(came).isEqualTo(2);
    }

    private static boolean matches(AmiMessage action, String[] expected) {
        for (int i = 0; i < expected.length; i += 2) {
            if (!action.get(expected[i]).equals(expected[i + 1])) {
                return false;
            }
        }
        return true;
    }

    @Test
    void aCallIsHungUpAtItsTelephones() {
        state.control().hangUp(call(state));

        assertThat(lab.server.actions())
                .filteredOn(action -> action.get("Action").equals("Hangup"))
                .extracting(action -> action.get("Channel"))
                .containsExactlyInAnyOrder("PJSIP/101-1", "PJSIP/102-1");
    }

    @Test
    void aChannelThatWasQuickerIsNoFailureOfHangingUp() {
        lab.server.answer(
                "Hangup", AmiMessage.of("Response", "Error", "Message", "No such channel"));

        state.control().hangUp(call(state));

        assertThat(lab.server.actions()).anyMatch(one -> one.get("Action").equals("Hangup"));
    }

    @Test
    void aRefusalIsThrown() {
        lab.server.answer("Park", AmiMessage.of("Response", "Error", "Message", "Park failed"));

        assertThatThrownBy(() -> state.control().park(channel(state)))
                .isInstanceOf(AmiRejectedException.class);
    }

    @Test
    void anOldValueFindsTheChannelUnderItsNewName() {
        LiveChannel before = channel(state);
        lab.emit(
                "Event",
                "Rename",
                "Privilege",
                "call,all",
                "Channel",
                "PJSIP/101-1",
                "Newname",
                "PJSIP/101-9",
                "Uniqueid",
                "1.1");
        lab.settle();

        state.control().hangUp(before);

        lab.server.awaitAction(action -> action.get("Channel").equals("PJSIP/101-9"));
    }

    @Test
    void whatIsOverCannotBeControlled() {
        LiveCall before = call(state);
        lab.channel("Hangup", "PJSIP/101-1", "1.1", "1.1");
        lab.channel("Hangup", "PJSIP/102-1", "1.2", "1.1");
        lab.channel("Hangup", "Local/102@x-1;1", "1.0", "1.1");
        lab.settle();

        assertThatThrownBy(() -> state.control().hangUp(before))
                .isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> state.control().park(before.channel("1.1")))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aCallWithoutARecordingCannotBePaused() {
        lab.channel("MixMonitorStop", "PJSIP/102-1", "1.2", "1.1");
        lab.settle();

        assertThatThrownBy(() -> state.control().pauseRecording(call(state)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theGuardIsAsked() {
        try (AmiClient reader =
                AmiClient.builder()
                        .host(lab.server.host())
                        .port(lab.server.port())
                        .credentials(Credentials.of("lab", "lab-secret"))
                        .guard(OperationGuard.readOnly())
                        .build()) {
            reader.connect();
            try (AmiState seen = AmiState.follow(reader)) {
                assertThatThrownBy(() -> seen.control().hangUp(call(seen)))
                        .isInstanceOf(OperationRefusedException.class);
            }
        }
        assertThat(lab.server.actions()).noneMatch(one -> one.get("Action").equals("Hangup"));
    }

    @Test
    void aSupervisorAndAParkedCallAreOriginated() {
        lab.server.answer(
                "Originate", AmiMessage.of("Response", "Error", "Message", "no such extension"));
        assertThatThrownBy(() -> state.control().spy(channel(state), "PJSIP/300", SpyMode.BARGE))
                .isInstanceOf(AmiRejectedException.class);
        parking("ParkedCall", "1.1", "71");
        ParkedCall parked = state.parkedCalls().get(0);
        assertThatThrownBy(() -> state.control().retrieve(parked, "PJSIP/300"))
                .isInstanceOf(AmiRejectedException.class);

        assertThat(lab.server.actions())
                .filteredOn(action -> action.get("Action").equals("Originate"))
                .extracting(action -> action.get("Application") + "(" + action.get("Data") + ")")
                .containsExactly("ChanSpy(PJSIP/101-1,qBE)", "ParkedCall(default,71)");
    }

    @Test
    void aParkedCallIsFetchedFromWhereItIsNow() {
        lab.server.answer(
                "Originate", AmiMessage.of("Response", "Error", "Message", "no such extension"));
        parking("ParkedCall", "1.1", "71");
        ParkedCall parked = state.parkedCalls().get(0);
        parking("UnParkedCall", "1.1", "71");
        parking("ParkedCall", "1.2", "71");

        assertThatThrownBy(() -> state.control().retrieve(parked, "PJSIP/300"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("1.1 is not parked");
        assertThat(lab.server.actions()).noneMatch(one -> one.get("Action").equals("Originate"));

        parking("ParkedCall", "1.1", "72");
        assertThatThrownBy(() -> state.control().retrieve(parked, "PJSIP/300"))
                .isInstanceOf(AmiRejectedException.class);
        lab.server.awaitAction(one -> one.get("Data").equals("default,72"));
    }

    private void parking(String event, String id, String space) {
        lab.emit(
                "Event",
                event,
                "Privilege",
                "call,all",
                "ParkeeUniqueid",
                id,
                "ParkeeLinkedid",
                "1.1",
                "Parkinglot",
                "default",
                "ParkingSpace",
                space);
        lab.settle();
    }
}
