package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.OriginateResult.Outcome;
import io.github.pbxsdk.ami.action.OriginateAction;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class AmiOriginateTest {

    private static final Path CALLS = Path.of("..", "recorded", "asterisk", "calls");

    private final FakeAmi server;

    AmiOriginateTest(Played played) {
        this.server = played.start();
    }

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final PbxResources resources = PbxResources.builder().time(time).build();

    @AfterEach
    void stop() {
        resources.close();
        server.close();
    }

    private static OriginateAction call(String channel) {
        return OriginateAction.to(channel)
                .context("from-internal")
                .extension("103")
                .priority("1")
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    private static Path recorded(String release, String number) throws IOException {
        try (Stream<Path> calls = Files.list(CALLS.resolve(release))) {
            return calls.filter(call -> call.getFileName().toString().startsWith(number + "-"))
                    .findFirst()
                    .orElseThrow()
                    .resolve("ami.txt");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "14a, ANSWERED, -1",
        "14b, ANSWERED, -1",
        "14c, ANSWERED, -1",
        "14d, ANSWERED, -1",
        "14e, ANSWERED, -1",
        "14f, NO_ANSWER, -1",
        "14g, NO_ANSWER, -1",
        "14h, NO_ANSWER, 16",
        "14i, BUSY, 17",
        "14j, BUSY, -1",
        "14k, FAILED, 21",
        "14l, ANSWERED, -1",
        "14m, FAILED, -1",
        "14n, ANSWERED, -1"
    })
    void recordedCallsEndAsTheyDid(String number, Outcome outcome, int cause) throws Exception {
        try (AmiClient client = TestClients.connect(server)) {
            for (String release : new String[] {"16.28.0", "22.10.1"}) {
                Path file = recorded(release, number);
                server.originateAs(file);
                String channel = file.toString().contains("-local-") ? "Local/102@x" : "PJSIP/102";

                OriginateResult result = client.originate(call(channel));

                assertThat(result.outcome()).as(release).isEqualTo(outcome);
                if (cause >= 0) {
                    assertThat(result.cause().orElseThrow().code()).as(release).isEqualTo(cause);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnregisteredTelephoneIsExplained(Door door) throws Exception {
        server.originateAs(recorded("22.10.1", "14m"));
        try (AmiClient client = TestClients.connect(server)) {
            OriginateResult result = door.originate(client, call("PJSIP/105"));

            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.reason()).contains("not registered");
            assertThat(result.channelName()).isEmpty();
        }
    }

    @Test
    void channelsHaveIdsInTheFormOfTheServer() throws Exception {
        server.originateAs(recorded("22.10.1", "14j"));
        try (AmiClient client = TestClients.connect(server)) {
            OriginateResult result = client.originate(call("Local/102@from-internal"));

            AmiMessage sent = server.awaitAction(one -> one.get("Action").equals("Originate"));
            assertThat(sent.get("ChannelId"))
                    .isEqualTo(result.channelId())
                    .matches("[a-z0-9]+-[0-9]{10}\\.[0-9]+")
                    .hasSizeLessThanOrEqualTo(32);
            assertThat(sent.get("OtherChannelId")).isNotEmpty().isNotEqualTo(result.channelId());
            assertThat(sent.get("Async")).isEqualTo("true");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalComesAtOnce(Door door) {
        server.answer(
                "Originate",
                AmiMessage.of("Response", "Error", "Message", "Extension does not exist."));
        try (AmiClient client = TestClients.connect(server)) {
            assertThatThrownBy(() -> door.originate(client, call("PJSIP/102")))
                    .isInstanceOf(AmiRejectedException.class)
                    .hasMessageContaining("Originate to PJSIP/102")
                    .hasMessageContaining("Extension does not exist.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserWhoMayNotReadCallsIsToldBeforeAnybodyIsCalled(Door door) {
        server.addUser("deaf", "x", Set.of("user", "system"), Set.of("originate", "command"));
        try (AmiClient client =
                TestClients.builder(server).credentials(Credentials.of("deaf", "x")).build()) {
            client.connect();

            assertThatThrownBy(() -> door.originate(client, call("PJSIP/102")))
                    .isInstanceOfSatisfying(
                            PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isFalse())
                    .hasMessageContaining("AMI user deaf")
                    .hasMessageContaining("add call to its read= line in manager.conf");
            assertThat(server.actions())
                    .extracting(action -> action.get("Action"))
                    .doesNotContain("Originate");
        }
    }

    @Test
    void aUserWhoMayNotAskLearnsItWhenNoOutcomeComes() {
        server.addUser("deaf", "x", Set.of("user"), Set.of("originate"));
        server.answer("Originate", AmiMessage.of("Response", "Success"));
        try (AmiClient client =
                TestClients.builder(server)
                        .credentials(Credentials.of("deaf", "x"))
                        .resources(resources)
                        .pingInterval(Duration.ofDays(1))
                        .timeout(Duration.ofDays(1))
                        .build()) {
            client.connect();
            CompletableFuture<OriginateResult> call = client.originateAsync(call("PJSIP/102"));
            server.awaitAction(action -> action.get("Action").equals("Originate"));
            await().pollInterval(Duration.ofMillis(1))
                    .until(
                            () -> {
                                time.advance(Duration.ofSeconds(1));
                                return call.isDone();
                            });

            assertThat(call.join().outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(call.join().reason()).contains("the AMI user needs read=call");
        }
    }

    @Test
    void theServerIsAskedOnce() throws Exception {
        server.originateAs(recorded("22.10.1", "14a"));
        try (AmiClient client = TestClients.connect(server)) {
            client.originate(call("PJSIP/102"));
            client.originate(call("PJSIP/102"));

            assertThat(server.actions())
                    .filteredOn(action -> action.get("Action").equals("Command"))
                    .singleElement()
                    .satisfies(
                            action ->
                                    assertThat(action.get("Command"))
                                            .isEqualTo("manager show user lab"));
        }
    }

    @Test
    void aMaskWithoutCallsCannotTellTheOutcome() {
        try (AmiClient client =
                TestClients.builder(server).eventMask(EnumSet.of(AmiEventClass.USER)).build()) {
            client.connect();

            assertThatThrownBy(() -> client.originateAsync(call("PJSIP/102")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("AmiEventClass.CALL");
        }
    }

    @Test
    void aCallThatAnsweredWhileWeWereAwayIsFound() {
        CompletableFuture<OriginateResult> call = originateAndLose("Up", "6");

        assertThat(call)
                .succeedsWithin(Duration.ofSeconds(5))
                .extracting(OriginateResult::outcome)
                .isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void aCallThatEndedWhileWeWereAwayIsUnknown() {
        CompletableFuture<OriginateResult> call = originateAndLose("", "");

        assertThat(call)
                .succeedsWithin(Duration.ofSeconds(5))
                .extracting(OriginateResult::outcome)
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aCallThatStillRingsIsFollowedOnTheNewConnection() {
        CompletableFuture<OriginateResult> call = originateAndLose("Ringing", "5");
        AmiMessage sent = server.awaitAction(one -> one.get("Action").equals("Originate"));
        server.awaitAction(one -> one.get("Action").equals("CoreShowChannels"));

        server.emit(
                "Event", "OriginateResponse",
                "Privilege", "call,all",
                "Response", "Failure",
                "Reason", "3",
                "Uniqueid", sent.get("ChannelId"));

        assertThat(call)
                .succeedsWithin(Duration.ofSeconds(5))
                .extracting(OriginateResult::outcome)
                .isEqualTo(Outcome.NO_ANSWER);
    }

    /** Originates, loses the connection, and finds the channel in a state, or none. */
    private CompletableFuture<OriginateResult> originateAndLose(String state, String number) {
        server.answer(
                "Originate",
                AmiMessage.of("Response", "Success", "Message", "Originate successfully queued"));
        AmiClient client = TestClients.connect(server);
        CompletableFuture<OriginateResult> call = client.originateAsync(call("PJSIP/102"));
        AmiMessage sent = server.awaitAction(one -> one.get("Action").equals("Originate"));
        client.send(AmiAction.raw("Ping"));
        AmiMessage start = AmiMessage.of("Response", "Success", "EventList", "start");
        AmiMessage channel =
                AmiMessage.of(
                        "Event",
                        "CoreShowChannel",
                        "Channel",
                        "PJSIP/102-0001",
                        "ChannelState",
                        number,
                        "ChannelStateDesc",
                        state,
                        "Uniqueid",
                        sent.get("ChannelId"));
        AmiMessage end =
                AmiMessage.of("Event", "CoreShowChannelsComplete", "EventList", "Complete");
        if (state.isEmpty()) {
            server.answer("CoreShowChannels", start, end);
        } else {
            server.answer("CoreShowChannels", start, channel, end);
        }
        server.cut();
        call.whenComplete((result, failure) -> client.close());
        return call;
    }
}
