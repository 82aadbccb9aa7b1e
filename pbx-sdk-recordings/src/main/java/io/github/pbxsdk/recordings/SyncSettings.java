package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.call.CallRecordSource;
import io.github.pbxsdk.core.observe.ProgressListener;
import io.github.pbxsdk.core.recording.RecordingSignal;
import io.github.pbxsdk.core.recording.RecordingSink;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import io.github.pbxsdk.core.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of a sync, checked. */
record SyncSettings(
        String pbx,
        List<RecordingSource> sources,
        Optional<CallRecordSource> callRecords,
        List<RecordingSignal> signals,
        List<RecordingSink> sinks,
        StateStore store,
        ZoneId zone,
        String directory,
        @Nullable Instant createdSince,
        @Nullable Instant createdBefore,
        boolean includeUndated,
        Duration settle,
        int atATime,
        long bytesPerSecond,
        LocalTime archiveCheckAt,
        CommitStep step,
        ProgressListener progress,
        Arrival arrival) {

    List<RecordingSource> listing() {
        return sources.stream()
                .filter(source -> source.capabilities().contains(SourceCapability.LIST))
                .toList();
    }
}
