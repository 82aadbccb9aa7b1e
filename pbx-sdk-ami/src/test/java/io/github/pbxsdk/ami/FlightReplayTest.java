package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.action.OriginateAction;
import io.github.pbxsdk.ami.action.QueueStatusAction;
import io.github.pbxsdk.ami.event.UserEvent;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.observe.FlightRecording;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client has heard once, on any road, it hears again from a server that is none. */
class FlightReplayTest {

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void aRecordingAnswersAsTheServerDid(Peer.Road road) {
        Path file = folder.resolve("pbx.flight");
        try (Peer peer = new Peer(road);
                FlightRecorder recorder = FlightRecorder.to(file).build();
                AmiClient client = peer.builder().flightRecorder(recorder).build()) {
            script(peer.server);
            client.connect();
            use(client);
        }

        try (FakeAmi server = FakeAmi.asterisk22()) {
            server.replay(FlightRecording.read(file));
            try (AmiClient client = TestClients.builder(server).build()) {
                client.connect();
                use(client);
                assertThat(
                                client.send(AmiAction.raw("Getvar", "Variable", "N"))
                                        .fields()
                                        .get("Value"))
                        .as("the last one, from then on")
                        .isEqualTo("2");
            }
        }
    }

    private static void script(FakeAmi server) {
        server.answer(
                "QueueStatus",
                AmiMessage.of("Response", "Success", "EventList", "start"),
                AmiMessage.of("Event", "QueueMember", "Queue", "support", "Name", "größer"),
                AmiMessage.of("Event", "QueueStatusComplete", "EventList", "Complete"));
        int[] count = new int[1];
        server.answer(
                "Getvar",
                action ->
                        List.of(
                                AmiMessage.of("Response", "Success", "Variable", "N")
                                        .with("Value", String.valueOf(++count[0]))));
    }

    private static void use(AmiClient client) {
        assertThat(client.server().version().text()).isEqualTo("22.10.1");
        assertThat(client.send(QueueStatusAction.create()))
                .singleElement()
                .satisfies(item -> assertThat(item.fields().get("Name")).isEqualTo("größer"));
        for (String value : List.of("1", "2")) {
            assertThat(client.send(AmiAction.raw("Getvar", "Variable", "N")).fields().get("Value"))
                    .isEqualTo(value);
        }
        assertThatThrownBy(() -> client.send(AmiAction.raw("Nope")))
                .isInstanceOf(AmiRejectedException.class)
                .hasMessageContaining("Invalid/unknown command: Nope");
    }

    @Test
    void recordedEventsComeAfterTheActionTheyFollowed() {
        Path file = folder.resolve("events.flight");
        try (FakeAmi server = FakeAmi.asterisk16();
                FlightRecorder recorder = FlightRecorder.to(file).build();
                AmiClient client = TestClients.builder(server).flightRecorder(recorder).build();
                EventProbe<UserEvent> events = EventProbe.on(client.events(), UserEvent.class)) {
            server.answer("Getvar", AmiMessage.of("Response", "Success", "Value", "x"));
            client.connect();
            client.send(AmiAction.raw("Getvar", "Variable", "N"));
            server.emit("Event", "UserEvent", "Privilege", "user,all", "UserEvent", "first");
            server.emit("Event", "UserEvent", "Privilege", "user,all", "UserEvent", "second");
            events.next(event -> event.userEventName().equals("second"));
        }

        try (FakeAmi server = FakeAmi.asterisk16();
                AmiClient client = TestClients.builder(server).build();
                EventProbe<UserEvent> events = EventProbe.on(client.events(), UserEvent.class)) {
            server.replay(FlightRecording.read(file));
            client.connect();
            client.send(AmiAction.raw("Getvar", "Variable", "N"));

            assertThat(Stream.of(events.next(), events.next()))
                    .extracting(UserEvent::userEventName)
                    .containsExactly("first", "second");
            client.send(AmiAction.raw("Getvar", "Variable", "N"));
            events.none();
        }
    }

    @Test
    void anOriginateEndsAsItDidUnderTheIdsOfToday() {
        Path file = folder.resolve("call.flight");
        OriginateAction call = OriginateAction.to("PJSIP/1002").application("Echo").build();
        try (FakeAmi server = FakeAmi.asterisk22();
                FlightRecorder recorder = FlightRecorder.to(file).build();
                AmiClient client = TestClients.builder(server).flightRecorder(recorder).build()) {
            server.answer(
                    "Originate",
                    action -> {
                        server.emit(
                                AmiMessage.of(
                                                "Event",
                                                "OriginateResponse",
                                                "Privilege",
                                                "call,all",
                                                "Response",
                                                "Failure",
                                                "Reason",
                                                "3")
                                        .with("Uniqueid", action.get("ChannelId"))
                                        .with("ActionID", action.get("ActionID")));
                        return List.of(AmiMessage.of("Response", "Success"));
                    });
            client.connect();
            assertThat(client.originate(call).outcome())
                    .isEqualTo(OriginateResult.Outcome.NO_ANSWER);
        }

        try (FakeAmi server = FakeAmi.asterisk22();
                AmiClient client = TestClients.builder(server).build()) {
            server.replay(FlightRecording.read(file));
            client.connect();
            OriginateResult again = client.originate(call);

            assertThat(again.outcome()).isEqualTo(OriginateResult.Outcome.NO_ANSWER);
        }
    }
}
