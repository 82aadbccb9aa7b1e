package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSink;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import io.github.pbxsdk.core.state.StateStore;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A process in a small heap that syncs an archive of so many names, and looks at it again. */
final class ManyNamesProcess {

    private ManyNamesProcess() {}

    public static void main(String[] args) {
        try (StateStore store = StateStore.inMemory();
                RecordingSync sync =
                        RecordingSync.builder("pbx-7")
                                .source(new Archive(Integer.parseInt(args[0])))
                                .sink(new Nowhere())
                                .store(store)
                                .build()) {
            System.out.println("silent " + sync.syncArchive().count(SyncOutcome.SILENT));
            System.out.println("known " + sync.syncArchive().count(SyncOutcome.KNOWN));
        }
    }

    /** Calls that nobody answered. */
    private record Archive(int size) implements RecordingSource {

        @Override
        public String name() {
            return "archive";
        }

        @Override
        public String road() {
            return "own";
        }

        @Override
        public Set<SourceCapability> capabilities() {
            return EnumSet.of(SourceCapability.LIST);
        }

        @Override
        public Stream<RecordingEntry> stream() {
            return IntStream.range(0, size)
                    .mapToObj(
                            i ->
                                    RecordingEntry.builder(
                                                    "2026/11/21/in-61291234567-61491570156-20261121-"
                                                            + "030000-1795230000."
                                                            + i)
                                            .format("wav")
                                            .build());
        }

        @Override
        public Optional<RecordingContent> open(RecordingEntry entry, long offset) {
            byte[] silence = Wav.silent();
            return Optional.of(
                    RecordingContent.builder(new ByteArrayInputStream(silence))
                            .length(silence.length)
                            .build());
        }
    }

    /** A sink that never gets anything: all are silent. */
    private static final class Nowhere implements RecordingSink, RecordingSink.Delivery {

        @Override
        public String name() {
            return "nowhere";
        }

        @Override
        public boolean contains(CallRecording recording) {
            return false;
        }

        @Override
        public Delivery begin(CallRecording recording) {
            return this;
        }

        @Override
        public OutputStream stream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void commit(CallRecording recording) {
            throw new IllegalStateException("a silent one was delivered");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
