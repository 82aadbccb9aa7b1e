package io.github.pbxsdk.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a source into a sink, both written by a user of the interfaces. */
class RecordingRoadTest {

    private static final String NAME = "2026/11/21/internal-102-101-1795219616.168";
    private static final byte[] SOUND = {1, 2, 3, 4};

    @TempDir private Path pbx;
    @TempDir private Path folder;

    private RecordingSource source;
    private RecordingSink sink;

    @BeforeEach
    void recordACall() throws IOException {
        Path file = pbx.resolve(NAME + ".wav");
        Files.createDirectories(file.getParent());
        Files.write(file, SOUND);
        source = new DirectorySource(pbx);
        sink = new FolderSink(folder);
    }

    @Test
    void listsWhatThereIs() {
        try (Stream<RecordingEntry> entries = source.stream()) {
            assertThat(entries).containsExactly(RecordingEntry.builder(NAME).format("wav").build());
        }
        try (Stream<RecordingEntry> entries = source.streamSince(LocalDate.of(2026, 11, 21))) {
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void deliversARecordingWhole() throws Exception {
        deliver();

        assertThat(filesInFolder())
                .singleElement()
                .satisfies(file -> assertThat(file).hasBinaryContent(SOUND));
        assertThat(sink.contains(recording())).isTrue();
    }

    @Test
    void leavesNothingOfAHalfOne() throws Exception {
        try (RecordingSink.Delivery delivery = sink.begin(recording())) {
            delivery.stream().write(SOUND, 0, 2);
        }

        assertThat(filesInFolder()).isEmpty();
        assertThat(sink.contains(recording())).isFalse();
    }

    @Test
    void beginsAgainWhereACrashLeftAHalfOne() throws Exception {
        RecordingSink.Delivery abandoned = sink.begin(recording());
        abandoned.stream().write(new byte[] {9, 9, 9, 9, 9, 9});

        deliver();

        assertThat(filesInFolder())
                .singleElement()
                .satisfies(file -> assertThat(file).hasBinaryContent(SOUND));
    }

    @Test
    void takesASecondRevisionForAnotherRecording() throws Exception {
        deliver();

        assertThat(sink.contains(recording().toBuilder().revision(2).build())).isFalse();
    }

    @Test
    void opensFromTheMiddleAndSaysSo() throws Exception {
        try (RecordingContent content = source.open(RecordingEntry.of(NAME), 3).orElseThrow()) {
            assertThat(content.offset()).isEqualTo(3);
            assertThat(content.length()).hasValue(1);
            assertThat(content.contentType()).contains("audio/wav");
            assertThat(content.stream().readAllBytes()).containsExactly(4);
        }
    }

    @Test
    void aRecordingThatWasOnlyPlannedIsNotThere() {
        assertThat(source.open(RecordingEntry.of("planned"), 0)).isEmpty();
    }

    @Test
    void aSourceThatOnlyOpensSaysWhatItCanNot() {
        RecordingSource bare = new BareSource();

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(bare::stream)
                .withMessage("bare can't list its recordings");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> bare.find(NAME))
                .withMessage("bare can't look for a recording");
        assertThat(bare.isBeingWritten(RecordingEntry.of(NAME))).isFalse();
        assertThat(bare.signal()).isEmpty();
    }

    @Test
    void closingAContentEndsTheTransfer() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream transfer =
                new ByteArrayInputStream(SOUND) {
                    @Override
                    public void close() {
                        closed.set(true);
                    }
                };

        RecordingContent content = RecordingContent.builder(transfer).build();
        assertThat(content.length()).isEmpty();
        assertThat(content.contentType()).isEmpty();
        content.close();

        assertThat(closed).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordingContent.builder(transfer).length(-1));
    }

    @Test
    void anEntryTellsWhatTheSourceKnows() {
        RecordingEntry entry =
                RecordingEntry.builder(NAME)
                        .format("wav")
                        .uniqueid("1795219616.168")
                        .size(4)
                        .modifiedAt(Instant.EPOCH)
                        .tag("\"abc\"")
                        .build();

        assertThat(entry.name()).isEqualTo(NAME);
        assertThat(entry.format()).contains("wav");
        assertThat(entry.uniqueid()).contains("1795219616.168");
        assertThat(entry.size()).hasValue(4);
        assertThat(entry.modifiedAt()).contains(Instant.EPOCH);
        assertThat(entry.tag()).contains("\"abc\"");
        assertThat(entry).isNotEqualTo(RecordingEntry.of(NAME));
        assertThatIllegalArgumentException().isThrownBy(() -> RecordingEntry.of(""));
        assertThatIllegalArgumentException().isThrownBy(() -> RecordingEntry.builder("a").size(-1));
    }

    private void deliver() throws Exception {
        try (RecordingContent content = source.open(RecordingEntry.of(NAME), 0).orElseThrow();
                RecordingSink.Delivery delivery = sink.begin(recording())) {
            long size = content.stream().transferTo(delivery.stream());
            delivery.commit(recording().toBuilder().size(size).build());
        }
    }

    private CallRecording recording() {
        return CallRecording.builder("pbx", NAME).source(source.name()).road(source.road()).build();
    }

    private List<Path> filesInFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static final class BareSource implements RecordingSource {

        @Override
        public String name() {
            return "bare";
        }

        @Override
        public String road() {
            return "own";
        }

        @Override
        public Set<SourceCapability> capabilities() {
            return Set.of();
        }

        @Override
        public Optional<RecordingContent> open(RecordingEntry entry, long offset) {
            return Optional.empty();
        }
    }
}
