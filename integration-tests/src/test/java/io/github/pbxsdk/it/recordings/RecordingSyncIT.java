package io.github.pbxsdk.it.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiRecordingSignal;
import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.recordings.DirectorySource;
import io.github.pbxsdk.recordings.FolderSink;
import io.github.pbxsdk.recordings.RecordingSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real calls, recorded by MixMonitor, arrive in a folder. */
@OnAsterisk
class RecordingSyncIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final StateStore store = StateStore.inMemory();
    private final Map<String, CallRecording> arrived = new ConcurrentHashMap<>();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        store.close();
    }

    static AmiClient connected(Asterisk asterisk) {
        AmiClient client =
                AmiClient.builder()
                        .host(asterisk.ami().getHostString())
                        .port(asterisk.ami().getPort())
                        .credentials(asterisk.amiCredentials())
                        .build();
        client.connect();
        return client;
    }

    private RecordingSync.Builder sync(Asterisk asterisk) {
        String directory = asterisk.setting("RECORDINGS_DIR");
        return RecordingSync.builder("lab-" + asterisk.major())
                .source(DirectorySource.of(Path.of(directory)))
                .directory(directory)
                .createdSince(Instant.now().minusSeconds(60))
                .sink(FolderSink.of(folder))
                .store(store)
                .onArrival(one -> one.uniqueid().ifPresent(id -> arrived.put(id, one)));
    }

    private CallRecording arrival(RecordedCall call) {
        await("arrival of " + call.uniqueid())
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> arrived.containsKey(call.uniqueid()));
        return arrived.get(call.uniqueid());
    }

    private void assertWhole(RecordedCall call, CallRecording recording) throws IOException {
        Path copy = FolderSink.of(folder).file(recording).orElseThrow();
        assertThat(copy).hasSameBinaryContentAs(call.file().orElseThrow());
        assertThat(Files.size(copy)).isEqualTo(recording.size().orElseThrow());
    }

    @Test
    void arrivesWithinSecondsOfTheHangUp(Asterisk asterisk) throws IOException {
        try (AmiClient ami = connected(asterisk);
                RecordingSync sync = sync(asterisk).signal(AmiRecordingSignal.of(ami)).build();
                Subscription every = sync.syncEvery()) {
            assertThat(every).isNotNull();
            for (int i = 0; i < 3; i++) {
                RecordedCall call = RecordedCall.start(ami, asterisk);
                assertThat(arrived).doesNotContainKey(call.uniqueid());
                call.hangUp();

                CallRecording recording = arrival(call);

                assertWhole(call, recording);
                assertThat(recording.direction()).isEqualTo(CallDirection.INTERNAL);
                assertThat(recording.from()).contains(Address.extension("1001"));
                assertThat(recording.to()).contains(Address.extension("607"));
                assertThat(recording.linkedid()).isPresent();
                assertThat(recording.duration().orElseThrow()).isPositive();
            }
        }
    }

    @Test
    void whatEndedWhileNobodyListenedArrivesWithTheNextRun(Asterisk asterisk) throws IOException {
        try (AmiClient ami = connected(asterisk);
                RecordingSync sync = sync(asterisk).build()) {
            RecordedCall call = RecordedCall.start(ami, asterisk);
            sync.syncNow();
            assertThat(arrived).as("while it runs").doesNotContainKey(call.uniqueid());
            call.hangUp();

            await("a run that finds it")
                    .atMost(SOON)
                    .until(
                            () -> {
                                sync.syncNow();
                                return arrived.containsKey(call.uniqueid());
                            });

            assertWhole(call, arrival(call));
        }
    }
}
