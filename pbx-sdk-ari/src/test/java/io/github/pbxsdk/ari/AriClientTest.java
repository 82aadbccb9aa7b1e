package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.pbxsdk.ari.AriRejectedException.Kind;
import io.github.pbxsdk.ari.model.Channel;
import io.github.pbxsdk.ari.model.Variable;
import io.github.pbxsdk.ari.request.AddChannelRequest;
import io.github.pbxsdk.ari.request.HangupReason;
import io.github.pbxsdk.ari.request.IfExists;
import io.github.pbxsdk.ari.request.OriginateRequest;
import io.github.pbxsdk.ari.request.RecordRequest;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.ari.AriReply;
import io.github.pbxsdk.testing.ari.AriRequest;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AriClientTest {

    private final FakeAri server = FakeAri.asterisk22();

    @AfterEach
    void close() {
        server.close();
    }

    private AriRequest last() {
        List<AriRequest> all = server.requests();
        return all.get(all.size() - 1);
    }

    @ParameterizedTest
    @EnumSource
    void listsWithoutAConnection(Door door) {
        server.answerRecorded(RecordedEvents.FOLDER.resolve("22.10.1/ari-rest.jsonl"));
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThat(
                            door.ask(
                                    () -> ari.deviceStates().list(),
                                    () -> ari.deviceStates().listAsync()))
                    .singleElement()
                    .satisfies(state -> assertThat(state.name()).isEqualTo("Stasis:x"));
            Variable variable =
                    door.ask(
                            () -> ari.asterisk().getVariable("EPOCH"),
                            () -> ari.asterisk().getVariableAsync("EPOCH"));
            assertThat(variable.value()).isEqualTo("1795216112");
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsARequestAsABodyInWhichNothingIsEscaped(Door door) {
        OriginateRequest request =
                OriginateRequest.builder("Local/echo@default/n")
                        .app("nobody")
                        .appArgs("a,b+c")
                        .callerId("\"Front desk\" <100>")
                        .timeout(Duration.ofSeconds(20))
                        .channelId("ch-a")
                        .putVariable("FOO", "größe+1")
                        .build();
        try (AriClient ari = TestClients.builder(server).build()) {
            Channel channel =
                    door.ask(
                            () -> ari.channels().originate(request),
                            () -> ari.channels().originateAsync(request));
            assertThat(channel.id()).isEqualTo("ch-a");
        }
        assertThat(last().query()).isEmpty();
        assertThat(last().body())
                .isEqualTo(
                        "{\"endpoint\":\"Local/echo@default/n\",\"app\":\"nobody\","
                                + "\"appArgs\":\"a,b+c\",\"callerId\":\"\\\"Front desk\\\" <100>\","
                                + "\"timeout\":20,\"variables\":{\"FOO\":\"größe+1\"},"
                                + "\"channelId\":\"ch-a\"}");
    }

    @Test
    void putsParametersOfADeletionIntoTheQuery() {
        server.answer("DELETE /channels/1.1", request -> AriReply.done());
        try (AriClient ari = TestClients.builder(server).build()) {
            ari.channels().hangup("1.1", null, HangupReason.NO_ANSWER);
            assertThat(last().query()).isEqualTo("reason=no_answer");
            server.answer("DELETE /channels/1.1/mute", request -> AriReply.done());
            ari.channels().unmute("1.1");
            assertThat(last().query()).isEqualTo("direction=both");
        }
    }

    @Test
    void encodesNamesInPaths() {
        server.answer(
                "GET /recordings/live/dir%2Frec%20one%2B1",
                request -> AriReply.json(200, "{\"name\":\"dir/rec one+1\"}"));
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThat(ari.liveRecordings().get("dir/rec one+1").name()).isEqualTo("dir/rec one+1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "..%2F", "a\r\nb", ""})
    void badNamesAreRefusedBeforeAnythingIsSent(String name) {
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThatIllegalArgumentException().isThrownBy(() -> ari.liveRecordings().stop(name));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ari.channels().record("1.1", RecordRequest.of(name, "wav")));
            assertThatIllegalArgumentException().isThrownBy(() -> ari.channels().get(name));
            assertThatIllegalArgumentException().isThrownBy(() -> ari.channel(name));
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aCommaInAListOfTheQueryIsRefused() {
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> ari.applications().unsubscribe("demo", List.of("endpoint:a,b")));
        }
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, Invalid parameter, INVALID_REQUEST",
        "403, Write access denied, READ_ONLY_USER",
        "403, No, FORBIDDEN",
        "404, Channel not found, NOT_FOUND",
        "404, Resource not found, UNKNOWN_OPERATION",
        "405, Invalid method, UNKNOWN_OPERATION",
        "409, Channel not in Stasis application, CONFLICT",
        "412, Channel in invalid state, WRONG_STATE",
        "413, Request body too large, TOO_LARGE",
        "422, Unknown format, UNPROCESSABLE",
        "500, Error parsing request, SERVER_ERROR",
        "302, '', OTHER"
    })
    void aRefusalSaysWhatItIs(int status, String words, Kind kind) {
        server.answer("POST /channels/1.1/answer", request -> AriReply.refused(status, words));
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> ari.channels().answer("1.1"))
                    .satisfies(
                            e -> {
                                assertThat(e.kind()).isEqualTo(kind);
                                assertThat(e.code()).isEqualTo(status);
                                assertThat(e.reason()).isEqualTo(words);
                                assertThat(e.mayHaveBeenSent()).isEqualTo(status == 500);
                            })
                    .withMessageContaining("channels.answer /channels/1.1/answer on 127.0.0.1");
        }
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'{\"error\":\"Allocation failed\"}', Allocation failed", "'', ''", "<html>, ''"})
    void aRefusalIsReadInAnyShape(String body, String reason) {
        server.answer("POST /channels", request -> AriReply.json(500, body));
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> ari.channels().originate(OriginateRequest.of("Bogus/1")))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
        }
    }

    @Test
    void aSuccessThatIsNotJsonIsAProtocolErrorWithItsText() {
        server.answer(
                "GET /channels/1.1",
                request ->
                        AriReply.bytes(
                                200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8)));
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThatExceptionOfType(PbxProtocolException.class)
                    .isThrownBy(() -> ari.channels().get("1.1"))
                    .satisfies(e -> assertThat(e.rawText()).isEqualTo("<html>"));
        }
    }

    @Test
    void aPrefixBelongsToTheAddress() {
        server.prefix("/pbx");
        try (AriClient ari = TestClients.builder(server).baseUri(server.uri() + "/ari").build()) {
            assertThat(ari.asterisk().ping().ping()).isEqualTo("pong");
        }
        try (AriClient ari = TestClients.builder(server).baseUri(server.uri() + "/").build()) {
            assertThat(ari.asterisk().ping().ping()).isEqualTo("pong");
        }
        server.prefix("/other");
        String wrong = server.uri().toString().replace("/other", "/pbx");
        try (AriClient ari = TestClients.builder(server).baseUri(wrong).build()) {
            assertThatThrownBy(() -> ari.asterisk().ping())
                    .isInstanceOf(AriRejectedException.class)
                    .hasMessageContaining("check baseUri(...)");
        }
    }

    @Test
    void whatTheServerLacksIsNotSent() {
        try (FakeAri old = FakeAri.asterisk16();
                AriClient ari = TestClients.builder(old).build()) {
            ari.asterisk().ping();
            int sent = old.requests().size();

            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> ari.channels().transferProgress("1.1", "channel_answered"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.SERVER_TOO_OLD))
                    .withMessageContaining("needs 20.13.0, 22.3.0 or 23.0.0, server is 16.25.0");
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(
                            () ->
                                    ari.bridges()
                                            .addChannel(
                                                    "b",
                                                    AddChannelRequest.builder("1.1")
                                                            .inhibitConnectedLineUpdates(true)
                                                            .build()))
                    .withMessageContaining("inhibitConnectedLineUpdates needs 18.0.0");
            assertThat(old.requests()).hasSize(sent);
        }
    }

    @Test
    void theVersionOfAProxyIsNotThatOfTheServer() {
        List<String> sent = new ArrayList<>();
        try (AriClient ari =
                TestClients.builder(server)
                        .transport(new RecordingTransport(sent, "nginx/1.18.0"))
                        .build()) {
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> ari.asterisk().ping());
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> ari.channels().transferProgress("1.1", "channel_answered"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_OPERATION));
        }
        assertThat(sent).contains("POST /channels/1.1/transfer_progress");
    }

    @Test
    void theGuardIsAskedBeforeAnythingIsEncoded() {
        List<Operation> asked = new ArrayList<>();
        OperationGuard audit = asked::add;
        try (AriClient ari =
                TestClients.builder(server).guard(audit.and(OperationGuard.readOnly())).build()) {
            ari.channels().list();
            assertThatThrownBy(() -> ari.channels().hangup("../x"))
                    .isInstanceOf(OperationRefusedException.class);
            assertThatThrownBy(() -> ari.asterisk().getVariable("SHELL(id)"))
                    .isInstanceOf(OperationRefusedException.class);
        }
        assertThat(asked)
                .containsExactly(
                        Operation.read("ari", "channels.list"),
                        Operation.change("ari", "channels.hangup"),
                        Operation.change("ari", "asterisk.getGlobalVar"));
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aReadIsRepeatedAndAChangeGoesOutOnce(Door door) {
        AtomicInteger reads = new AtomicInteger();
        server.answer(
                "GET /channels",
                request -> {
                    if (reads.incrementAndGet() < 3) {
                        server.cut();
                    }
                    return AriReply.json(200, "[]");
                });
        AtomicInteger changes = new AtomicInteger();
        server.answer(
                "POST /channels/1.1/answer",
                request -> {
                    changes.incrementAndGet();
                    server.cut();
                    return AriReply.done();
                });
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThat(door.ask(() -> ari.channels().list(), () -> ari.channels().listAsync()))
                    .isEmpty();
            assertThatExceptionOfType(PbxConnectionException.class)
                    .isThrownBy(
                            () ->
                                    door.run(
                                            () -> ari.channels().answer("1.1"),
                                            () -> ari.channels().answerAsync("1.1")))
                    .satisfies(e -> assertThat(e.mayHaveBeenSent()).isTrue());
        }
        assertThat(reads).hasValue(3);
        assertThat(changes).hasValue(1);
    }

    @Test
    void evenAChangeIsRepeatedWhileTheServerStarts() {
        AtomicInteger tries = new AtomicInteger();
        server.answer(
                "POST /channels/1.1/answer",
                request ->
                        tries.incrementAndGet() < 3
                                ? AriReply.refused(503, "Asterisk not booted")
                                : AriReply.done());
        try (AriClient ari = TestClients.builder(server).build()) {
            ari.channels().answer("1.1");
        }
        assertThat(tries).hasValue(3);
    }

    @Test
    void wrongCredentialsAreSentOnce() {
        try (AriClient ari =
                TestClients.builder(server).credentials(Credentials.of("lab", "wrong")).build()) {
            assertThatThrownBy(() -> ari.channels().list())
                    .isInstanceOf(PbxAuthenticationException.class)
                    .hasMessageNotContaining("wrong");
            assertThatThrownBy(() -> ari.channels().list())
                    .isInstanceOf(PbxAuthenticationException.class)
                    .hasMessageContaining("nothing is sent until there are others");
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void credentialsThatHaveChangedAreUsedAtOnce() {
        AtomicReference<Credentials> current = new AtomicReference<>(TestClients.LAB);
        server.answer("POST /channels/1.1/answer", request -> AriReply.done());
        try (AriClient ari = TestClients.builder(server).credentials(current::get).build()) {
            ari.channels().list();
            server.addUser("lab", "new-secret", false);
            current.set(Credentials.of("lab", "new-secret"));

            ari.channels().answer("1.1");
        }
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void aReadOnlyUserReads() {
        server.addUser("reader", "reader-secret", true);
        try (AriClient ari =
                TestClients.connect(
                        TestClients.builder(server)
                                .credentials(Credentials.of("reader", "reader-secret")))) {
            assertThat(ari.channels().list()).isEmpty();
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> ari.channels().answer("1.1"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.READ_ONLY_USER))
                    .withMessageContaining("read_only=no");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlineEndsACall(Door door) {
        server.slow(Duration.ofSeconds(30));
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        Duration deadline = Duration.ofMillis(200);
        try (PbxResources resources = PbxResources.builder().time(time).build();
                AriClient client = TestClients.builder(server).resources(resources).build()) {
            AriClient ari = client.with(CallOptions.deadline(deadline));
            CompletableFuture<Void> answering =
                    CompletableFuture.runAsync(
                            () ->
                                    door.run(
                                            () -> ari.channels().answer("1.1"),
                                            () -> ari.channels().answerAsync("1.1")));
            server.awaitRequest(request -> request.path().equals("/channels/1.1/answer"));
            time.advance(deadline);

            assertThatThrownBy(answering::join)
                    .cause()
                    .asInstanceOf(type(PbxTimeoutException.class))
                    .satisfies(e -> assertThat(e.mayHaveBeenSent()).isTrue());
        }
    }

    @Test
    void closingFailsWhatIsUnderWay() {
        server.slow(Duration.ofSeconds(30));
        AriClient ari = TestClients.builder(server).build();
        CompletableFuture<List<Channel>> listing = ari.channels().listAsync();
        server.awaitRequest(request -> request.path().equals("/channels"));

        ari.close();
        ari.close();

        assertThat(listing).isCompletedExceptionally();
        assertThatThrownBy(listing::join)
                .cause()
                .asInstanceOf(type(PbxConnectionException.class))
                .satisfies(e -> assertThat(e.mayHaveBeenSent()).isTrue());
    }

    @Test
    void checksItsSettings() {
        AriClient.Builder builder = AriClient.builder();
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessage("set baseUri(...) before build()");
        builder.baseUri("http://pbx.example.com:8088");
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessage("set credentials(...) before build()");
        builder.credentials(TestClients.LAB);
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContaining("allowPlaintext()");
        try (AriClient ari = builder.allowPlaintext().build()) {
            assertThatIllegalStateException()
                    .isThrownBy(ari::connect)
                    .withMessageContaining("application(...)");
            assertThat(ari.toString()).contains("pbx.example.com:8088").doesNotContain("secret");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> builder.application("a,b"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.baseUri("ftp://x"));
    }

    @Test
    void aRequestIsAValue() {
        Map<String, String> variables = new HashMap<>(Map.of("A", "1"));
        OriginateRequest.Builder builder =
                OriginateRequest.builder("PJSIP/100").variables(variables);
        OriginateRequest request = builder.build();
        variables.put("B", "2");
        builder.putVariable("C", "3");

        assertThat(request.variables()).containsOnlyKeys("A");
        assertThat(request.toBuilder().context("c").build().variables()).containsOnlyKeys("A");
        assertThat(RecordRequest.builder("a", "wav").ifExists(IfExists.APPEND).build().ifExists())
                .contains(IfExists.APPEND);
    }
}
