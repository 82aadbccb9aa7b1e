package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ari.AriRejectedException.Kind;
import io.github.pbxsdk.ari.event.ChannelDtmfReceivedEvent;
import io.github.pbxsdk.ari.event.PlaybackStartedEvent;
import io.github.pbxsdk.ari.model.Channel;
import io.github.pbxsdk.ari.request.OriginateRequest;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ari.AriReply;
import io.github.pbxsdk.testing.ari.AriRequest;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SocketRequestsTest {

    @TempDir Path folder;

    private final FakeAri server = FakeAri.asterisk22();

    @AfterEach
    void close() {
        server.close();
    }

    private AriRequest last() {
        List<AriRequest> all = server.requests();
        return all.get(all.size() - 1);
    }

    private static OriginateRequest call(String id) {
        return OriginateRequest.builder("Local/echo@default/n")
                .app("demo")
                .channelId(id)
                .putVariable("FOO", "größe \"1\"\\ +\n2")
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void requestsTakeTheSocketOnceItIsUp(Door door) {
        try (AriClient ari = TestClients.builder(server).build()) {
            ari.asterisk().ping();
            assertThat(last().overSocket()).isFalse();
            ari.connect();

            Channel channel =
                    door.ask(
                            () -> ari.channels().originate(call("a/b+c")),
                            () -> ari.channels().originateAsync(call("a/b+c")));

            assertThat(channel.id()).isEqualTo("a/b+c");
            assertThat(last().overSocket()).isTrue();
            assertThat(last().body()).contains("\"FOO\":\"größe \\\"1\\\"\\\\ +\\n2\"");
            assertThat(ari.channels().get("a/b+c").id()).isEqualTo("a/b+c");
            assertThat(last().overSocket()).isTrue();
            ari.channels().hangup("a/b+c");
            assertThat(last().overSocket()).isTrue();
        }
    }

    @Test
    void refusalsAreTheSameOnBothRoads() {
        server.answer("GET /channels/bad", request -> AriReply.json(200, "[1"));
        try (AriClient ari = TestClients.connect(server)) {
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> ari.channels().get("none"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                    .satisfies(e -> assertThat(e.mayHaveBeenSent()).isFalse())
                    .withMessageContaining("Channel not found");
            assertThat(last().overSocket()).isTrue();
            assertThatExceptionOfType(PbxProtocolException.class)
                    .isThrownBy(() -> ari.channels().get("bad"));
        }
    }

    @Test
    void theOlderServerIsAskedOverHttp() {
        try (FakeAri old = FakeAri.asterisk16();
                AriClient ari = TestClients.connect(old)) {
            ari.asterisk().ping();

            assertThat(old.requests()).noneMatch(AriRequest::overSocket);
        }
    }

    @Test
    void whatIsLongOrSlowOrAFileTakesHttp() {
        server.addRecording("a", "wav", new byte[] {1, 2, 3});
        server.answer("PUT /endpoints/sendMessage", request -> AriReply.done());
        try (AriClient ari = TestClients.connect(server)) {
            ari.channels().list();
            assertThat(last().overSocket()).isFalse();
            ari.storedRecordings().copy("a", "b");
            assertThat(last().overSocket()).isFalse();
            ari.storedRecordings().download("a", folder.resolve("a"));
            assertThat(last().overSocket()).isFalse();
            ari.endpoints().sendMessage("pjsip:1", "sip:2@b", "x".repeat(17_000));
            assertThat(last().overSocket()).isFalse();
            ari.endpoints().sendMessage("pjsip:1", "sip:2@b", "x".repeat(16_000));
            assertThat(last().overSocket()).isTrue();
        }
    }

    @Test
    void aChangeWhoseAnswerIsLostWithTheSocketMayHaveBeenSent() {
        server.answer(
                "POST /channels",
                request -> {
                    server.cut();
                    return AriReply.done();
                });
        try (AriClient ari = TestClients.connect(server)) {
            assertThatExceptionOfType(PbxConnectionException.class)
                    .isThrownBy(() -> ari.channels().originate(call("a")))
                    .satisfies(e -> assertThat(e.mayHaveBeenSent()).isTrue());
        }
        assertThat(server.requests())
                .filteredOn(request -> request.method().equals("POST"))
                .hasSize(1);
    }

    @Test
    void aReadIsAskedAgainWhenTheSocketIsLost() {
        List<AriRequest> asked = new CopyOnWriteArrayList<>();
        server.answer(
                "GET /channels/a",
                request -> {
                    asked.add(request);
                    if (asked.size() == 1) {
                        server.cut();
                    }
                    return AriReply.json(200, "{\"id\":\"a\"}");
                });
        try (AriClient ari = TestClients.connect(server)) {
            assertThat(ari.channels().get("a").id()).isEqualTo("a");
        }
        assertThat(asked.get(0).overSocket()).isTrue();
        assertThat(asked).hasSizeGreaterThan(1);
    }

    @Test
    void anAnswerThatDoesNotComeIsATimeOutAndTheLateOneIsNobodys() {
        CountDownLatch late = new CountDownLatch(1);
        server.answer(
                "POST /channels",
                request -> {
                    awaitQuietly(late);
                    return AriReply.json(200, "{\"id\":\"a\"}");
                });
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        Duration timeout = Duration.ofMillis(300);
        try (PbxResources resources = PbxResources.builder().time(time).build();
                AriClient ari =
                        TestClients.connect(
                                TestClients.builder(server)
                                        .timeout(timeout)
                                        .resources(resources))) {
            CompletableFuture<Channel> originating = ari.channels().originateAsync(call("a"));
            server.awaitRequest(request -> request.path().equals("/channels"));
            time.advance(timeout);

            assertThatThrownBy(originating::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            PbxTimeoutException.class,
                            e -> assertThat(e.mayHaveBeenSent()).isTrue());
            late.countDown();
            assertThat(ari.asterisk().ping().ping()).isEqualTo("pong");
            assertThat(last().overSocket()).isTrue();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aListenerMayAskOverTheSocketThatBroughtItsEvent() {
        try (AriClient ari = TestClients.connect(server)) {
            ari.channels().originate(call("a"));
            CompletableFuture<String> name = new CompletableFuture<>();
            ari.events()
                    .subscribe(
                            ChannelDtmfReceivedEvent.class,
                            event -> name.complete(ari.channels().get("a").id()));
            server.emit("{\"type\":\"ChannelDtmfReceived\",\"digit\":\"1\"}");

            assertThat(name.join()).isEqualTo("a");
            EventProbe<PlaybackStartedEvent> started =
                    EventProbe.on(ari.events(), PlaybackStartedEvent.class);
            ari.channel("a").play("sound:beep");
            assertThat(started.next().playback().mediaUri()).isEqualTo("sound:beep");
        }
    }
}
