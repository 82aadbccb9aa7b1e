package io.github.pbxsdk.it.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ari.AriCheck.Outcome;
import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.AriObject;
import io.github.pbxsdk.ari.AriRecordingSource;
import io.github.pbxsdk.ari.AriRejectedException;
import io.github.pbxsdk.ari.AriRejectedException.Kind;
import io.github.pbxsdk.ari.BridgeHandle;
import io.github.pbxsdk.ari.ChannelHandle;
import io.github.pbxsdk.ari.DownloadedRecording;
import io.github.pbxsdk.ari.LiveRecordingHandle;
import io.github.pbxsdk.ari.PlaybackHandle;
import io.github.pbxsdk.ari.event.ApplicationReplacedEvent;
import io.github.pbxsdk.ari.event.AriEvent;
import io.github.pbxsdk.ari.event.ChannelDtmfReceivedEvent;
import io.github.pbxsdk.ari.event.ChannelUserEvent;
import io.github.pbxsdk.ari.event.ChannelVarsetEvent;
import io.github.pbxsdk.ari.event.OtherAriEvent;
import io.github.pbxsdk.ari.event.ResyncEvent;
import io.github.pbxsdk.ari.event.StasisEndEvent;
import io.github.pbxsdk.ari.event.StasisStartEvent;
import io.github.pbxsdk.ari.event.TextMessageReceivedEvent;
import io.github.pbxsdk.ari.model.Channel;
import io.github.pbxsdk.ari.model.ChannelState;
import io.github.pbxsdk.ari.model.DeviceStatus;
import io.github.pbxsdk.ari.model.LiveRecording;
import io.github.pbxsdk.ari.model.LiveRecordingState;
import io.github.pbxsdk.ari.model.PlaybackState;
import io.github.pbxsdk.ari.model.StoredRecording;
import io.github.pbxsdk.ari.request.BridgeRecordRequest;
import io.github.pbxsdk.ari.request.CreateBridgeRequest;
import io.github.pbxsdk.ari.request.DtmfRequest;
import io.github.pbxsdk.ari.request.InfoSection;
import io.github.pbxsdk.ari.request.OriginateRequest;
import io.github.pbxsdk.ari.request.PlaybackOperation;
import io.github.pbxsdk.ari.request.RecordRequest;
import io.github.pbxsdk.ari.request.SoundDirection;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.testing.EventProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnAsterisk
class AriClientIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir Path folder;

    private final String application = "it-" + AriClient.newId();

    private AriClient.Builder builder(Asterisk asterisk) {
        return AriClient.builder()
                .baseUri(asterisk.ari())
                .credentials(asterisk.ariCredentials())
                .application(application)
                .reconnect(
                        ReconnectOptions.defaults()
                                .firstDelay(Duration.ofMillis(100))
                                .longestDelay(Duration.ofSeconds(1)));
    }

    private AriClient connected(Asterisk asterisk) {
        AriClient ari = builder(asterisk).build();
        ari.connect();
        return ari;
    }

    /** Calls an extension that stays, so that the first leg is in our application. */
    private ChannelHandle call(AriClient ari) {
        ChannelHandle call = ari.channel(AriClient.newId());
        call.originate(
                OriginateRequest.builder("Local/609@from-internal/n")
                        .app(application)
                        .appArgs("a b,c+d")
                        .otherChannelId(call.id() + "-other")
                        .callerId("\"Front desk\" <100>")
                        .putVariable("GREETING", "größe, 1+1")
                        .build());
        assertThat(call.awaitEntered(LIMIT).args()).containsExactly("a b", "c+d");
        return call;
    }

    @Test
    void readsEachGroup(Asterisk asterisk) {
        try (AriClient ari = connected(asterisk)) {
            readEachGroup(ari, asterisk);
            assertThat(ari.server().version().text()).contains(asterisk.version());
            assertThat(ari.server().version().major()).hasValue(asterisk.major());
            assertThat(ari.server().startedAt()).isPresent();
        }
    }

    private void readEachGroup(AriClient ari, Asterisk asterisk) {
        assertThat(
                        ari.asterisk()
                                .info(List.of(InfoSection.SYSTEM))
                                .system()
                                .orElseThrow()
                                .version())
                .contains(asterisk.version());
        assertThat(ari.asterisk().info().build()).isPresent();
        assertThat(ari.asterisk().ping().ping()).isEqualTo("pong");
        assertThat(ari.asterisk().listModules()).hasSizeGreaterThan(50);
        assertThat(ari.asterisk().getModule("res_ari.so").status()).isEqualTo("Running");
        assertThat(ari.asterisk().listLogChannels()).isNotEmpty();
        assertThat(ari.asterisk().getVariable("TRANSFER_CONTEXT").value())
                .isEqualTo("from-internal");
        assertThat(ari.applications().list())
                .anySatisfy(one -> assertThat(one.name()).isEqualTo(application));
        assertThat(ari.applications().get(application).channelIds()).isEmpty();
        assertThat(ari.channels().list()).isNotNull();
        assertThat(ari.bridges().list()).isNotNull();
        assertThat(ari.endpoints().list()).hasSizeGreaterThan(20);
        assertThat(ari.endpoints().listByTech("PJSIP")).isNotEmpty();
        assertThat(ari.endpoints().get("PJSIP", "1001").resource()).isEqualTo("1001");
        assertThat(ari.deviceStates().list()).isNotNull();
        assertThatExceptionOfType(AriRejectedException.class)
                .as("the lab has voicemail, which excludes mailboxes of ARI")
                .isThrownBy(() -> ari.mailboxes().list())
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_OPERATION));
        assertThat(ari.sounds().list()).isNotEmpty();
        assertThat(ari.sounds().list("en", null)).isNotEmpty();
        assertThat(ari.storedRecordings().list()).isNotNull();
        assertThatExceptionOfType(AriRejectedException.class)
                .isThrownBy(() -> ari.playbacks().get("none"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
        assertThatExceptionOfType(AriRejectedException.class)
                .isThrownBy(() -> ari.liveRecordings().get("dir/no ne+"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    private AriClient reader(Asterisk asterisk) {
        return builder(asterisk).credentials(asterisk.ariReadOnlyCredentials()).build();
    }

    @Test
    void aReadOnlyUserReadsAndHearsEvents(Asterisk asterisk) {
        try (AriClient reader = reader(asterisk);
                AriClient ari = builder(asterisk).application(application + "-w").build()) {
            reader.connect();
            readEachGroup(reader, asterisk);
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(
                            () -> reader.bridges().create(CreateBridgeRequest.builder().build()))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.READ_ONLY_USER));
            EventProbe<ChannelUserEvent> events =
                    EventProbe.on(reader.events(), ChannelUserEvent.class);
            ari.applications().raiseUserEvent("hello", application, List.of(), Map.of("a", "1+1"));
            assertThat(events.next().userEvent().text("a")).isEqualTo("1+1");
        }
    }

    @Test
    void aCallIsAnsweredPlayedToRecordedBridgedAndHungUp(Asterisk asterisk) {
        try (AriClient ari = connected(asterisk);
                AriClient reader = reader(asterisk)) {
            EventProbe<AriEvent> all = EventProbe.on(ari.events(), AriEvent.class);
            ChannelHandle call = call(ari);
            assertThat(call.get().caller().name()).isEqualTo("Front desk");
            assertThat(ari.channels().getVariable(call.id(), "GREETING").value())
                    .isEqualTo("größe, 1+1");
            call.answer();
            await().until(() -> call.get().state() == ChannelState.UP);

            plays(ari, call);
            controls(ari, call);
            records(ari, reader, call);
            bridges(ari, call);
            throwsAwayAndRefuses(call);

            call.hangup();
            assertThat(call.awaitEnded(LIMIT).channel().id()).isEqualTo(call.id());
            all.next(StasisEndEvent.class::isInstance);
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(call::get)
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
        }
    }

    private static void plays(AriClient ari, ChannelHandle call) {
        assertThat(call.play("sound:beep").awaitFinished(LIMIT).state())
                .isEqualTo(PlaybackState.DONE);
        assertThat(call.play("sound:no-such-sound").awaitFinished(LIMIT).state())
                .isEqualTo(PlaybackState.FAILED);
        PlaybackHandle longer = call.play("sound:demo-congrats", "sound:demo-congrats");
        await().until(() -> ari.playbacks().get(longer.id()).state() == PlaybackState.PLAYING);
        longer.control(PlaybackOperation.PAUSE);
        longer.stop();
        assertThat(longer.awaitFinished(LIMIT).id()).isEqualTo(longer.id());
    }

    private static void controls(AriClient ari, ChannelHandle call) {
        ari.channels().sendDtmf(call.id(), DtmfRequest.of("4#"));
        ari.channels().mute(call.id());
        ari.channels().unmute(call.id(), SoundDirection.BOTH);
        ari.channels().hold(call.id());
        ari.channels().unhold(call.id());
        ari.channels().startMoh(call.id());
        ari.channels().stopMoh(call.id());
        ari.channels().setVariable(call.id(), "NEW", "x y+z&ü");
        await().ignoreExceptions()
                .until(
                        () ->
                                ari.channels()
                                        .getVariable(call.id(), "NEW")
                                        .value()
                                        .equals("x y+z&ü"));
    }

    private void records(AriClient ari, AriClient reader, ChannelHandle call) {
        String name = application + "/rec one+1";
        LiveRecordingHandle recording = call.record(RecordRequest.of(name, "wav"));
        await().until(() -> ari.liveRecordings().get(name).state() == LiveRecordingState.RECORDING);
        recording.pause();
        recording.pause();
        recording.unpause();
        recording.stop();
        LiveRecording done = recording.awaitFinished(LIMIT);
        assertThat(done.state()).isEqualTo(LiveRecordingState.DONE);
        assertThat(done.duration()).isPresent();

        assertThat(ari.storedRecordings().list()).extracting(StoredRecording::name).contains(name);
        StoredRecording copy = ari.storedRecordings().copy(name, name + "-copy");
        assertThat(copy.name()).isEqualTo(name + "-copy");
        assertThatExceptionOfType(AriRejectedException.class)
                .isThrownBy(() -> ari.storedRecordings().copy(name, name + "-copy"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
        DownloadedRecording stored =
                ari.storedRecordings().download(name, folder.resolve("recording.wav"));
        assertThat(stored.file()).hasSize(stored.bytes());
        assertThat(stored.contentType()).isEqualTo("audio/wav");
        assertThatTheSourceHas(ari, name, stored.file());
        assertThatTheSourceHas(reader, name, stored.file());
        ari.storedRecordings().delete(name + "-copy");
        assertThatExceptionOfType(AriRejectedException.class)
                .isThrownBy(() -> ari.storedRecordings().get(name + "-copy"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    private static void assertThatTheSourceHas(AriClient ari, String name, Path file) {
        AriRecordingSource source = AriRecordingSource.of(ari);
        RecordingEntry entry = source.find(name).orElseThrow();
        assertThat(source.isBeingWritten(entry)).isFalse();
        try (Stream<RecordingEntry> all = source.stream();
                RecordingContent content = source.open(entry, 0).orElseThrow()) {
            assertThat(all).contains(entry);
            assertThat(content.length()).hasValue(Files.size(file));
            assertThat(file).hasBinaryContent(content.stream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Comes last: Asterisk 16 goes on counting a channel as being recorded, and keeps it out of
     * bridges, after it has refused to record or was told to throw the recording away at once.
     */
    private void throwsAwayAndRefuses(ChannelHandle call) {
        String name = application + "/rec one+1";
        LiveRecordingHandle away = call.record(RecordRequest.of(name + "-away", "wav"));
        away.cancel();
        assertThat(away.awaitFinished(LIMIT).state()).isEqualTo(LiveRecordingState.CANCELED);
        assertThatExceptionOfType(AriRejectedException.class)
                .isThrownBy(() -> call.record(RecordRequest.of(name, "wav")))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
        assertThatExceptionOfType(AriRejectedException.class)
                .isThrownBy(() -> call.record(RecordRequest.of(name + "2", "nofmt")))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNPROCESSABLE));
    }

    private void bridges(AriClient ari, ChannelHandle call) {
        BridgeHandle room = ari.bridge(AriClient.newId());
        room.create(CreateBridgeRequest.builder().type("mixing").name("Room 1").build());
        ChannelHandle second = call(ari);
        room.add(call.id(), second.id());
        await().until(() -> room.get().channels().size() == 2);
        String name = application + "/bridge";
        LiveRecordingHandle recording = room.record(BridgeRecordRequest.of(name, "wav"));
        await().until(() -> ari.liveRecordings().get(name).state() == LiveRecordingState.RECORDING);
        recording.stop();
        assertThat(recording.awaitFinished(LIMIT).state()).isEqualTo(LiveRecordingState.DONE);
        room.remove(second.id());
        room.destroy();
        second.hangup();
        assertThat(second.awaitEnded(LIMIT)).isNotNull();
    }

    @Test
    void digitsOfTheOtherSideAreHeard(Asterisk asterisk) {
        try (AriClient ari = connected(asterisk)) {
            EventProbe<ChannelDtmfReceivedEvent> digits =
                    EventProbe.on(ari.events(), ChannelDtmfReceivedEvent.class);
            ChannelHandle call = ari.channel(AriClient.newId());
            String sender =
                    asterisk.setting("NUMBER_SEND_DTMF") + "@" + asterisk.setting("CONTEXT");
            call.originate(
                    OriginateRequest.builder("Local/" + sender + "/n").app(application).build());
            for (char digit : "0123456789*#ABCD".toCharArray()) {
                assertThat(digits.next().digit()).isEqualTo(String.valueOf(digit));
            }
            call.hangup();
        }
    }

    @Test
    void textsAreSentAndReceived(Asterisk asterisk) throws Exception {
        Credentials extension = asterisk.extension(1001);
        try (AriClient ari = builder(asterisk).eventSource("endpoint:PJSIP/1001").build();
                SipPhone phone = SipPhone.register(asterisk.sip(), extension)) {
            EventProbe<TextMessageReceivedEvent> texts =
                    EventProbe.on(ari.events(), TextMessageReceivedEvent.class);
            ari.connect();

            ari.endpoints()
                    .sendMessage(
                            "pjsip:1001",
                            "sip:front-desk@127.0.0.1",
                            "größe, 1+1\nsecond line",
                            Map.of("X-Trace", "a1"));
            SipPhone.Message received = phone.receive();
            assertThat(received.body()).isEqualTo("größe, 1+1\nsecond line");
            assertThat(received.headers().get("from")).contains("sip:front-desk@127.0.0.1");
            assertThat(received.headers()).containsEntry("x-trace", "a1");

            phone.send("600", "hello, 2+2");
            TextMessageReceivedEvent text = texts.next();
            assertThat(text.message().body()).isEqualTo("hello, 2+2");
            assertThat(text.message().from()).contains("1001");
            assertThat(text.endpoint().orElseThrow().resource()).isEqualTo("1001");
            assertThat(text.message().variables().text("Authorization")).contains("response=");
            assertThat(text + " " + text.message()).doesNotContain("response=");
        }
        assertThatRefusedText(asterisk);
    }

    private void assertThatRefusedText(Asterisk asterisk) {
        try (AriClient ari = builder(asterisk).build()) {
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(
                            () ->
                                    ari.endpoints()
                                            .sendMessage("pjsip:nobody", "sip:a@127.0.0.1", "x"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
        }
    }

    @Test
    void anApplicationThatNobodyServesLosesItsCall(Asterisk asterisk) {
        try (AriClient ari = builder(asterisk).subscribeAll().build()) {
            ari.connect();
            ChannelHandle call = ari.channel(AriClient.newId());
            call.originate(
                    OriginateRequest.builder("Local/609@from-internal/n")
                            .app("nobody-" + application)
                            .build());
            assertThatThrownBy(() -> call.awaitEntered(LIMIT))
                    .hasMessageContaining("ended before it came in");
        }
    }

    @Test
    void refusalsAreTold(Asterisk asterisk) {
        try (AriClient ari = connected(asterisk)) {
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> ari.channels().originate(OriginateRequest.of("Bogus/1")))
                    .satisfies(
                            e ->
                                    assertThat(e.kind())
                                            .isIn(Kind.SERVER_ERROR, Kind.INVALID_REQUEST));
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(
                            () ->
                                    ari.channels()
                                            .originate(
                                                    OriginateRequest.builder("Bogus/1")
                                                            .app(application)
                                                            .build()))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo("Allocation failed"));
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> ari.applications().subscribe(application, List.of("bogus:1")))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID_REQUEST));
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(
                            () ->
                                    ari.endpoints()
                                            .sendMessage(
                                                    "pjsip:1001", "sip:a@b", "x".repeat(50_000)))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
            if (asterisk.major() == 16) {
                assertThatThrownBy(() -> ari.channels().progress("1.1"))
                        .hasMessageContaining("needs 20.16.0, 22.6.0 or 23.0.0, server is 16.28.0");
            } else {
                assertThatExceptionOfType(AriRejectedException.class)
                        .isThrownBy(() -> ari.channels().progress("1.1"))
                        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
            }
        }
        String wrong = asterisk.ari().toString().replace("/ari", "/wrong");
        try (AriClient ari = builder(asterisk).baseUri(wrong).build()) {
            assertThatThrownBy(ari::connect)
                    .isInstanceOf(AriRejectedException.class)
                    .hasMessageContaining("check baseUri(...)");
        }
    }

    @Test
    void aCheckSaysWhatIsWrong(Asterisk asterisk) {
        assertThat(outcome(builder(asterisk))).isEqualTo(Outcome.OK);
        assertThat(outcome(builder(asterisk).credentials(asterisk.ariReadOnlyCredentials())))
                .isEqualTo(Outcome.READ_ONLY);
        assertThat(outcome(builder(asterisk).credentials(Credentials.of("lab", "wrong"))))
                .isEqualTo(Outcome.CREDENTIALS);
        assertThat(outcome(builder(asterisk).baseUri(asterisk.ariTls()))).isEqualTo(Outcome.TLS);
        String wrong = asterisk.ari().toString().replace("/ari", "/wrong");
        assertThat(outcome(builder(asterisk).baseUri(wrong))).isEqualTo(Outcome.NO_ARI);
    }

    private static Outcome outcome(AriClient.Builder builder) {
        try (AriClient ari = builder.build()) {
            return ari.check().outcome();
        }
    }

    @Test
    void aWrongPasswordIsFinal(Asterisk asterisk) {
        try (AriClient ari =
                builder(asterisk).credentials(Credentials.of("lab", "wrong")).build()) {
            assertThatThrownBy(ari::connect).isInstanceOf(PbxAuthenticationException.class);
            assertThat(ari.status().state()).isEqualTo(ConnectionState.REFUSED);
        }
    }

    @Test
    void worksOverTls(Asterisk asterisk) {
        try (AriClient ari =
                builder(asterisk)
                        .baseUri(asterisk.ariTls())
                        .tls(TlsOptions.ca(asterisk.path("PBX_CA")))
                        .build()) {
            ari.connect();
            assertThat(ari.asterisk().ping().ping()).isEqualTo("pong");
        }
        try (AriClient stranger = builder(asterisk).baseUri(asterisk.ariTls()).build()) {
            assertThatThrownBy(stranger::connect).isInstanceOf(PbxConnectionException.class);
        }
    }

    @Test
    void deviceStatesAreKept(Asterisk asterisk) {
        String device = "Stasis:" + application;
        try (AriClient ari = connected(asterisk)) {
            ari.deviceStates().update(device, DeviceStatus.ON_HOLD);
            assertThat(ari.deviceStates().get(device).state()).isEqualTo(DeviceStatus.ON_HOLD);
            ari.deviceStates().delete(device);
        }
    }

    @Test
    void aFilterKeepsEventsAway(Asterisk asterisk) {
        AriClient ari =
                builder(asterisk)
                        .eventFilter(
                                AriObject.parse("{\"disallowed\":[{\"type\":\"ChannelVarset\"}]}"))
                        .build();
        try (ari) {
            EventProbe<ChannelVarsetEvent> variables =
                    EventProbe.on(ari.events(), ChannelVarsetEvent.class);
            ari.connect();
            assertThat(ari.applications().get(application).eventsDisallowed()).hasSize(1);
            ChannelHandle call = call(ari);
            ari.channels().setVariable(call.id(), "A", "1");
            call.hangup();
            call.awaitEnded(LIMIT);
            variables.none();
        }
    }

    @Test
    void noRecordedTypeIsUnknown(Asterisk asterisk) {
        try (AriClient ari = builder(asterisk).subscribeAll().build()) {
            EventProbe<OtherAriEvent> unknown = EventProbe.on(ari.events(), OtherAriEvent.class);
            ari.connect();
            ChannelHandle call = call(ari);
            call.hangup();
            call.awaitEnded(LIMIT);
            unknown.none();
        }
    }

    @Test
    void takenOverItStops(Asterisk asterisk) {
        try (AriClient first = connected(asterisk);
                AriClient second = builder(asterisk).build()) {
            EventProbe<ApplicationReplacedEvent> replaced =
                    EventProbe.on(first.events(), ApplicationReplacedEvent.class);
            second.connect();
            assertThat(replaced.next().application()).isEqualTo(application);
            await().until(() -> first.status().state() == ConnectionState.DISCONNECTED);
            ChannelHandle call = call(second);
            call.hangup();
            assertThat(call.awaitEnded(LIMIT)).isNotNull();
            assertThat(second.status().state()).isEqualTo(ConnectionState.CONNECTED);
        }
    }

    @Test
    void aKilledServerIsComeBackToAndTheGapIsTold(Asterisk asterisk) {
        try (AriClient ari = builder(asterisk).eventSource("deviceState:PJSIP/1001").build()) {
            EventProbe<GapEvent> gaps = EventProbe.on(ari.events(), GapEvent.class);
            EventProbe<ResyncEvent> pictures = EventProbe.on(ari.events(), ResyncEvent.class);
            EventProbe<StasisStartEvent> starts =
                    EventProbe.on(ari.events(), StasisStartEvent.class);
            ari.connect();
            ChannelHandle lost = call(ari);
            PlaybackHandle playback = lost.play("sound:demo-congrats");
            starts.next();

            asterisk.kill9();
            asterisk.start();

            assertThat(gaps.next().cause()).isEqualTo(GapEvent.Cause.CONNECTION);
            assertThat(pictures.next().hasChannel(lost.id())).isFalse();
            assertThatThrownBy(() -> playback.awaitFinished(LIMIT))
                    .isInstanceOf(PbxConnectionException.class);
            assertThat(ari.applications().get(application).deviceNames())
                    .containsExactly("PJSIP/1001");
            ChannelHandle call = call(ari);
            assertThat(starts.next().channel().id()).isEqualTo(call.id());
            call.hangup();
            assertThat(call.awaitEnded(LIMIT)).isNotNull();
        }
    }

    @Test
    void aServerKilledUnderLoadLeavesNoOperationBehind(Asterisk asterisk) {
        try (AriClient ari = connected(asterisk)) {
            List<CompletableFuture<?>> operations = new ArrayList<>();
            IntStream.range(0, 100).forEach(i -> operations.addAll(load(ari)));
            asterisk.kill9();
            IntStream.range(0, 20).forEach(i -> operations.addAll(load(ari)));
            asterisk.start();

            for (CompletableFuture<?> operation : operations) {
                assertThat(operation)
                        .satisfiesAnyOf(
                                done -> assertThat(done).succeedsWithin(LIMIT),
                                failed ->
                                        assertThat(failed)
                                                .failsWithin(LIMIT)
                                                .withThrowableThat()
                                                .withCauseInstanceOf(PbxException.class));
            }
            await().atMost(LIMIT).until(() -> ari.status().state() == ConnectionState.CONNECTED);
            ChannelHandle call = call(ari);
            call.hangup();
            assertThat(call.awaitEnded(LIMIT)).isNotNull();
        }
    }

    private List<CompletableFuture<?>> load(AriClient ari) {
        return List.of(
                ari.asterisk().pingAsync(),
                ari.channels().listAsync(),
                ari.bridges().createAsync(CreateBridgeRequest.builder().name(application).build()));
    }

    @Test
    void allChannelsOfTheServerAreListed(Asterisk asterisk) {
        try (AriClient ari = connected(asterisk)) {
            ChannelHandle call = call(ari);
            assertThat(ari.channels().list())
                    .extracting(Channel::id)
                    .contains(call.id(), call.id() + "-other");
            call.hangup();
        }
    }
}
