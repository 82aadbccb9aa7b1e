package io.github.pbxsdk.testing.contract;

import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

class FileStateStoreTest extends StateStoreContract {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-21T08:00:00Z"));

    @TempDir Path folder;

    @Override
    protected StateStore open() {
        return FileStateStore.builder().folder(folder.resolve("state")).time(time).open();
    }

    @Override
    protected void letPass(Duration duration) {
        time.advance(duration);
    }
}
