package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.call.CallRecordQuery;
import io.github.pbxsdk.core.call.CallRecordSource;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.StartOrigin;
import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a sync has stored in each format there ever was: a recording that is done, one that is not,
 * a task, and how far was looked. The files in {@code sync-v1} are never written again; a new
 * format gets a folder of its own beside them.
 */
class GoldenSyncTest {

    private static final Instant START = Instant.parse("2026-11-21T04:00:00Z");
    private static final Instant CALL = Instant.parse("2026-11-21T03:00:01Z");
    private static final String DONE =
            "2026/11/21/in-101-+61491570156-20261121-030000-1795230000.168";
    private static final String OPEN = "grüße";
    private static final List<String> GOLDEN =
            List.of("state.log", "folder/" + DONE + ".wav", "folder/" + DONE + ".wav.json");

    private final ManualTime time = ManualTime.startingAt(START);
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final List<CallRecording> arrived = new ArrayList<>();

    @TempDir private Path work;
    private Path monitor;
    private Path folder;
    private Path state;

    @BeforeEach
    void begin() throws IOException {
        monitor = work.resolve("monitor");
        folder = work.resolve("folder");
        state = work.resolve("state");
        record(DONE, Wav.of(10, 1));
    }

    @AfterEach
    void end() {
        resources.close();
    }

    private void record(String name, byte[] sound) throws IOException {
        Path file = monitor.resolve(name + ".wav");
        Files.createDirectories(file.getParent());
        Files.write(file, sound);
        Files.setLastModifiedTime(file, FileTime.from(CALL));
    }

    /** Two calls, of which one is still being recorded at first. */
    private static CallRecordSource records(Instant startOfOpen) {
        return new CallRecordSource() {
            @Override
            public String name() {
                return "records";
            }

            @Override
            public Stream<CallRecord> stream(CallRecordQuery query) {
                return Stream.of(
                        CallRecord.builder("1795230000.168")
                                .linkedid("1795230000.167")
                                .start(CALL)
                                .direction(CallDirection.INBOUND)
                                .recordingFile(DONE.substring(11) + ".wav")
                                .raw(RawFields.builder().add("did", "101").add("did", "").build())
                                .build(),
                        CallRecord.builder("1795230000.200")
                                .start(startOfOpen)
                                .source("101")
                                .destination("+61491570157")
                                .recordingFile(OPEN + ".wav")
                                .build());
            }
        };
    }

    private StateStore store() {
        return FileStateStore.builder().folder(state).time(time).open();
    }

    private RecordingTasks tasks(StateStore store) {
        return RecordingTasks.builder("transcribe", store).time(time).build();
    }

    private SyncReport sync(StateStore store, Instant startOfOpen) {
        try (RecordingSync sync =
                RecordingSync.builder("pbx-7")
                        .source(UnsteadySource.of(monitor))
                        .callRecords(records(startOfOpen))
                        .sink(FolderSink.of(folder))
                        .store(store)
                        .commitWith(tasks(store))
                        .resources(resources)
                        .atATime(1)
                        .onArrival(arrived::add)
                        .build()) {
            return sync.syncNow();
        }
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream file = GoldenSyncTest.class.getResourceAsStream("sync-v1/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }

    private void restore() throws IOException {
        Files.createDirectories(folder.resolve(DONE).getParent());
        Files.createDirectories(state);
        Files.write(state.resolve("state.log"), golden("state.log"));
        for (String name : GOLDEN.subList(1, GOLDEN.size())) {
            Files.write(work.resolve(name), golden(name));
        }
    }

    @Test
    void goesOnWhereVersion1Stopped() throws IOException {
        restore();
        record(OPEN, Wav.of(20, 2));
        time.advance(Duration.ofMinutes(10));
        try (StateStore store = store()) {
            SyncReport report = sync(store, CALL.plusSeconds(500));

            assertThat(report.count(SyncOutcome.KNOWN)).isEqualTo(1);
            assertThat(report.delivered()).isEqualTo(1);
            CallRecording open = arrived.get(0);
            assertThat(open.name()).isEqualTo(OPEN);
            assertThat(open.start()).as("as it was written down").contains(CALL.plusSeconds(1));
            assertThat(store.stream("recordings.open.pbx-7")).isEmpty();
            RecordingTask task = tasks(store).take().orElseThrow();
            assertThat(task.recording().name()).isEqualTo(DONE);
            assertThat(task.attempts()).as("it had been taken and given back").isEqualTo(2);
            assertThat(task.lastFailure()).contains("the model is away");
        }
    }

    @Test
    void readsWhatVersion1WroteBesideAFile() throws IOException {
        restore();

        try (Stream<CallRecording> all = FolderSink.of(folder).stream()) {
            assertThat(all)
                    .singleElement()
                    .satisfies(
                            one -> {
                                assertThat(one.key()).isEqualTo(expected().key());
                                assertThat(one).isEqualTo(expected());
                                assertThat(one.raw().list()).hasSize(2);
                            });
        }
    }

    private static CallRecording expected() {
        return CallRecording.builder("pbx-7", DONE)
                .uniqueid("1795230000.168")
                .linkedid("1795230000.167")
                .source("unsteady line")
                .road("unsteady")
                .direction(CallDirection.INBOUND)
                .from(Address.phone("+61491570156"))
                .to(Address.parse("101"))
                .start(CALL, StartOrigin.CALL_RECORD)
                .duration(Duration.ofMillis(1))
                .format("wav")
                .size(64)
                .sha256("be583d9837866a9cab8beac177b6daf09e65a52830dd6b6226484ee6a43e82b2")
                .raw(RawFields.builder().add("did", "101").add("did", "").build())
                .build();
    }

    @Test
    void writesVersion1ByteByByte() throws IOException {
        record(OPEN, Wav.unfinished(20, 2));
        try (StateStore store = store()) {
            SyncReport report = sync(store, CALL.plusSeconds(1));
            assertThat(report.delivered()).isEqualTo(1);
            assertThat(report.count(SyncOutcome.WAITING)).isEqualTo(1);
            assertThat(tasks(store).take().orElseThrow().fail("the model is away")).isTrue();
        }

        for (String name : GOLDEN.subList(1, GOLDEN.size())) {
            assertThat(work.resolve(name)).as(name).hasBinaryContent(golden(name));
        }
        assertThat(state.resolve("state.log")).hasBinaryContent(golden("state.log"));
    }

    /** The versions are those of the files; each is told where it is read. */
    @ParameterizedTest
    @CsvSource({
        "recordings.open.pbx-7, x, '{\"kind\":\"pbx-recording-open\",\"version\":\"2\"}'",
        "recordings.cursor.pbx-7, archive, '{\"kind\":\"pbx-recording-cursor\",\"version\":2}'",
        "recordings.tasks.transcribe, !, '{\"kind\":\"pbx-recording-task\",\"version\":\"2\"}'"
    })
    void aNewerVersionIsRefusedWithASentence(String namespace, String key, String text) {
        try (StateStore store = store()) {
            store.commit(StateChange.put(namespace, key, text));

            assertThatExceptionOfType(StateException.class)
                    .isThrownBy(
                            () -> {
                                sync(store, CALL);
                                tasks(store).take();
                            })
                    .withMessageContaining("newer version of pbx-sdk");
        }
    }

    @ParameterizedTest
    @CsvSource({"2, '\u0002'", "0, ''"})
    void aListOfWhatIsDoneThatCantBeReadIsRefusedWithASentence(int version, String content) {
        try (StateStore store = store()) {
            for (int bucket = 0; bucket < 4096; bucket++) {
                store.commit(
                        StateChange.put(
                                "recordings.known.pbx-7",
                                "%03x".formatted(bucket),
                                content.getBytes(StandardCharsets.US_ASCII)));
            }

            assertThatExceptionOfType(StateException.class)
                    .isThrownBy(() -> sync(store, CALL))
                    .withMessageContaining("is of version " + version);
        }
    }
}
