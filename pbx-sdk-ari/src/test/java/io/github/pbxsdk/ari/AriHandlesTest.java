package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ari.event.ChannelEvent;
import io.github.pbxsdk.ari.event.StasisStartEvent;
import io.github.pbxsdk.ari.model.LiveRecordingState;
import io.github.pbxsdk.ari.model.PlaybackState;
import io.github.pbxsdk.ari.request.CreateBridgeRequest;
import io.github.pbxsdk.ari.request.OriginateRequest;
import io.github.pbxsdk.ari.request.PlayRequest;
import io.github.pbxsdk.ari.request.RecordRequest;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.testing.ari.AriReply;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AriHandlesTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FakeAri server = FakeAri.asterisk22();
    private AriClient ari;

    @BeforeEach
    void connect() {
        ari = TestClients.connect(server);
    }

    @AfterEach
    void close() {
        ari.close();
        server.close();
    }

    private ChannelHandle call(String id) {
        ChannelHandle call = ari.channel(id);
        call.originate(OriginateRequest.builder("Local/1").app("demo").build());
        return call;
    }

    @ParameterizedTest
    @EnumSource
    void eventsThatComeBeforeTheAnswerAreNotMissed(Door door) {
        ChannelHandle call = ari.channel("call");
        List<String> seen = new CopyOnWriteArrayList<>();
        call.subscribe(ChannelEvent.class, event -> seen.add(event.type()));
        OriginateRequest request = OriginateRequest.builder("Local/1").app("demo").build();

        door.ask(() -> call.originate(request), () -> call.originateAsync(request));

        assertThat(call.entered().join().channel().id()).isEqualTo("call");
        call.hangup();
        assertThat(call.ended().join().causeText()).isEqualTo("Normal Clearing");
        call("other").hangup();
        await().until(() -> seen.size() >= 4);
        assertThat(seen)
                .containsExactly("ChannelCreated", "StasisStart", "StasisEnd", "ChannelDestroyed");
    }

    @Test
    void aRefusedCallFailsWhatWaitsForIt() {
        ChannelHandle call = call("call");
        ChannelHandle again = ari.channel("call");
        assertThatThrownBy(
                        () ->
                                again.originate(
                                        OriginateRequest.builder("Local/1").app("demo").build()))
                .isInstanceOf(AriRejectedException.class);
        await().until(again.entered()::isCompletedExceptionally);
        assertThat(call.ended()).isNotDone();
    }

    @ParameterizedTest
    @EnumSource
    void aPlaybackTellsItsEnd(Door door) {
        ChannelHandle call = call("call");
        PlaybackHandle playback =
                door.ask(
                        () -> call.play("sound:hello"),
                        () -> call.playAsync(PlayRequest.of("sound:hello")));
        assertThatThrownBy(() -> playback.awaitFinished(Duration.ofMillis(50)))
                .isInstanceOf(PbxTimeoutException.class);
        assertThat(playback.finished()).isNotDone();

        server.finishPlayback(playback.id(), "done");

        assertThat(playback.awaitFinished(LIMIT).state()).isEqualTo(PlaybackState.DONE);
    }

    @Test
    void aMissingSoundIsToldAlthoughItsEventsComeBeforeTheAnswer() {
        PlaybackHandle playback = call("call").play("sound:nope");
        assertThat(playback.awaitFinished(LIMIT).state()).isEqualTo(PlaybackState.FAILED);
    }

    @Test
    void aListenerMayWaitForTheEndOfWhatItStarted() throws Exception {
        ExecutorService oneThread = Executors.newSingleThreadExecutor();
        try (PbxResources resources = PbxResources.builder().executor(oneThread).build();
                AriClient ivr =
                        TestClients.connect(
                                TestClients.builder(server)
                                        .application("ivr")
                                        .resources(resources))) {
            CompletableFuture<PlaybackState> heard = new CompletableFuture<>();
            ivr.events()
                    .subscribe(
                            StasisStartEvent.class,
                            event -> {
                                ChannelHandle call = ivr.channel(event.channel().id());
                                call.answer();
                                PlaybackHandle playback = call.play("sound:nope");
                                heard.complete(playback.awaitFinished(LIMIT).state());
                            });
            ivr.channels()
                    .originate(OriginateRequest.builder("A/1").app("ivr").channelId("z").build());
            assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(PlaybackState.FAILED);
        } finally {
            oneThread.shutdown();
        }
    }

    @Test
    void aPlaybackThatIsRefusedWaitsForNothing() {
        ChannelHandle gone = ari.channel("gone");
        assertThatThrownBy(() -> gone.play("sound:hello")).isInstanceOf(AriRejectedException.class);
    }

    @Test
    void aRecordingTellsItsEnd() {
        ChannelHandle call = call("call");
        LiveRecordingHandle kept = call.record(RecordRequest.of("dir/kept", "wav"));
        kept.pause();
        kept.unpause();
        kept.stop();
        assertThat(kept.awaitFinished(LIMIT).state()).isEqualTo(LiveRecordingState.DONE);

        LiveRecordingHandle thrownAway = call.record(RecordRequest.of("dir/away", "wav"));
        thrownAway.cancel();
        assertThat(thrownAway.awaitFinished(LIMIT).state()).isEqualTo(LiveRecordingState.CANCELED);
        assertThat(server.recordings()).containsExactly("dir/kept");
    }

    @Test
    void anEndThatWasLostWithTheConnectionIsNotWaitedForForEver() {
        PlaybackHandle playback = call("call").play("sound:hello");
        server.stopListening();
        server.finishPlayback(playback.id(), "done");
        server.listenAgain();

        assertThatExceptionOfType(PbxConnectionException.class)
                .isThrownBy(() -> playback.awaitFinished(LIMIT))
                .withMessageContaining("came while nobody listened");
    }

    @Test
    void whoAsksForTheEndOfAChannelThatIsGoneIsTold() {
        assertThatThrownBy(() -> ari.channel("gone").ended().join())
                .hasRootCauseInstanceOf(PbxConnectionException.class);
    }

    @Test
    void aBridgeIsMadeWithItsId() {
        BridgeHandle room = ari.bridge("room");
        room.create(CreateBridgeRequest.builder().name("Room 1").build());
        room.add("a", "b");
        assertThat(server.requests())
                .last()
                .satisfies(request -> assertThat(request.all("channel")).containsExactly("a", "b"));
        assertThat(room.get().name()).isEqualTo("Room 1");
        room.destroy();
        assertThatThrownBy(room::get).isInstanceOf(AriRejectedException.class);
    }

    private static OriginateRequest intoTheDialplan() {
        return OriginateRequest.builder("Local/1").extension("100").context("internal").build();
    }

    private static boolean waits(AriClient client) {
        return client.engine().endings().want("StasisStart");
    }

    @Test
    void aCallThatNobodyHearsOfLeavesNothingBehind() {
        try (AriClient deaf = TestClients.builder(server).build()) {
            deaf.channel("one").originate(OriginateRequest.builder("A/1").app("demo").build());
            assertThat(waits(deaf)).isFalse();
        }
        ari.channel("two").originate(intoTheDialplan());
        ari.channel("three").originate(OriginateRequest.builder("A/1").app("another").build());
        assertThat(waits(ari)).isFalse();

        call("four");
        assertThat(waits(ari)).isTrue();
    }

    @Test
    void whoHearsOfAllChannelsHearsOfACallIntoTheDialplanFromTheStart() {
        ari.applications().subscribe("demo", List.of("channel:"));
        ari.channel("call").originate(intoTheDialplan());
        assertThat(waits(ari)).isTrue();
    }

    @Test
    void aCallIntoTheDialplanMayComeInLater() {
        server.answer("GET /channels/call", request -> AriReply.json(200, "{\"id\":\"call\"}"));
        ChannelHandle call = ari.channel("call");
        call.originate(intoTheDialplan());
        CompletableFuture<StasisStartEvent> entered = call.entered();

        server.emit(
                "{\"type\":\"StasisStart\",\"application\":\"demo\",\"args\":[],"
                        + "\"channel\":{\"id\":\"call\"}}");

        assertThat(entered.join().channel().id()).isEqualTo("call");
    }

    @Test
    void aCallIntoTheDialplanThatIsOverAlreadyIsNotWaitedFor() {
        ChannelHandle call = ari.channel("call");
        call.originate(intoTheDialplan());

        assertThatExceptionOfType(PbxConnectionException.class)
                .isThrownBy(() -> call.awaitEntered(LIMIT))
                .withMessageContaining("came while nobody listened");
        assertThatThrownBy(() -> call.awaitEnded(LIMIT)).isInstanceOf(PbxConnectionException.class);
        assertThat(waits(ari)).isFalse();
    }

    @Test
    void aCallThatTheGuardForbidsFailsWhatWaitsForIt() {
        try (AriClient looking =
                TestClients.connect(TestClients.builder(server).guard(OperationGuard.readOnly()))) {
            ChannelHandle call = looking.channel("call");

            assertThatThrownBy(
                            () ->
                                    call.originate(
                                            OriginateRequest.builder("A/1").app("demo").build()))
                    .isInstanceOf(OperationRefusedException.class);

            assertThat(waits(looking)).isFalse();
            assertThatThrownBy(() -> call.awaitEntered(LIMIT))
                    .isInstanceOf(OperationRefusedException.class);
            assertThatThrownBy(() -> call.awaitEnded(LIMIT))
                    .isInstanceOf(OperationRefusedException.class);
        }
    }

    @Test
    void afterAGapAFewAreAskedForAtATimeWhateverBecomesOfOne() {
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            boolean fails = i % 2 == 0;
            Ending.begin(
                    ari.engine(),
                    "key " + i,
                    "the end of " + i,
                    event -> event,
                    () -> {
                        CompletableFuture<String> answer = new CompletableFuture<>();
                        asked.add(answer);
                        if (fails) {
                            throw new IllegalStateException("it could not be asked for");
                        }
                        return answer;
                    });
        }

        ari.engine().endings().check();

        assertThat(asked).hasSizeLessThan(25);
        for (int i = 0; i < asked.size(); i++) {
            asked.get(i).complete("there");
        }
        assertThat(asked).hasSize(50);
    }
}
