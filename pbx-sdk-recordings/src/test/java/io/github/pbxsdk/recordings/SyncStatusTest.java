package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who runs a sync for months hears of it when recordings do not arrive. */
class SyncStatusTest {

    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");
    private static final byte[] SOUND = Wav.of(150_000, 1);

    private final ManualTime time = ManualTime.startingAt(NOW);
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final StateStore store = StateStore.inMemory(time);

    @TempDir private Path work;

    @AfterEach
    void close() {
        resources.close();
        store.close();
    }

    private Path monitor() {
        return work.resolve("monitor");
    }

    private void record(int number) throws IOException {
        String name = "internal-102-101-20261121-030000-1795230000." + number + ".wav";
        Files.createDirectories(monitor());
        Files.write(monitor().resolve(name), SOUND);
    }

    private UnsteadySource unsteady(int faults) throws IOException {
        Files.createDirectories(monitor());
        UnsteadySource source = UnsteadySource.withoutRanges(monitor());
        for (int i = 0; i < faults; i++) {
            source.breakAfter(10);
        }
        return source;
    }

    private RecordingSync sync(UnsteadySource source) {
        return builder(source).build();
    }

    private RecordingSync.Builder builder(UnsteadySource source) {
        return RecordingSync.builder("pbx-7")
                .source(source)
                .sink(FolderSink.of(work.resolve("folder")))
                .store(store)
                .resources(resources)
                .atATime(1);
    }

    @Test
    void allIsGreenWhereEverythingArrives() throws IOException {
        record(1);
        try (RecordingSync sync = sync(unsteady(0))) {
            assertThat(sync.status().words()).isEqualTo("nothing is open; no look has ended yet");
            sync.syncNow();

            SyncStatus status = sync.status();
            assertThat(status.light()).isEqualTo(Light.GREEN);
            assertThat(status.lookedAt()).contains(NOW);
            assertThat(status.since()).isEmpty();
            assertThat(status.reason()).isEmpty();
            assertThat(status.words()).isEqualTo("nothing is open; looked at 2026-11-21T04:00:00Z");
        }
    }

    @Test
    void aRecordingThatFailsStaysInSightUntilItArrives() throws IOException {
        record(1);
        try (RecordingSync sync = sync(unsteady(20))) {
            sync.syncNow();
            time.advance(Duration.ofMinutes(2));
            sync.syncNow();
            time.advance(Duration.ofSeconds(5));
            sync.syncNow();
        }

        try (RecordingSync after = sync(unsteady(0))) {
            SyncStatus status = after.status();
            assertThat(status.light()).isEqualTo(Light.YELLOW);
            assertThat(status.count(SyncOutcome.FAILED)).isEqualTo(1);
            assertThat(status.count(SyncOutcome.WAITING)).isZero();
            assertThat(status.since()).contains(NOW);
            assertThat(status.reason()).contains("connection reset");
            assertThat(status.words())
                    .isEqualTo(
                            "1 failed; no look has ended yet;"
                                    + " since 2026-11-21T04:00:00Z: connection reset");

            time.advance(Duration.ofHours(1));
            assertThat(after.syncNow().delivered()).isEqualTo(1);
            assertThat(after.status().light()).isEqualTo(Light.GREEN);
        }
    }

    @Test
    void whatIsNotWantedAnyMoreIsNoFailure() throws IOException {
        record(1);
        try (RecordingSync sync = sync(unsteady(20))) {
            sync.syncNow();
            assertThat(sync.status().light()).isEqualTo(Light.YELLOW);
        }

        time.advance(Duration.ofHours(1));
        try (RecordingSync later =
                builder(unsteady(0)).createdSince(NOW.plus(Duration.ofMinutes(1))).build()) {
            later.syncNow();

            assertThat(later.status().light()).isEqualTo(Light.GREEN);
            assertThat(later.status().count(SyncOutcome.FAILED)).isZero();
        }
    }

    @Test
    void aLookThatFailsIsRedSinceTheFirstOfThem() throws IOException {
        UnsteadySource source = unsteady(0);
        Files.delete(monitor());
        try (RecordingSync sync = sync(source)) {
            assertThatExceptionOfType(PbxException.class).isThrownBy(sync::syncNow);
            time.advance(Duration.ofMinutes(10));
            assertThatExceptionOfType(PbxException.class).isThrownBy(sync::syncNow);

            SyncStatus status = sync.status();
            assertThat(status.light()).isEqualTo(Light.RED);
            assertThat(status.since()).contains(NOW);
            assertThat(status.reason().orElseThrow()).contains("monitor");
            assertThat(status.lookedAt()).isEmpty();

            record(1);
            sync.syncNow();
            assertThat(sync.status().light()).isEqualTo(Light.GREEN);
        }
    }

    /** The lists are fine, and what was not done can't be read. */
    @Test
    void whatFailsBehindTheLookIsRedSinceTheFirstTimeToo() throws IOException {
        store.commit(StateChange.put("recordings.open.pbx-7", "some", "{\"kind\":"));
        try (RecordingSync sync = sync(unsteady(0))) {
            assertThatExceptionOfType(StateException.class).isThrownBy(sync::syncNow);
            time.advance(Duration.ofMinutes(10));
            assertThatExceptionOfType(StateException.class).isThrownBy(sync::syncNow);
            store.commit(StateChange.delete("recordings.open.pbx-7", "some"));

            assertThat(sync.status().light()).isEqualTo(Light.RED);
            assertThat(sync.status().since()).contains(NOW);
            assertThat(sync.status().lookedAt()).isEmpty();
        }
    }

    @Test
    void aRunThatIsGivenUpIsRed() throws IOException {
        for (int i = 0; i < 12; i++) {
            record(i);
        }
        try (RecordingSync sync = sync(unsteady(100))) {
            sync.syncNow();

            SyncStatus status = sync.status();
            assertThat(status.light()).isEqualTo(Light.RED);
            assertThat(status.count(SyncOutcome.FAILED))
                    .as("one more may have begun")
                    .isBetween(10L, 11L);
            assertThat(status.reason().orElseThrow()).startsWith("ten recordings in a row failed");
            assertThat(status.lookedAt()).isEmpty();
        }
    }

    @Test
    void whatAnotherInstanceDoesIsNotInOurWay() throws IOException {
        UnsteadySource source = unsteady(0);
        Files.delete(monitor());
        try (RecordingSync sync = sync(source)) {
            assertThatExceptionOfType(PbxException.class).isThrownBy(sync::syncNow);
            Lease other = store.lease("recordings.pbx-7", Duration.ofMinutes(1)).orElseThrow();
            sync.syncNow();

            assertThat(sync.status().light()).isEqualTo(Light.GREEN);
            other.close();
        }
    }

    @Test
    void aDamagedStoreIsSaidToBe() throws IOException {
        store.commit(StateChange.put("recordings.open.pbx-7", "some", "{\"kind\":"));
        try (RecordingSync sync = sync(unsteady(0))) {
            assertThatExceptionOfType(StateException.class)
                    .isThrownBy(sync::status)
                    .withMessage("the state of a recording sync is damaged");
        }
    }
}
