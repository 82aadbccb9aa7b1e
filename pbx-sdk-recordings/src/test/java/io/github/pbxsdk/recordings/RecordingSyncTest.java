package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import io.github.pbxsdk.core.recording.StartOrigin;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingSyncTest {

    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");
    private static final String NAME = "2026/11/21/internal-102-101-20261121-030000-1795230000.168";
    private static final String OLD = "2026/11/10/internal-102-101-20261110-030000-1794279600.5";

    private final ManualTime time = ManualTime.startingAt(NOW);
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final StateStore store = StateStore.inMemory(time);
    private final List<CallRecording> arrived = new ArrayList<>();

    @TempDir private Path monitor;
    @TempDir private Path folder;

    @AfterEach
    void close() {
        resources.close();
        store.close();
    }

    private RecordingSync.Builder builder() {
        return RecordingSync.builder("pbx-7")
                .source(DirectorySource.of(monitor))
                .sink(FolderSink.of(folder))
                .store(store)
                .resources(resources)
                .onArrival(arrived::add);
    }

    private SyncReport sync() {
        try (RecordingSync sync = builder().build()) {
            return sync.syncNow();
        }
    }

    private Path record(String name, byte[] content) throws IOException {
        Path file = monitor.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(time.now()));
        return file;
    }

    private List<String> synced() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(file -> !file.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void deliversARecordingOnceWithAllThatIsKnown() throws IOException {
        byte[] sound = Wav.of(16_000, 1);
        record(NAME + ".wav", sound);

        assertThat(sync().delivered()).isEqualTo(1);
        SyncReport second = sync();

        assertThat(second.delivered()).isZero();
        assertThat(second.count(SyncOutcome.KNOWN)).isEqualTo(1);
        assertThat(synced()).containsExactly(NAME + ".wav");
        assertThat(folder.resolve(NAME + ".wav")).hasBinaryContent(sound);
        CallRecording recording = arrived.get(0);
        assertThat(recording.uniqueid()).contains("1795230000.168");
        assertThat(recording.direction()).isEqualTo(CallDirection.INTERNAL);
        assertThat(recording.from()).contains(Address.extension("101"));
        assertThat(recording.to()).contains(Address.extension("102"));
        assertThat(recording.start()).contains(Instant.ofEpochSecond(1795230000));
        assertThat(recording.startOrigin()).isEqualTo(StartOrigin.UNIQUEID);
        assertThat(recording.duration()).contains(Duration.ofSeconds(2));
        assertThat(recording.size()).hasValue(sound.length);
        assertThat(recording.road()).contains("local");
        assertThat(FolderSink.of(folder).stream()).containsExactly(recording);
    }

    @Test
    void aCallThatGoesOnWaitsUntilItsFileIsClosed() throws IOException {
        record(NAME + ".wav", Wav.unfinished(16_000, 1));
        assertThat(sync().count(SyncOutcome.WAITING)).isEqualTo(1);
        assertThat(synced()).isEmpty();

        record(NAME + ".wav", Wav.of(32_000, 1));
        time.advance(Duration.ofMinutes(1));

        assertThat(sync().delivered()).isEqualTo(1);
        assertThat(folder.resolve(NAME + ".wav")).hasBinaryContent(Wav.of(32_000, 1));
    }

    @Test
    void aFileThatIsNeverClosedIsDeliveredAsItIs() throws IOException {
        record(NAME + ".wav", Wav.unfinished(16_000, 1));
        sync();
        for (int i = 0; i < 7; i++) {
            time.advance(Duration.ofHours(1));
            sync();
        }

        assertThat(synced()).containsExactly(NAME + ".wav");
        assertThat(arrived.get(0).raw().find("wav")).contains("never closed");
    }

    @Test
    void aCallThatNobodyAnsweredIsNotDelivered() throws IOException {
        record(NAME + ".wav", Wav.silent());

        assertThat(sync().count(SyncOutcome.SILENT)).isEqualTo(1);
        assertThat(sync().count(SyncOutcome.KNOWN)).isEqualTo(1);
        assertThat(synced()).isEmpty();
    }

    @Test
    void anotherContentUnderTheSameNameIsANewRevision() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        sync();

        record(NAME + ".wav", Wav.of(20_000, 2));
        sync();
        sync();

        assertThat(synced()).containsExactly(NAME + ".wav", NAME + "~2.wav");
        assertThat(folder.resolve(NAME + ".wav")).hasBinaryContent(Wav.of(16_000, 1));
        assertThat(folder.resolve(NAME + "~2.wav")).hasBinaryContent(Wav.of(20_000, 2));
        assertThat(arrived).extracting(CallRecording::revision).containsExactly(1, 2);
    }

    @Test
    void aTouchedFileIsNoNews() throws IOException {
        Path file = record(NAME + ".wav", Wav.of(16_000, 1));
        sync();

        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(999)));
        assertThat(sync().count(SyncOutcome.KNOWN)).isEqualTo(1);

        assertThat(arrived).hasSize(1);
    }

    @Test
    void aConversionIsNoSecondRecording() throws IOException {
        Path file = record(NAME + ".wav", Wav.of(16_000, 1));
        sync();

        Files.delete(file);
        record(NAME + ".mp3", new byte[] {'I', 'D', '3', 4, 5});
        time.advance(Duration.ofHours(20));

        assertThat(sync().count(SyncOutcome.KNOWN)).isEqualTo(1);
        assertThat(synced()).containsExactly(NAME + ".wav");
    }

    /** Asterisk writes 32 KiB at a time: half a minute of a narrow format. */
    @Test
    void whatSaysNothingByItselfMustStayAsItIsForAMinute() throws IOException {
        record(NAME + ".gsm", new byte[0]);
        assertThat(sync().count(SyncOutcome.WAITING)).isEqualTo(1);
        time.advance(Duration.ofSeconds(20));
        record(NAME + ".gsm", new byte[32_768]);
        assertThat(sync().count(SyncOutcome.WAITING)).isEqualTo(1);
        time.advance(Duration.ofSeconds(33));
        assertThat(sync().count(SyncOutcome.WAITING)).isEqualTo(1);
        time.advance(Duration.ofSeconds(1));
        record(NAME + ".gsm", new byte[65_536]);
        time.advance(Duration.ofSeconds(10));
        assertThat(sync().count(SyncOutcome.WAITING)).isEqualTo(1);

        time.advance(Duration.ofSeconds(60));

        assertThat(sync().delivered()).isEqualTo(1);
        assertThat(folder.resolve(NAME + ".gsm")).hasSize(65_536);
        assertThat(arrived).hasSize(1);
    }

    @Test
    void whoIsInNoHurryWaitsForTheNextLook() throws IOException {
        record(NAME + ".gsm", new byte[100]);
        try (RecordingSync sync = builder().settle(Duration.ofMinutes(3)).build()) {
            sync.syncNow();
            time.advance(Duration.ofMinutes(2));
            assertThat(sync.syncNow().count(SyncOutcome.WAITING)).isEqualTo(1);
            time.advance(Duration.ofMinutes(2));
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }
    }

    @Test
    void whatIsKnownToBeOldDoesNotWait() throws IOException {
        Path file = record(NAME + ".gsm", new byte[100]);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofMinutes(10))));
        record("2026/10/01/internal-1-2-20261001-030000-1790823600.1.gsm", new byte[100]);

        assertThat(sync().delivered()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {".gsm", ".wav"})
    void aFileWithoutAByteIsNeverDelivered(String extension) throws IOException {
        record(NAME + extension, new byte[0]);
        for (int hour = 0; hour < 6; hour++) {
            assertThat(sync().count(SyncOutcome.WAITING)).isEqualTo(1);
            time.advance(Duration.ofHours(1));
        }
        assertThat(sync().count(SyncOutcome.SILENT)).isEqualTo(1);
        assertThat(sync().count(SyncOutcome.KNOWN)).isEqualTo(1);
        assertThat(synced()).isEmpty();

        Path late = record(NAME + extension, Wav.of(16_000, 1));
        Files.setLastModifiedTime(late, FileTime.from(NOW));

        assertThat(sync().delivered()).isEqualTo(1);
        assertThat(synced()).containsExactly(NAME + extension);
    }

    /** As a source that tells names alone, and hands out bytes until there are no more. */
    private static final class WithoutSizes implements RecordingSource {

        private final RecordingSource directory;

        WithoutSizes(Path directory) {
            this.directory = DirectorySource.of(directory);
        }

        @Override
        public String name() {
            return "names";
        }

        @Override
        public String road() {
            return "test";
        }

        @Override
        public Set<SourceCapability> capabilities() {
            return EnumSet.of(SourceCapability.LIST);
        }

        @Override
        public Stream<RecordingEntry> stream() {
            return directory.stream()
                    .map(
                            one ->
                                    RecordingEntry.builder(one.name())
                                            .format(one.format().orElseThrow())
                                            .build());
        }

        @Override
        public Optional<RecordingContent> open(RecordingEntry entry, long offset) {
            return directory
                    .open(entry, 0)
                    .map(content -> RecordingContent.builder(content.stream()).build());
        }
    }

    private RecordingSync withoutSizes() {
        return RecordingSync.builder("pbx-7")
                .source(new WithoutSizes(monitor))
                .sink(FolderSink.of(folder))
                .store(store)
                .resources(resources)
                .onArrival(arrived::add)
                .build();
    }

    @Test
    void whereNoSizeIsToldTheBytesAreCounted() throws IOException {
        record(NAME + ".ulaw", new byte[32_768]);
        try (RecordingSync sync = withoutSizes()) {
            assertThat(sync.syncNow().count(SyncOutcome.WAITING)).isEqualTo(1);
            time.advance(Duration.ofMinutes(2));
            record(NAME + ".ulaw", new byte[65_536]);
            assertThat(sync.syncNow().count(SyncOutcome.WAITING)).isEqualTo(1);
            assertThat(synced()).isEmpty();

            time.advance(Duration.ofMinutes(2));
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }
        assertThat(folder.resolve(NAME + ".ulaw")).hasSize(65_536);
    }

    @Test
    void whereNoSizeIsToldAFileThatIsNeverClosedComesAsWell() throws IOException {
        record(NAME + ".wav", Wav.unfinished(16_000, 1));
        try (RecordingSync sync = withoutSizes()) {
            sync.syncNow();
            time.advance(Duration.ofHours(5));
            assertThat(sync.syncNow().count(SyncOutcome.WAITING)).isEqualTo(1);
            time.advance(Duration.ofHours(2));
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }
        assertThat(arrived.get(0).sha256()).isPresent();
    }

    @Test
    void whatAScriptMakesOfAWavIsWaitedForAndKeepsItsFormat() throws IOException {
        Path wav = record(NAME + ".wav", Wav.unfinished(16_000, 1));
        sync();
        Files.delete(wav);
        time.advance(Duration.ofMinutes(10));
        record(NAME + ".mp3", new byte[5]);
        assertThat(sync().count(SyncOutcome.WAITING)).isEqualTo(1);
        time.advance(Duration.ofSeconds(5));
        record(NAME + ".mp3", new byte[5_000]);
        assertThat(sync().count(SyncOutcome.WAITING)).isEqualTo(1);

        time.advance(Duration.ofMinutes(2));

        assertThat(sync().delivered()).isEqualTo(1);
        assertThat(synced()).containsExactly(NAME + ".mp3");
        assertThat(folder.resolve(NAME + ".mp3")).hasSize(5_000);
        assertThat(arrived.get(0).format()).contains("mp3");
        assertThat(arrived.get(0).revision()).isEqualTo(1);
    }

    @Test
    void aWavThatIsNoneMustStayAsItIsForAMinute() throws IOException {
        record(NAME + ".wav", new byte[500]);
        assertThat(sync().count(SyncOutcome.WAITING)).isEqualTo(1);
        time.advance(Duration.ofSeconds(5));
        record(NAME + ".wav", new byte[5_000]);
        assertThat(sync().count(SyncOutcome.WAITING)).isEqualTo(1);
        assertThat(synced()).isEmpty();

        time.advance(Duration.ofMinutes(2));

        assertThat(sync().delivered()).isEqualTo(1);
        assertThat(folder.resolve(NAME + ".wav")).hasSize(5_000);
    }

    @Test
    void aClockThatWasSetBackDoesNotHoldUpWhatWaits() throws IOException {
        record(NAME + ".wav", Wav.unfinished(16_000, 1));
        sync();
        record(NAME + ".wav", Wav.of(32_000, 1));

        time.jump(Duration.ofDays(-30));

        assertThat(sync().delivered()).isEqualTo(1);
    }

    @Test
    void aClockThatJumpsAYearAheadAndBackLosesNothing() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        time.jump(Duration.ofDays(365));
        sync();
        time.jump(Duration.ofDays(-365));
        record(NAME.replace(".168", ".169") + ".wav", Wav.of(16_000, 2));

        assertThat(sync().delivered()).isEqualTo(1);
    }

    @Test
    void onlyWantedDatesAreTaken() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        record("2026/10/01/internal-1-2-20261001-030000-1790823600.1.wav", Wav.of(16_000, 2));
        record("greeting.wav", Wav.of(16_000, 3));

        try (RecordingSync sync =
                builder().createdSince(Instant.parse("2026-11-01T00:00:00Z")).build()) {
            SyncReport report = sync.syncArchive();

            assertThat(report.delivered()).isEqualTo(2);
            assertThat(arrived)
                    .extracting(CallRecording::startOrigin)
                    .containsExactlyInAnyOrder(StartOrigin.UNIQUEID, StartOrigin.LAST_MODIFIED);
        }
        assertThat(synced()).containsExactly("2026/11/21/greeting.wav", NAME + ".wav");
    }

    @Test
    void whatComesLateIntoAnOldFolderComesWithTheNight() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        sync();
        record(OLD + ".wav", Wav.of(16_000, 2));

        time.advance(Duration.ofHours(22));
        assertThat(sync().delivered()).as("02:00").isZero();
        time.advance(Duration.ofHours(2));
        assertThat(sync().delivered()).as("04:00").isEqualTo(1);
        assertThat(sync().looked()).as("once a night").isEqualTo(1);
    }

    @Test
    void whatOnlyNowIsWantedComesWithTheNight() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        record(OLD + ".wav", Wav.of(16_000, 2));
        Instant first = Instant.parse("2026-11-05T00:00:00Z");
        try (RecordingSync sync = builder().createdBefore(first).build()) {
            assertThat(sync.syncNow().count(SyncOutcome.OUTSIDE)).isEqualTo(2);
        }

        assertThat(sync().delivered()).isEqualTo(1);
        time.advance(Duration.ofDays(1));
        assertThat(sync().delivered()).isEqualTo(1);
    }

    @Test
    void whatAnAddedSourceHasComesWithTheNight(@TempDir Path added) throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        sync();
        Path file = added.resolve(OLD + ".wav");
        Files.createDirectories(file.getParent());
        Files.write(file, Wav.of(16_000, 2));
        time.advance(Duration.ofDays(1));

        try (RecordingSync sync = builder().source(DirectorySource.of(added)).build()) {
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }
    }

    @Test
    void twoSilencesOfOneLengthAreTwoRecordings() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        sync();
        record(NAME.replace(".168", ".169") + ".wav", Wav.of(16_000, 1));

        assertThat(sync().delivered()).isEqualTo(1);
    }

    @Test
    void aSinkThatFailsGetsItAgain() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        List<String> calls = new ArrayList<>();
        RecordingHandler handler =
                (recording, sound) -> {
                    calls.add(recording.key());
                    if (calls.size() == 1) {
                        throw new IOException("the bucket is away");
                    }
                };
        try (RecordingSync sync = builder().sink(CallbackSink.of(handler)).build()) {
            SyncReport first = sync.syncNow();
            assertThat(first.count(SyncOutcome.FAILED)).isEqualTo(1);
            assertThat(first.failures().get(0).reason()).isEqualTo("the bucket is away");
            assertThat(sync.syncNow().delivered()).as("not before its time").isZero();

            time.advance(Duration.ofMinutes(2));
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0)).isEqualTo(calls.get(1));
        assertThat(synced()).containsExactly(NAME + ".wav");
    }

    /** Its note was once taken for one of what is known, and deleted. */
    @Test
    void aNewContentThatFailsComesAgainByItself() throws IOException {
        record(OLD + ".wav", Wav.of(16_000, 1));
        record(NAME + ".wav", Wav.of(16_000, 2));
        AtomicBoolean isAway = new AtomicBoolean();
        List<Integer> revisions = new ArrayList<>();
        RecordingHandler handler =
                (recording, sound) -> {
                    if (isAway.get()) {
                        throw new IOException("the bucket is away");
                    }
                    revisions.add(recording.revision());
                };
        try (RecordingSync sync = builder().sink(CallbackSink.of(handler)).build()) {
            sync.syncNow();
            isAway.set(true);
            record(OLD + ".wav", Wav.of(20_000, 3));
            assertThat(sync.syncArchive().count(SyncOutcome.FAILED)).isEqualTo(1);
            assertThat(sync.status().light()).isEqualTo(Light.YELLOW);
            assertThat(sync.status().reason()).contains("the bucket is away");

            isAway.set(false);
            assertThat(sync.syncArchive().delivered()).as("not before its time").isZero();
            time.advance(Duration.ofMinutes(2));
            assertThat(sync.syncNow().delivered()).as("no list has it").isEqualTo(1);
            assertThat(sync.status().light()).isEqualTo(Light.GREEN);
        }
        assertThat(revisions).containsExactly(1, 1, 2);
        assertThat(folder.resolve(OLD + "~2.wav")).hasBinaryContent(Wav.of(20_000, 3));
    }

    @Test
    void aNewContentThatFailsAndIsTakenBackIsNoNews() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        try (RecordingSync sync = builder().build()) {
            sync.syncNow();
            record(NAME + ".wav", Wav.unfinished(20_000, 2));
            assertThat(sync.syncNow().count(SyncOutcome.WAITING)).isEqualTo(1);

            record(NAME + ".wav", Wav.of(16_000, 1));
            time.advance(Duration.ofMinutes(1));
            sync.syncNow();
            assertThat(sync.status().count(SyncOutcome.WAITING)).isZero();
        }
        assertThat(synced()).containsExactly(NAME + ".wav");
    }

    @Test
    void theApplicationsChangesAreMadeWithTheDelivery() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        try (RecordingSync sync =
                builder()
                        .commitWith(
                                (recording, batch) ->
                                        batch.add(
                                                StateChange.put("calls", "one", recording.key())
                                                        .ifAbsent()))
                        .build()) {
            sync.syncNow();
        }

        assertThat(store.get("calls", "one").text()).isEqualTo(arrived.get(0).key());
    }

    @Test
    void aLostStoreIsMadeUpFromTheFolder() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        sync();
        try (StateStore empty = StateStore.inMemory(time);
                RecordingSync sync = builder().store(empty).build()) {
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
            assertThat(sync.syncNow().count(SyncOutcome.KNOWN)).isEqualTo(1);
        }
        assertThat(synced()).containsExactly(NAME + ".wav");
    }

    @Test
    void onlyOneInstanceWorksAtATime() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        try (Lease other = store.lease("recordings.pbx-7", Duration.ofMinutes(1)).orElseThrow()) {
            assertThat(other.token()).isPositive();
            assertThat(sync().stopped()).contains("another instance is at it");
        }
        assertThat(sync().delivered()).isEqualTo(1);
    }

    @Test
    void aDirectoryThatIsAwayIsAFailureAndLosesNothing() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        Path away = monitor.resolveSibling("away-" + monitor.getFileName());
        Files.move(monitor, away);
        try (RecordingSync sync = builder().build()) {
            assertThatExceptionOfType(PbxConnectionException.class).isThrownBy(sync::syncNow);
        } finally {
            Files.move(away, monitor);
        }

        assertThat(sync().delivered()).isEqualTo(1);
    }

    @Test
    void aMissingSettingIsNamed() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> RecordingSync.builder("pbx").build())
                .withMessage("set source(...), sink(...), store(...) before build()");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> RecordingSync.builder("pbx").store(store).build())
                .withMessage("set source(...), sink(...) before build()");
    }

    @Test
    void checkNamesAZoneThatIsNotThatOfThePbx() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        try (RecordingSync sync = builder().zone(ZoneId.of("Australia/Sydney")).build()) {
            assertThat(sync.check().findings().get(0))
                    .endsWith(
                            "; their stamps are in UTC, which is not Australia/Sydney: set"
                                    + " zone(...)");
        }
    }

    @Test
    void checkSaysWhatThereIs() throws IOException {
        record(NAME + ".wav", Wav.of(16_000, 1));
        try (RecordingSync sync = builder().build()) {
            RecordingsCheck check = sync.check();

            assertThat(check.works()).isTrue();
            assertThat(check.findings())
                    .containsExactly(
                            "directory " + monitor + " lists recordings named by FreePBX",
                            "directory " + monitor + " hands them out",
                            "nothing tells when a recording ends: they arrive with the next"
                                    + " regular run");
        }
    }
}
