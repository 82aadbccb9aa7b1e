package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.action.OriginateAction;
import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.ami.action.QueueStatusAction;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.OtherEvent;
import io.github.pbxsdk.ami.event.UserEvent;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmiTransportTest {

    private static Stream<Arguments> roadsAndDoors() {
        return Stream.of(Peer.Road.values())
                .flatMap(road -> Stream.of(Door.values()).map(door -> Arguments.of(road, door)));
    }

    private static AmiAction<AmiResponse> userEvent(String value) {
        return AmiAction.raw("UserEvent", "UserEvent", "note", "Text", value);
    }

    @ParameterizedTest
    @MethodSource("roadsAndDoors")
    void answersAreTheSameOnEveryRoad(Peer.Road road, Door door) {
        try (Peer peer = new Peer(road);
                AmiClient client = peer.builder().build()) {
            peer.server.answer(
                    "Command",
                    AmiMessage.of("Response", "Success", "Message", "Command output follows")
                            .with("Output", "Zürich")
                            .with("Output", "")
                            .with("Output", "end: here"));
            door.connect(client);

            assertThat(client.status().state()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(client.server().version().text()).isEqualTo("22.10.1");
            assertThat(door.send(client, PingAction.create()).serverTime()).isPresent();
            assertThat(door.send(client, AmiAction.raw("Command", "Command", "x")).output())
                    .containsExactly("Zürich", "", "end: here");
            assertThatThrownBy(() -> door.send(client, AmiAction.raw("Nope")))
                    .isInstanceOfSatisfying(
                            AmiRejectedException.class,
                            e ->
                                    assertThat(e.kind())
                                            .isEqualTo(AmiRejectedException.Kind.UNKNOWN_ACTION));
        }
    }

    @ParameterizedTest
    @MethodSource("roadsAndDoors")
    void listsComeWholeOnEveryRoad(Peer.Road road, Door door) {
        try (Peer peer = new Peer(road);
                AmiClient client = peer.connect()) {
            peer.server.answer("QueueStatus", queueStatus());

            assertThat(door.send(client, QueueStatusAction.create())).hasSize(2);
        }
    }

    private static AmiMessage[] queueStatus() {
        return new AmiMessage[] {
            AmiMessage.of("Response", "Success", "EventList", "start"),
            AmiMessage.of("Event", "QueueMember", "Queue", "support", "Name", "one"),
            AmiMessage.of("Event", "QueueMember", "Queue", "support", "Name", "two"),
            AmiMessage.of(
                    "Event", "QueueStatusComplete", "EventList", "Complete", "ListItems", "2")
        };
    }

    @ParameterizedTest
    @EnumSource
    void lineBreaksAreRefusedBeforeTheyLeaveOnEveryRoad(Peer.Road road) {
        try (Peer peer = new Peer(road);
                AmiClient client = peer.connect()) {
            int before = peer.server.actions().size();

            for (String value : List.of("a\r\nAction: Logoff", "a\nb", "a\rb", "a\0b")) {
                assertThatThrownBy(() -> client.send(userEvent(value)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("line breaks");
            }
            client.send(PingAction.create());

            assertThat(peer.server.actions().size() - before).as("the ping alone").isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesArriveAsTheyWereGivenOnEveryRoad(Peer.Road road) {
        String value = "a=1&b: \"2\", {ä€😀} %0d+ \\n";
        try (Peer peer = new Peer(road);
                AmiClient client = peer.connect()) {
            peer.server.answer("UserEvent", AmiMessage.of("Response", "Success"));
            client.send(
                    AmiAction.raw("UserEvent", "Text", value, "Variable", "a=1", "Variable", "b"));

            AmiMessage sent =
                    peer.server.awaitAction(action -> action.get("Action").equals("UserEvent"));
            assertThat(sent.get("Text")).isEqualTo(value);
            assertThat(sent.lines().stream().filter(line -> line.name().equals("Variable")))
                    .extracting(AmiMessage.Line::value)
                    .containsExactly("a=1", "b");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HTTP")
    void eventsComeWithAllTheirLines(Peer.Road road) {
        try (Peer peer = new Peer(road);
                AmiClient client = peer.builder().build()) {
            EventProbe<UserEvent> events =
                    EventProbe.on(client.events(), UserEvent.class);
            client.connect();
            peer.server.emit(
                    "Event", "UserEvent", "Privilege", "user,all", "UserEvent", "note", "Line",
                    "größer", "Line", "", "Line", "b");

            assertThat(events.next().fields().all("Line")).containsExactly("größer", "", "b");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HTTP")
    void aLostConnectionComesBackAndTheGapIsTold(Peer.Road road) {
        try (Peer peer = new Peer(road);
                AmiClient client = peer.builder().build()) {
            EventProbe<GapEvent> gaps = EventProbe.on(client.events(), GapEvent.class);
            EventProbe<UserEvent> events = EventProbe.on(client.events(), UserEvent.class);
            client.connect();

            peer.cut();
            assertThat(gaps.next().cause()).isEqualTo(GapEvent.Cause.CONNECTION);
            peer.server.emit("Event", "UserEvent", "Privilege", "user,all", "UserEvent", "after");

            assertThat(events.next().userEventName()).isEqualTo("after");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AMIWS")
    void aWrongSecretIsFinalAndNeverOnTheWire(Peer.Road road) {
        try (Peer peer = new Peer(road);
                AmiClient client = peer.builder().credentials(Peer.lab("wrong")).build()) {
            assertThatThrownBy(client::connect)
                    .isInstanceOf(PbxAuthenticationException.class)
                    .hasMessageContaining("manager.conf");
            assertThat(client.status().state()).isEqualTo(ConnectionState.REFUSED);
            assertThat(peer.server.actions().toString()).doesNotContain("wrong");
        }
    }

    @ParameterizedTest
    @EnumSource
    void closesWhileNothingAnswers(Peer.Road road) throws InterruptedException {
        try (Peer peer = new Peer(road)) {
            AmiClient client = peer.connect();
            peer.server.stall();
            var ping = client.sendAsync(PingAction.create());
            peer.server.awaitAction(action -> action.get("Action").equals("Ping"));

            client.close();

            assertThat(ping).isCompletedExceptionally();
            assertThat(client.status().state()).isEqualTo(ConnectionState.CLOSED);
        }
    }

    @Nested
    class Http {

        private final Peer peer = new Peer(Peer.Road.HTTP);

        @AfterEach
        void stop() {
            peer.close();
        }

        @Test
        void goesOnWithANewNonceAndRunsTheActionOnce() {
            try (AmiClient client = peer.connect()) {
                peer.server.answer("UserEvent", AmiMessage.of("Response", "Success"));
                peer.server.forgetNonces();
                client.send(userEvent("once"));

                assertThat(peer.server.actions())
                        .filteredOn(action -> action.get("Action").equals("UserEvent"))
                        .hasSize(1);
                assertThat(client.status().state()).isEqualTo(ConnectionState.CONNECTED);
            }
        }

        @Test
        void saysInWordsThatThereAreNoEvents() {
            try (AmiClient client = peer.connect()) {
                assertThatThrownBy(
                                () -> client.events().subscribe(UserEvent.class, event -> {}))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("no UserEvent comes over HTTP");
                assertThatThrownBy(
                                () ->
                                        client.originate(
                                                OriginateAction.to("PJSIP/100")
                                                        .application("Echo")
                                                        .build()))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("over HTTP there are none");
                client.events().subscribe(ConnectionEvent.class, event -> {}).close();
            }
            assertThatThrownBy(
                            () ->
                                    peer.builder()
                                            .eventMask(EnumSet.of(AmiEventClass.CALL))
                                            .build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no events");
        }

        @Test
        void refusesAFormThatTheServerWouldNotTake() {
            String line = "x".repeat(1000);
            String[] lines = new String[82];
            for (int i = 0; i < lines.length; i += 2) {
                lines[i] = "H" + i;
                lines[i + 1] = line;
            }
            try (AmiClient client = peer.connect()) {
                assertThatThrownBy(() -> client.send(AmiAction.raw("UserEvent", lines)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("40960");
            }
        }

        @Test
        void namesTheSettingsWhereTheServerHasNoAmi() {
            URI elsewhere = peer.server.http().resolve("/prefix");
            try (AmiClient client =
                    peer.builder().transport(AmiTransport.http(elsewhere)).build()) {
                assertThatThrownBy(client::connect)
                        .isInstanceOf(PbxConnectionException.class)
                        .hasMessageContaining("webenabled=yes");
            }
        }
    }

    @Nested
    class Amiws {

        private final Peer peer = new Peer(Peer.Road.AMIWS);
        private final FakeAmi other = FakeAmi.asterisk16();

        @AfterEach
        void stop() {
            peer.close();
            other.close();
        }

        private void frontTheOther() {
            peer.proxy().front(2, "branch", other.address(), "lab", "lab-secret");
            other.awaitLogins(1);
        }

        @Test
        void sendsToTheServerThatWasChosen() {
            frontTheOther();
            other.answer("UserEvent", AmiMessage.of("Response", "Success"));
            try (AmiClient client =
                    peer.builder().transport(peer.transport().serverId(2)).build()) {
                client.connect();
                client.send(userEvent("x"));

                assertThat(client.server().version().text()).isEqualTo("16.25.0");
                assertThat(peer.server.actions())
                        .extracting(action -> action.get("Action"))
                        .containsOnly("Login");
            }
        }

        @Test
        void refusesToGuessBetweenServers() {
            frontTheOther();
            try (AmiClient client = peer.builder().build()) {
                EventProbe<ConnectionEvent> changes =
                        EventProbe.on(client.events(), ConnectionEvent.class);
                client.connectAsync();

                ConnectionEvent refused =
                        changes.next(event -> event.now().reason().contains("serverId(...)"));
                assertThat(refused.now().reason()).contains("several servers", "\"branch\"");
            }
            assertThat(peer.proxy().actions())
                    .filteredOn(action -> action.find("AMIServerID").isEmpty())
                    .as("only the first question may go to all")
                    .allMatch(action -> action.get("Action").equals("CoreSettings"));
        }

        @Test
        void takesNoItemsOfListsThatOthersAskedFor() {
            peer.server.answer("QueueStatus", queueStatus());
            try (AmiClient client = peer.connect();
                    AmiClient asker = peer.connect()) {
                EventProbe<AmiEvent> events = EventProbe.on(client.events(), AmiEvent.class);
                asker.send(QueueStatusAction.create());
                peer.server.emit("Event", "UserEvent", "Privilege", "user,all", "ActionID", "x");

                assertThat(events.next()).isInstanceOf(UserEvent.class);
            }
        }

        @Test
        void keepsWhatTheProxyItselfSays() {
            try (AmiClient client = peer.connect()) {
                EventProbe<OtherEvent> events = EventProbe.on(client.events(), OtherEvent.class);
                peer.proxy()
                        .sendRaw(
                                "{\"type\":6,\"server_id\":1,\"data\":{\"QueueName\":\"support\","
                                        + "\"Calls\":3,\"Members\":[\"a\",\"b\"],\"Open\":true,"
                                        + "\"Note\":null}}");

                OtherEvent event = events.next();
                assertThat(event.name()).isEqualTo("amiws-queues");
                assertThat(event.fields().get("Calls")).isEqualTo("3");
                assertThat(event.fields().all("Members")).containsExactly("a", "b");
                assertThat(event.fields().get("Open")).isEqualTo("true");
                assertThat(event.fields().get("Note")).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<html>Bad Gateway</html>",
                    "[]",
                    "{\"type\":3",
                    "{\"type\":3,\"data\":{\"a\":[[[[[[[[[[1]]]]]]]]]]}}",
                    "{\"type\":3,\"data\":{}}{}"
                })
        void givesUpAConnectionThatSpeaksSomethingElse(String message) {
            try (AmiClient client = peer.connect()) {
                EventProbe<ConnectionEvent> changes =
                        EventProbe.on(client.events(), ConnectionEvent.class);
                peer.proxy().sendRaw(message);

                assertThat(changes.next().now().reason()).contains("something else");
                changes.next(event -> event.now().state() == ConnectionState.CONNECTED);
            }
        }

        @Test
        void proofsItselfToTheWebServerInFrontWhenTold() {
            try (AmiClient client =
                    peer.builder().credentials(Credentials.of("web", "key")).build()) {
                client.connect();

                assertThat(peer.proxy().requests().get(0)).contains("Basic d2ViOmtleQ==");
                assertThat(peer.server.actions())
                        .extracting(action -> action.get("Username"))
                        .doesNotContain("web");
            }
        }

        @Test
        void leavesMaskAndFiltersToTheProxy() {
            peer.connect().close();

            assertThat(peer.server.actions())
                    .extracting(action -> action.get("Action"))
                    .doesNotContain("Events", "Filter", "Challenge");
            assertThatThrownBy(
                            () ->
                                    peer.builder()
                                            .addFilter(AmiEventFilter.excludeEvent("VarSet"))
                                            .build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("all clients of the proxy");
        }
    }

    @Test
    void contradictionsAreToldBeforeAnythingIsOpened() {
        URI url = URI.create("ws://pbx.example.com/ami");
        AmiClient.Builder far =
                AmiClient.builder()
                        .transport(AmiTransport.webSocket(url))
                        .credentials(Peer.lab("secret"));

        far.build().close();
        assertThatThrownBy(() -> far.login(LoginMethod.PLAIN).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clear text");
        assertThatThrownBy(() -> far.host("pbx.example.com").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("leave out host(...)");
        assertThatThrownBy(
                        () ->
                                AmiClient.builder()
                                        .transport(AmiTransport.amiws(url))
                                        .credentials(Peer.lab("secret"))
                                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clear text");
        assertThatThrownBy(() -> AmiTransport.tcp().serverId(1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> AmiTransport.http(URI.create("ws://pbx.example.com")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
