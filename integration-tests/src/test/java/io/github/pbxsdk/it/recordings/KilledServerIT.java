package io.github.pbxsdk.it.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiRecordingSignal;
import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.AriRecordingSource;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.recordings.DirectorySource;
import io.github.pbxsdk.recordings.FolderSink;
import io.github.pbxsdk.recordings.RecordingSync;
import io.github.pbxsdk.recordings.SyncOutcome;
import io.github.pbxsdk.recordings.SyncReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while it records, and while it hands a recording out. */
@OnAsterisk
class KilledServerIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final StateStore store = StateStore.inMemory();
    private final Map<String, CallRecording> arrived = new ConcurrentHashMap<>();
    private final List<CallRecording> all = new CopyOnWriteArrayList<>();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        store.close();
    }

    private void arrive(CallRecording recording) {
        all.add(recording);
        recording.uniqueid().ifPresent(id -> arrived.put(id, recording));
    }

    private RecordingSync.Builder sync(Asterisk asterisk) {
        return RecordingSync.builder("lab")
                .directory(asterisk.setting("RECORDINGS_DIR"))
                .createdSince(started)
                .sink(FolderSink.of(folder))
                .store(store)
                .onArrival(this::arrive);
    }

    private static DirectorySource monitor(Asterisk asterisk) {
        return DirectorySource.of(asterisk.path("RECORDINGS_DIR"));
    }

    private static AmiClient client(Asterisk asterisk) {
        return AmiClient.builder()
                .host(asterisk.ami().getHostString())
                .port(asterisk.ami().getPort())
                .credentials(asterisk.amiCredentials())
                .reconnect(
                        ReconnectOptions.defaults()
                                .firstDelay(Duration.ofMillis(100))
                                .longestDelay(Duration.ofSeconds(1)))
                .build();
    }

    private static boolean isConnected(AmiClient ami) {
        return ami.status().state() == ConnectionState.CONNECTED;
    }

    private void assertArrives(RecordedCall call) {
        await("arrival of " + call.uniqueid())
                .atMost(SOON)
                .until(() -> arrived.containsKey(call.uniqueid()));
        assertThat(copy(call)).hasSameBinaryContentAs(call.file().orElseThrow());
    }

    private Path copy(RecordedCall call) {
        return FolderSink.of(folder).file(arrived.get(call.uniqueid())).orElseThrow();
    }

    /** One call before, one in the middle, one after; AMI tells, and comes back by itself. */
    @Test
    void whatWasWholeBeforeAndAfterArrivesAndWhatBrokeOffIsNotTakenForWhole(Asterisk asterisk)
            throws IOException {
        RecordedCall broken;
        try (AmiClient ami = client(asterisk);
                RecordingSync sync =
                        sync(asterisk)
                                .source(monitor(asterisk))
                                .signal(AmiRecordingSignal.of(ami))
                                .build();
                Subscription every = sync.syncEvery(Duration.ofMinutes(10))) {
            assertThat(every).isNotNull();
            ami.connect();
            RecordedCall before = RecordedCall.start(ami, asterisk);
            before.hangUp();
            assertArrives(before);
            broken = RecordedCall.start(ami, asterisk);

            asterisk.kill9();
            SyncReport meanwhile = sync.syncNow();
            assertThat(meanwhile.count(SyncOutcome.WAITING)).isPositive();
            asterisk.start();
            await("AMI is back").atMost(SOON).until(() -> isConnected(ami));

            RecordedCall after = RecordedCall.start(ami, asterisk);
            after.hangUp();
            assertArrives(after);
            sync.syncNow();
            assertThat(arrived).doesNotContainKey(broken.uniqueid());
        }
        assertThat(all).as("each once").hasSize(2);

        assertArrivesAsItIsAfterHours(asterisk, broken);
    }

    private static PbxResources resourcesIn(Duration later) {
        ManualTime time = ManualTime.startingAt(Instant.now().plus(later));
        return PbxResources.builder().time(time).build();
    }

    /** Nobody writes it any more: it comes as it is, and says so. */
    private void assertArrivesAsItIsAfterHours(Asterisk asterisk, RecordedCall broken) {
        try (PbxResources resources = resourcesIn(Duration.ofHours(7));
                RecordingSync sync =
                        sync(asterisk).source(monitor(asterisk)).resources(resources).build()) {
            sync.syncNow();
        }

        assertArrives(broken);
        assertThat(arrived.get(broken.uniqueid()).raw().find("wav")).contains("never closed");
        assertThat(all).as("each once").hasSize(3);
    }

    /** Large enough that the kernel's buffers do not hold all of it. */
    private static Path longRecording(Asterisk asterisk) throws IOException {
        long now = Instant.now().getEpochSecond();
        Path day = Files.createDirectories(asterisk.path("RECORDINGS_DIR").resolve("2026/11/21"));
        Path file = day.resolve("q-500-1001-20261121-000000-" + now + ".7.wav");
        return Files.write(file, Wavs.of(40_000_000, now));
    }

    @Test
    void aTransferThatTheKillCutOffComesAgainWhole(Asterisk asterisk) throws Exception {
        Path file = longRecording(asterisk);
        try (AriClient ari =
                        AriClient.builder()
                                .baseUri(asterisk.ari())
                                .credentials(asterisk.ariCredentials())
                                .build();
                RecordingSync slow =
                        sync(asterisk)
                                .source(AriRecordingSource.of(ari))
                                .bandwidth(2_000_000)
                                .build();
                PbxResources later = resourcesIn(Duration.ofMinutes(5));
                RecordingSync sync =
                        sync(asterisk)
                                .source(AriRecordingSource.of(ari))
                                .resources(later)
                                .build()) {
            CompletableFuture<SyncReport> cut = slow.syncNowAsync();
            await("a part of it").atMost(SOON).until(() -> isUnderWay(file));

            asterisk.kill9();

            SyncReport report = cut.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(report.count(SyncOutcome.FAILED)).isPositive();
            assertThat(all).isEmpty();
            assertThat(parts()).isEmpty();
            asterisk.start();
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
            assertThat(all).hasSize(1);
            assertThat(FolderSink.of(folder).file(all.get(0)).orElseThrow())
                    .hasSameBinaryContentAs(file);
        } finally {
            Files.delete(file);
        }
    }

    private boolean isUnderWay(Path file) throws IOException {
        for (Path part : parts()) {
            if (part.toString().contains(file.getFileName().toString())
                    && Files.size(part) > 1_000_000) {
                return true;
            }
        }
        return false;
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(one -> one.toString().endsWith(".part")).toList();
        }
    }
}
