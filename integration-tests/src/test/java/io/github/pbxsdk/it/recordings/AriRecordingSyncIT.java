package io.github.pbxsdk.it.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.AriRecordingSource;
import io.github.pbxsdk.ari.ChannelHandle;
import io.github.pbxsdk.ari.LiveRecordingHandle;
import io.github.pbxsdk.ari.request.OriginateRequest;
import io.github.pbxsdk.ari.request.RecordRequest;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.StartOrigin;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.recordings.FolderSink;
import io.github.pbxsdk.recordings.RecordingSync;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of a real server, over ARI alone. */
@OnAsterisk
class AriRecordingSyncIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final StateStore store = StateStore.inMemory();
    private final Map<String, CallRecording> arrived = new ConcurrentHashMap<>();
    private final String application = "it-" + AriClient.newId();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        store.close();
    }

    private AriClient connected(Asterisk asterisk) {
        AriClient ari =
                AriClient.builder()
                        .baseUri(asterisk.ari())
                        .credentials(asterisk.ariCredentials())
                        .application(application)
                        .build();
        ari.connect();
        return ari;
    }

    private RecordingSync sync(AriClient ari) {
        return RecordingSync.builder("lab")
                .source(AriRecordingSource.of(ari))
                .createdSince(Instant.now().minusSeconds(60))
                .sink(FolderSink.of(folder))
                .store(store)
                .onArrival(one -> arrived.put(one.name(), one))
                .build();
    }

    private CallRecording arrival(String name) {
        await("arrival of " + name)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> arrived.containsKey(name));
        return arrived.get(name);
    }

    private void assertSame(CallRecording recording, Path file) {
        assertThat(FolderSink.of(folder).file(recording).orElseThrow())
                .hasSameBinaryContentAs(file);
    }

    /** Calls an extension that talks, so that there is something to record. */
    private ChannelHandle call(AriClient ari, Asterisk asterisk) {
        ChannelHandle call = ari.channel(AriClient.newId());
        call.originate(
                OriginateRequest.builder(
                                "Local/" + asterisk.setting("NUMBER_PLAYBACK") + "@from-internal/n")
                        .app(application)
                        .otherChannelId(call.id() + "-other")
                        .build());
        call.awaitEntered(LIMIT);
        return call;
    }

    @Test
    void aRecordingThatAriMadeArrivesWithinSecondsOfItsEnd(Asterisk asterisk) throws Exception {
        try (AriClient ari = connected(asterisk);
                RecordingSync sync = sync(ari);
                Subscription every = sync.syncEvery(Duration.ofMinutes(10))) {
            assertThat(every).isNotNull();
            String name = application + "/voice 1+1.final";
            Path file = asterisk.path("ARI_RECORDINGS_DIR").resolve(name + ".wav");
            ChannelHandle call = call(ari, asterisk);
            LiveRecordingHandle recording = call.record(RecordRequest.of(name, "wav"));
            await("sound").atMost(LIMIT).until(() -> file.toFile().length() > 16_000);
            sync.syncNow();
            assertThat(arrived).as("while it is made").doesNotContainKey(name);
            Instant end = Instant.now();
            call.hangup();
            recording.awaitFinished(LIMIT);

            CallRecording whole = arrival(name);

            assertThat(Duration.between(end, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertSame(whole, file);
            assertThat(whole.startOrigin()).isEqualTo(StartOrigin.FINISH_EVENT);
            assertThat(whole.start().orElseThrow())
                    .isBetween(end.minusSeconds(30), end.plusSeconds(1));
            assertThat(whole.uniqueid()).contains(call.id());
            assertThat(whole.road()).contains("ari");
            Files.delete(file);
        }
    }

    @Test
    void aRecordedCallThatAriHasNoEventForArrivesWithTheNextRun(Asterisk asterisk) {
        try (AmiClient ami = RecordingSyncIT.connected(asterisk);
                AriClient ari = connected(asterisk);
                RecordingSync sync = sync(ari)) {
            RecordedCall call = RecordedCall.start(ami, asterisk);
            Path file = call.file().orElseThrow();
            String name =
                    asterisk.path("RECORDINGS_DIR").relativize(file).toString().replace(".wav", "");
            sync.syncNow();
            assertThat(arrived).as("while it runs").doesNotContainKey(name);
            call.hangUp();
            await("a run that finds it")
                    .atMost(LIMIT)
                    .until(
                            () -> {
                                sync.syncNow();
                                return arrived.containsKey(name);
                            });

            CallRecording whole = arrival(name);
            assertSame(whole, file);
            assertThat(whole.startOrigin()).isEqualTo(StartOrigin.UNIQUEID);
            assertThat(whole.uniqueid()).contains(call.uniqueid());
        }
    }
}
