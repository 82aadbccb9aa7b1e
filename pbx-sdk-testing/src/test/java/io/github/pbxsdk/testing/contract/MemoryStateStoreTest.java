package io.github.pbxsdk.testing.contract;

import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;

class MemoryStateStoreTest extends StateStoreContract {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-21T08:00:00Z"));

    @Override
    protected StateStore open() {
        return StateStore.inMemory(time);
    }

    @Override
    protected void letPass(Duration duration) {
        time.advance(duration);
    }
}
