package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.call.CallRecordQuery;
import io.github.pbxsdk.core.call.CallRecordSource;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import io.github.pbxsdk.core.recording.StartOrigin;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names come from call records; lists are for the night. */
@Timeout(60)
class CallRecordNamesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");
    private static final Instant CALL = Instant.parse("2026-11-21T03:00:00Z");

    private final ManualTime time = ManualTime.startingAt(NOW);
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final StateStore store = StateStore.inMemory(time);
    private final Records records = new Records();
    private final List<CallRecording> arrived = new ArrayList<>();

    @TempDir private Path monitor;
    @TempDir private Path folder;

    @AfterEach
    void close() {
        resources.close();
        store.close();
    }

    /** Call records in memory, and what was asked of them. */
    private static class Records implements CallRecordSource {

        private final List<CallRecord> all = new ArrayList<>();
        private final List<CallRecordQuery> queries = new ArrayList<>();
        private Runnable slowness = () -> {};

        @Override
        public String name() {
            return "records";
        }

        @Override
        public Stream<CallRecord> stream(CallRecordQuery query) {
            queries.add(query);
            slowness.run();
            return all.stream().filter(query::matches);
        }

        CallRecordQuery lastQuery() {
            return queries.get(queries.size() - 1);
        }
    }

    /** The directory, which is asked for a list only where that is wanted. */
    private static final class Monitor implements RecordingSource {

        private final RecordingSource directory;
        private final Set<SourceCapability> capabilities;
        private int lists;
        private int looks;
        private boolean isMounted = true;

        Monitor(Path directory, SourceCapability... capabilities) {
            this.directory = DirectorySource.of(directory);
            this.capabilities = EnumSet.noneOf(SourceCapability.class);
            this.capabilities.addAll(List.of(capabilities));
        }

        @Override
        public String name() {
            return "monitor";
        }

        @Override
        public String road() {
            return "test";
        }

        @Override
        public Set<SourceCapability> capabilities() {
            return EnumSet.copyOf(capabilities);
        }

        @Override
        public Stream<RecordingEntry> stream() {
            lists++;
            return directory.stream();
        }

        @Override
        public Optional<RecordingContent> open(RecordingEntry entry, long offset) {
            looks++;
            return isMounted ? directory.open(entry, offset) : Optional.empty();
        }
    }

    private RecordingSync.Builder builder(RecordingSource source) {
        return RecordingSync.builder("pbx-7")
                .source(source)
                .callRecords(records)
                .sink(FolderSink.of(folder))
                .store(store)
                .resources(resources)
                .onArrival(arrived::add);
    }

    private void call(String recordingFile, Instant start) throws IOException {
        records.all.add(
                CallRecord.builder("1795230000." + records.all.size())
                        .start(start)
                        .linkedid("1795229999.7")
                        .recordingFile(recordingFile)
                        .build());
        FreePbxRecordingName name = FreePbxRecordingName.find(recordingFile).orElseThrow();
        Path file = monitor.resolve(name.recordingName() + ".wav");
        Files.createDirectories(file.getParent());
        Files.write(file, Wav.of(8_000, records.all.size()));
    }

    @Test
    void nothingIsListedToFindWhatARecordNames() throws IOException {
        call("external-101-+61491570156-20261121-030000-1795230000.1.wav", CALL);
        Monitor source = new Monitor(monitor);
        try (RecordingSync sync = builder(source).createdSince(NOW.minusSeconds(86_400)).build()) {
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
            assertThat(sync.syncNow().count(SyncOutcome.KNOWN)).isEqualTo(1);
        }

        assertThat(source.lists).isZero();
        CallRecording recording = arrived.get(0);
        assertThat(recording.start()).contains(CALL);
        assertThat(recording.startOrigin()).isEqualTo(StartOrigin.CALL_RECORD);
        assertThat(recording.linkedid()).contains("1795229999.7");
        assertThat(recording.from()).contains(Address.phone("+61491570156"));
        assertThat(recording.to()).contains(Address.extension("101"));
        assertThat(FolderSink.of(folder).file(recording)).isPresent();
    }

    @Test
    void severalRecordsOfOneFileAreOneRecording() throws IOException {
        String file = "q-500-101-20261121-030000-1795230000.1.wav";
        call(file, CALL);
        records.all.add(CallRecord.builder("1795230001.9").start(CALL).recordingFile(file).build());
        try (RecordingSync sync = builder(new Monitor(monitor)).createdSince(CALL).build()) {
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }

        assertThat(arrived).hasSize(1);
    }

    /** A call for which FreePBX names a file that it never makes, since nobody answers. */
    private void unanswered(int number) {
        Instant start = time.now().minus(Duration.ofMinutes(5));
        long second = start.getEpochSecond();
        records.all.add(
                CallRecord.builder(second + "." + number)
                        .start(start)
                        .recordingFile("in-1-2-20261121-030000-" + second + "." + number + ".wav")
                        .build());
    }

    /** A call without a recording: from it on the records are read. */
    private void callWithoutARecording() {
        records.all.add(CallRecord.builder("1795230000.9").start(time.now()).build());
    }

    @Test
    void whatWasPlannedAndNeverMadeIsAbsentAndThenForgotten() {
        unanswered(1);
        Monitor source = new Monitor(monitor);
        try (RecordingSync sync = builder(source).createdSince(CALL).build()) {
            assertThat(sync.syncNow().count(SyncOutcome.ABSENT)).isEqualTo(1);
            time.advance(Duration.ofDays(5));
            callWithoutARecording();
            for (int hour = 5 * 24; hour < 30 * 24; hour++) {
                sync.syncNow();
                assertThat(sync.status().count(SyncOutcome.ABSENT)).isEqualTo(1);
                time.advance(Duration.ofHours(1));
            }
            assertThat(source.looks).as("less often with the time").isBetween(30, 60);

            time.advance(Duration.ofHours(1));
            sync.syncNow();
            time.advance(Duration.ofHours(1));
            sync.syncNow();
            assertThat(sync.status().words()).startsWith("nothing is open");
        }

        assertThat(store.stream("recordings.open.pbx-7")).isEmpty();
    }

    /** A record goes on naming the file that there was before a script converted it. */
    @Test
    void whatIsListedInAnotherFormatIsNotHeldUpByWhatARecordNames() throws IOException {
        String name = "in-1-2-20261121-030000-1795230000.1";
        call(name + ".wav", CALL);
        Path wav = monitor.resolve("2026/11/21/" + name + ".wav");
        Path mp3 = monitor.resolve("2026/11/21/" + name + ".mp3");
        Files.delete(wav);
        try (RecordingSync sync =
                builder(new Monitor(monitor, SourceCapability.LIST)).createdSince(CALL).build()) {
            sync.syncNow();
            Files.write(mp3, new byte[500]);
            Files.setLastModifiedTime(mp3, FileTime.from(NOW));
            assertThat(sync.syncArchive().count(SyncOutcome.WAITING)).isEqualTo(1);
            for (int i = 0; i < 3; i++) {
                time.advance(Duration.ofMinutes(2));
                sync.syncNow();
            }
        }

        assertThat(arrived)
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.format()).contains("mp3");
                            assertThat(one.startOrigin()).isEqualTo(StartOrigin.CALL_RECORD);
                        });
    }

    /** Once it was gone for good after two days, and nobody was told. */
    @Test
    void whatADiskThatIsNotMountedHasArrivesWhenItIs() throws IOException {
        call("in-1-2-20261121-030000-1795230000.1.wav", CALL);
        Monitor source = new Monitor(monitor);
        source.isMounted = false;
        try (RecordingSync sync = builder(source).createdSince(CALL).build()) {
            for (int quarter = 0; quarter < 5 * 4; quarter++) {
                sync.syncNow();
                assertThat(sync.status().light())
                        .as("after %s hours", quarter * 6)
                        .isEqualTo(quarter > 3 * 4 ? Light.YELLOW : Light.GREEN);
                time.advance(Duration.ofHours(6));
                callWithoutARecording();
            }
            assertThat(sync.status().since()).contains(NOW);
            assertThat(sync.status().words())
                    .startsWith("1 absent; looked at ")
                    .endsWith(
                            "; since 2026-11-21T04:00:00Z: recordings that were named are not"
                                    + " there, and none at all has arrived since");

            source.isMounted = true;
            time.advance(Duration.ofDays(1));
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
            assertThat(sync.status().light()).isEqualTo(Light.GREEN);
        }
    }

    @Test
    void callsThatNobodyAnswersAreNoFaultWhereOthersAreRecorded() throws IOException {
        Monitor source = new Monitor(monitor);
        for (int day = 0; day < 10; day++) {
            try (RecordingSync sync = builder(source).createdSince(CALL).build()) {
                unanswered(day);
                if (day % 2 == 1) {
                    call("in-1-2-20261121-030000-1795230000." + day + ".wav", time.now());
                    assertThat(sync.syncNow().delivered()).isEqualTo(1);
                }
                sync.syncNow();
                assertThat(sync.status().count(SyncOutcome.ABSENT)).isEqualTo(day + 1);
                assertThat(sync.status().light()).as("day %s", day).isEqualTo(Light.GREEN);
                time.advance(Duration.ofDays(1));
            }
        }
    }

    /** The clock was a year ahead: what is written down for then is not left for a year. */
    @Test
    void whatIsAbsentIsLookedForAfterTheClockWasSetBack() throws IOException {
        call("in-1-2-20261121-030000-1795230000.1.wav", CALL);
        Monitor source = new Monitor(monitor);
        source.isMounted = false;
        try (RecordingSync sync = builder(source).createdSince(CALL).build()) {
            time.jump(Duration.ofDays(365));
            sync.syncNow();
            time.jump(Duration.ofDays(-365));

            source.isMounted = true;
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }
    }

    /** Once they were read from 1970 on, day by day, by a FreePBX that gives a day a request. */
    @Test
    void withoutADateRecordsAreReadFromTwoDaysAgo() throws IOException {
        call("in-1-2-20261101-030000-1793502000.1.wav", NOW.minus(Duration.ofDays(20)));
        call("in-1-2-20261121-030000-1795230000.1.wav", CALL);
        Monitor source = new Monitor(monitor, SourceCapability.LIST);
        try (RecordingSync sync = builder(source).build()) {
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
            assertThat(records.lastQuery().from()).isEqualTo(NOW.minus(Duration.ofDays(2)));
            assertThat(source.lists).isZero();

            time.advance(Duration.ofDays(1));
            assertThat(sync.syncNow().delivered()).as("the older one, by night").isEqualTo(1);
            assertThat(source.lists).isEqualTo(1);
        }
    }

    @Test
    void fromThenOnTwoDaysAreReadAgain() throws IOException {
        Instant since = NOW.minus(Duration.ofDays(100));
        call("in-1-2-20261121-030000-1795230000.1.wav", CALL);
        try (RecordingSync sync = builder(new Monitor(monitor)).createdSince(since).build()) {
            sync.syncNow();
            assertThat(records.lastQuery().from()).isEqualTo(since);
            sync.syncNow();
            assertThat(records.lastQuery().from()).isEqualTo(CALL.minus(Duration.ofDays(2)));
        }
        Instant earlier = since.minus(Duration.ofDays(100));
        try (RecordingSync sync = builder(new Monitor(monitor)).createdSince(earlier).build()) {
            sync.syncNow();
            assertThat(records.lastQuery().from()).as("more is wanted").isEqualTo(earlier);
        }
    }

    @Test
    void aPbxThatTakesMinutesForItsRecordsDoesNotCostTheTurn() throws IOException {
        call("in-1-2-20261121-030000-1795230000.1.wav", CALL);
        records.slowness = this::passFiveMinutes;
        try (RecordingSync sync = builder(new Monitor(monitor)).createdSince(CALL).build()) {
            SyncReport report = sync.syncNow();

            assertThat(report.stopped()).isEmpty();
            assertThat(report.delivered()).isEqualTo(1);
        }
    }

    /** The lease is renewed by another thread: each time it says when it wants to do it again. */
    private void passFiveMinutes() {
        try {
            for (int i = 0; i < 15; i++) {
                time.awaitPending(1);
                time.advance(Duration.ofSeconds(20));
            }
            time.awaitPending(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In one of these nights 02:30 does not happen, in the other twice. */
    @ParameterizedTest
    @CsvSource({"2026-03-28T06:00:00Z", "2026-10-24T06:00:00Z"})
    void theListIsReadOnceANight(Instant dayBefore) {
        time.jump(Duration.between(NOW, dayBefore));
        Monitor source = new Monitor(monitor, SourceCapability.LIST);
        try (RecordingSync sync =
                builder(source)
                        .zone(ZoneId.of("Europe/Berlin"))
                        .archiveCheckAt(LocalTime.of(2, 30))
                        .build()) {
            for (int day = 0; day < 3; day++) {
                for (int quarter = 0; quarter < 4 * 24; quarter++) {
                    sync.syncNow();
                    time.advance(Duration.ofMinutes(15));
                }
                assertThat(source.lists).isEqualTo(day + 1);
            }
        }
    }

    /** The stamps of a night in which clocks are changed, from one to four. */
    @ParameterizedTest
    @CsvSource({"2026-03-29T00:00:00Z, 12", "2026-10-25T00:00:00Z, 12"})
    void aNightWithAChangeOfClocksIsWholeAndInOrder(Instant begin, int calls) throws IOException {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        time.jump(Duration.between(NOW, begin.plus(Duration.ofHours(12))));
        List<Instant> starts = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            Instant start = begin.plus(Duration.ofMinutes(15L * i));
            starts.add(start);
            String stamp =
                    DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").format(start.atZone(zone));
            call("in-1-2-" + stamp + "-" + start.getEpochSecond() + "." + i + ".wav", start);
        }
        records.all.clear();
        try (RecordingSync sync =
                RecordingSync.builder("pbx-7")
                        .source(DirectorySource.of(monitor))
                        .sink(FolderSink.of(folder))
                        .store(store)
                        .resources(resources)
                        .zone(zone)
                        .createdSince(begin)
                        .createdBefore(begin.plus(Duration.ofHours(3)))
                        .onArrival(arrived::add)
                        .build()) {
            assertThat(sync.check().words()).as("right zone, both offsets").doesNotContain("zone(");
            assertThat(sync.syncNow().delivered()).isEqualTo(calls);
            assertThat(sync.syncNow().delivered()).isZero();
        }

        assertThat(arrived)
                .extracting(one -> one.start().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(starts);
        String day = begin.toString().substring(0, 10).replace('-', '/');
        assertThat(arrived).allSatisfy(one -> assertThat(one.name()).startsWith(day));
    }
}
