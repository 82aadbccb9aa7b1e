package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import java.nio.file.Path;

/** A process that syncs a directory into a folder, to be killed: monitor, folder, state. */
final class SyncingProcess {

    private SyncingProcess() {}

    public static void main(String[] args) {
        try (StateStore store = FileStateStore.builder().folder(Path.of(args[2])).open();
                RecordingSync sync =
                        RecordingSync.builder("pbx-7")
                                .source(DirectorySource.of(Path.of(args[0])))
                                .sink(FolderSink.of(Path.of(args[1])))
                                .store(store)
                                .onArrival(recording -> System.out.println(recording.name()))
                                .build()) {
            System.out.println("open");
            System.out.println("end: " + sync.syncArchive().words());
        }
    }
}
