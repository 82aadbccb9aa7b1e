package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ari.event.ApplicationReplacedEvent;
import io.github.pbxsdk.ari.event.AriEvent;
import io.github.pbxsdk.ari.event.ChannelDtmfReceivedEvent;
import io.github.pbxsdk.ari.event.OtherAriEvent;
import io.github.pbxsdk.ari.event.RecordingEvent;
import io.github.pbxsdk.ari.event.RecordingFinishedEvent;
import io.github.pbxsdk.ari.event.RecordingStartedEvent;
import io.github.pbxsdk.ari.event.ResyncEvent;
import io.github.pbxsdk.ari.event.StasisStartEvent;
import io.github.pbxsdk.ari.event.TextMessageReceivedEvent;
import io.github.pbxsdk.ari.request.OriginateRequest;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ari.AriReply;
import io.github.pbxsdk.testing.ari.AriRequest;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AriEventsTest {

    private static final String TEXT =
            "{\"type\":\"TextMessageReceived\",\"application\":\"demo\",\"message\":{\"from\":\"<sip:a@b>\","
                    + "\"to\":\"pjsip:c\",\"body\":\"hello\",\"variables\":{\"Authorization\":\"Digest response=0123abcd\"}}}";

    private final FakeAri server = FakeAri.asterisk22();

    @AfterEach
    void close() {
        server.close();
    }

    private static String digit(String digit) {
        return "{\"type\":\"ChannelDtmfReceived\",\"application\":\"demo\",\"digit\":\"%s\",\"duration_ms\":120,"
                        .formatted(digit)
                + "\"channel\":{\"id\":\"1.1\"}}";
    }

    @ParameterizedTest
    @EnumSource
    void comeInTheirClassesAndInOrder(Door door) {
        try (AriClient ari = TestClients.builder(server).build()) {
            EventProbe<AriEvent> events = EventProbe.on(ari.events(), AriEvent.class);
            door.run(ari::connect, () -> ari.connectAsync().thenApply(nothing -> null));

            server.emit(digit("1"));
            server.emit("{\"type\":\"Novelty\",\"application\":\"demo\",\"x\":{\"y\":1}}");
            server.emit(digit("2"));

            assertThat(events.next())
                    .isInstanceOfSatisfying(
                            ChannelDtmfReceivedEvent.class,
                            event -> {
                                assertThat(event.digit()).isEqualTo("1");
                                assertThat(event.durationMillis()).hasValue(120);
                                assertThat(event.channels()).hasSize(1);
                            });
            assertThat(events.next())
                    .isInstanceOfSatisfying(
                            OtherAriEvent.class,
                            event -> {
                                assertThat(event.type()).isEqualTo("Novelty");
                                assertThat(event.raw().object("x").number("y")).hasValue(1);
                            });
            assertThat(((ChannelDtmfReceivedEvent) events.next()).digit()).isEqualTo("2");
            assertThat(ari.server().version().text()).isEqualTo("22.10.1");
            assertThat(ari.server().version().major()).hasValue(22);
        }
    }

    @Test
    void whatCannotBeReadIsKeptAndHarmsNobody() {
        try (AriClient ari = TestClients.connect(server)) {
            EventProbe<AriEvent> events = EventProbe.on(ari.events(), AriEvent.class);

            server.emit("{\"type\":\"StasisStart\",");
            server.emit("[1]");
            server.emit(digit("1"));

            assertThat(events.next().raw().text("unreadable"))
                    .isEqualTo("{\"type\":\"StasisStart\",");
            assertThat(events.next().raw().text("unreadable")).isEqualTo("[1]");
            assertThat(events.next()).isInstanceOf(ChannelDtmfReceivedEvent.class);
        }
    }

    @Test
    void whatNobodySubscribedToIsNotDecoded() {
        try (AriClient ari = TestClients.connect(server)) {
            EventProbe<ChannelDtmfReceivedEvent> digits =
                    EventProbe.on(ari.events(), ChannelDtmfReceivedEvent.class);
            List<AriEvent> seen = new ArrayList<>();
            digits.close();
            ari.events().subscribe(ChannelDtmfReceivedEvent.class, seen::add);

            server.emit("{\"type\":\"StasisStart\",\"channel\":{{{ not JSON at all");
            server.emit(digit("1"));

            await().until(() -> !seen.isEmpty());
            assertThat(seen).singleElement().isInstanceOf(ChannelDtmfReceivedEvent.class);
        }
    }

    @Test
    void thatComeWithTheConnectionAreNotMissed() {
        server.answer(
                "POST /applications/demo/subscription",
                request -> {
                    server.emit(digit("7"));
                    return AriReply.json(200, "{\"name\":\"demo\"}");
                });
        try (AriClient ari =
                TestClients.builder(server).eventSource("endpoint:PJSIP/100").build()) {
            EventProbe<ChannelDtmfReceivedEvent> digits =
                    EventProbe.on(ari.events(), ChannelDtmfReceivedEvent.class);
            ari.connect();
            assertThat(digits.next().digit()).isEqualTo("7");
        }
    }

    @Test
    void aLossIsRepairedWithFilterSubscriptionsGapAndPicture() {
        try (AriClient ari =
                TestClients.builder(server)
                        .eventSource("endpoint:PJSIP/100")
                        .eventFilter(
                                AriObject.parse("{\"disallowed\":[{\"type\":\"ChannelVarset\"}]}"))
                        .build()) {
            EventProbe<GapEvent> gaps = EventProbe.on(ari.events(), GapEvent.class);
            EventProbe<ResyncEvent> pictures = EventProbe.on(ari.events(), ResyncEvent.class);
            EventProbe<ChannelDtmfReceivedEvent> digits =
                    EventProbe.on(ari.events(), ChannelDtmfReceivedEvent.class);
            ari.connect();
            ari.applications().subscribe("demo", List.of("deviceState:PJSIP/100", "bridge:b1"));
            ari.applications().unsubscribe("demo", List.of("bridge:b1"));
            ari.channels()
                    .originate(OriginateRequest.builder("A/1").app("demo").channelId("x").build());

            server.cut();
            server.awaitSockets(2);

            assertThat(gaps.next().cause()).isEqualTo(GapEvent.Cause.CONNECTION);
            assertThat(pictures.next())
                    .satisfies(picture -> assertThat(picture.hasChannel("x")).isTrue())
                    .satisfies(picture -> assertThat(picture.hasChannel("y")).isFalse());
            server.emit(digit("3"));
            assertThat(digits.next().digit()).isEqualTo("3");
        }
        List<AriRequest> subscriptions =
                server.requests().stream()
                        .filter(request -> request.path().equals("/applications/demo/subscription"))
                        .filter(request -> request.method().equals("POST"))
                        .toList();
        assertThat(subscriptions.get(subscriptions.size() - 1).all("eventSource"))
                .containsExactly("endpoint:PJSIP/100", "deviceState:PJSIP/100");
        assertThat(server.requests())
                .filteredOn(request -> request.path().endsWith("/eventFilter"))
                .hasSize(2)
                .allSatisfy(
                        request ->
                                assertThat(request.body())
                                        .isEqualTo(
                                                "{\"disallowed\":[{\"type\":\"ChannelVarset\"}]}"));
    }

    @Test
    void aSilentNetworkIsNoticed() {
        try (AriClient ari =
                TestClients.connect(
                        TestClients.builder(server).pingInterval(Duration.ofMillis(200)))) {
            EventProbe<GapEvent> gaps = EventProbe.on(ari.events(), GapEvent.class);
            server.silent(true);
            gaps.next();
            server.silent(false);
        }
    }

    @Test
    void takenOverItStopsInsteadOfFighting() {
        try (AriClient first = TestClients.connect(server);
                AriClient second = TestClients.builder(server).build()) {
            EventProbe<ApplicationReplacedEvent> replaced =
                    EventProbe.on(first.events(), ApplicationReplacedEvent.class);
            EventProbe<ConnectionEvent> states =
                    EventProbe.on(first.events(), ConnectionEvent.class);

            second.connect();

            assertThat(replaced.next().application()).isEqualTo("demo");
            assertThat(states.next().now())
                    .satisfies(
                            now -> {
                                assertThat(now.state()).isEqualTo(ConnectionState.DISCONNECTED);
                                assertThat(now.reason()).contains("has taken over");
                            });
            assertThat(first.channels().list()).isEmpty();
            assertThat(second.status().state()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(server.requests()).filteredOn(r -> r.path().equals("/events")).hasSize(2);

            first.connect();
            assertThat(first.status().state()).isEqualTo(ConnectionState.CONNECTED);
            await().until(() -> second.status().state() == ConnectionState.DISCONNECTED);
        }
    }

    @Test
    void theFirstFailureIsThrown() {
        server.booted(false);
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThatThrownBy(ari::connect)
                    .isInstanceOf(AriRejectedException.class)
                    .hasMessageContaining("Asterisk not booted");
            server.booted(true);
            ari.connect();
            assertThat(ari.status().state()).isEqualTo(ConnectionState.CONNECTED);
        }
        server.stopListening();
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThatThrownBy(ari::connect).isInstanceOf(PbxConnectionException.class);
        }
    }

    @Test
    void refusedCredentialsAreFinal() {
        try (AriClient ari =
                TestClients.builder(server).credentials(Credentials.of("lab", "wrong")).build()) {
            assertThatThrownBy(ari::connect).isInstanceOf(PbxAuthenticationException.class);
            assertThat(ari.status().state()).isEqualTo(ConnectionState.REFUSED);
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aSecretInATextIsNeverPrintedNorRecorded(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("flight.log");
        try (FlightRecorder recorder = FlightRecorder.to(file).build();
                AriClient ari =
                        TestClients.connect(TestClients.builder(server).flightRecorder(recorder))) {
            EventProbe<TextMessageReceivedEvent> texts =
                    EventProbe.on(ari.events(), TextMessageReceivedEvent.class);
            server.emit(TEXT);
            TextMessageReceivedEvent text = texts.next();
            assertThat(text.message().body()).isEqualTo("hello");
            assertThat(text.message().variables().text("Authorization")).contains("0123abcd");
            assertThat(text + " " + text.message() + " " + text.raw()).doesNotContain("0123abcd");
        }
        assertThat(Files.readString(file))
                .contains("TextMessageReceived")
                .doesNotContain("0123abcd")
                .doesNotContain("lab-secret");
    }

    @Test
    void ofARecordingThatComeTwiceAreToldOnce() {
        Path call =
                RecordedEvents.FOLDER.resolve("calls/22.10.1/16-stasis-bridge-recording/ari.jsonl");
        try (AriClient ari = TestClients.connect(server)) {
            EventProbe<RecordingEvent> recordings =
                    EventProbe.on(ari.events(), RecordingEvent.class);
            server.emitRecorded(call);
            server.emit(digit("1"));
            assertThat(recordings.next()).isInstanceOf(RecordingStartedEvent.class);
            RecordingEvent finished = recordings.next(RecordingFinishedEvent.class::isInstance);
            assertThat(finished.recording().duration()).isPresent();
            EventProbe<ChannelDtmfReceivedEvent> last =
                    EventProbe.on(ari.events(), ChannelDtmfReceivedEvent.class);
            server.emit(digit("2"));
            last.next();
            recordings.none();
        }
    }

    @Test
    void aListenerMayCallABlockingDoor() {
        try (PbxResources one = PbxResources.create();
                AriClient ari = TestClients.connect(TestClients.builder(server).resources(one))) {
            CompletableFuture<String> answered = new CompletableFuture<>();
            ari.events()
                    .subscribe(
                            StasisStartEvent.class,
                            event -> {
                                ari.channel(event.channel().id()).answer();
                                answered.complete(event.channel().id());
                            });
            ari.channels()
                    .originate(OriginateRequest.builder("A/1").app("demo").channelId("y").build());
            assertThat(answered.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("y");
        }
    }

    @Test
    void theClientsOwnSetUpIsNoMatterForTheGuard() {
        try (AriClient ari =
                TestClients.builder(server)
                        .eventSource("endpoint:PJSIP/100")
                        .guard(OperationGuard.readOnly())
                        .build()) {
            ari.connect();
            assertThat(ari.status().state()).isEqualTo(ConnectionState.CONNECTED);
        }
    }

    @Test
    void aGuardThatForbidsReadingMakesNobodyDeafAfterALoss() {
        OperationGuard blind =
                operation -> {
                    if (operation.access() == Operation.Access.READ) {
                        throw new OperationRefusedException(operation, "not for this tenant");
                    }
                };
        try (AriClient ari = TestClients.builder(server).guard(blind).build()) {
            EventProbe<GapEvent> gaps = EventProbe.on(ari.events(), GapEvent.class);
            EventProbe<ResyncEvent> pictures = EventProbe.on(ari.events(), ResyncEvent.class);
            EventProbe<ChannelDtmfReceivedEvent> digits =
                    EventProbe.on(ari.events(), ChannelDtmfReceivedEvent.class);
            ari.connect();
            ari.channel("x").originate(OriginateRequest.builder("A/1").app("demo").build());

            server.cut();
            server.awaitSockets(2);

            gaps.next();
            assertThat(pictures.next().hasChannel("x")).isTrue();
            server.emit(digit("3"));
            assertThat(digits.next().digit()).isEqualTo("3");
            assertThatThrownBy(() -> ari.channels().list())
                    .isInstanceOf(OperationRefusedException.class);
        }
    }
}
