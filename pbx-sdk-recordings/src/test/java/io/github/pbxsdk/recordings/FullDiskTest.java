package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingSink;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose disk has room for so many bytes, and then for none. */
class FullDiskTest {

    private static final int RECORDINGS = 30;

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-21T04:00:00Z"));
    private final AtomicLong room = new AtomicLong(50_000);

    @TempDir private Path monitor;
    @TempDir private Path folder;

    @Test
    void stopsWithASentenceAndGoesOnWhenThereIsRoom() throws IOException {
        for (int i = 0; i < RECORDINGS; i++) {
            Files.write(monitor.resolve("q-" + i + ".wav"), Wav.of(5_000, i));
        }
        try (PbxResources resources = PbxResources.builder().time(time).build();
                StateStore store = StateStore.inMemory(time);
                RecordingSync sync =
                        RecordingSync.builder("pbx-7")
                                .source(DirectorySource.of(monitor))
                                .sink(new SmallDisk(FolderSink.of(folder)))
                                .store(store)
                                .resources(resources)
                                .build()) {
            SyncReport report = sync.syncNow();

            assertThat(report.delivered()).isBetween(3L, 4L);
            assertThat(report.stopped().orElseThrow())
                    .isEqualTo(
                            "ten recordings in a row failed, the last one so: No space left on"
                                    + " device");
            assertThat(sounds()).isEqualTo(report.delivered());

            room.set(Long.MAX_VALUE);
            time.advance(Duration.ofHours(2));
            assertThat(sync.syncNow().stopped()).isEmpty();
            assertThat(sounds()).isEqualTo(RECORDINGS);
        }
    }

    private long sounds() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".json"))
                    .count();
        }
    }

    /** Gives up in the middle of a recording. */
    private final class SmallDisk implements RecordingSink {

        private final FolderSink sink;

        SmallDisk(FolderSink sink) {
            this.sink = sink;
        }

        @Override
        public String name() {
            return "small disk";
        }

        @Override
        public boolean contains(CallRecording recording) throws IOException {
            return sink.contains(recording);
        }

        @Override
        public Delivery begin(CallRecording recording) throws IOException {
            Delivery delivery = sink.begin(recording);
            return new Delivery() {
                @Override
                public OutputStream stream() throws Exception {
                    return new FilterOutputStream(delivery.stream()) {
                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            if (room.addAndGet(-length) < 0) {
                                throw new IOException("No space left on device");
                            }
                            out.write(bytes, offset, length);
                        }
                    };
                }

                @Override
                public void commit(CallRecording whole) throws Exception {
                    delivery.commit(whole);
                }

                @Override
                public void close() throws IOException {
                    delivery.close();
                }
            };
        }
    }
}
