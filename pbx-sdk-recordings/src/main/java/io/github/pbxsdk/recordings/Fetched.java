package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A recording as a source has opened it, or not; to be closed. */
record Fetched(
        RecordingSource source,
        RecordingEntry entry,
        @Nullable RecordingContent content,
        boolean isBeingWritten)
        implements AutoCloseable {

    /** Opens it at the first source that has it. */
    static Fetched open(List<RecordingSource> sources, RecordingEntry entry) {
        RuntimeException first = null;
        boolean isBeingWritten = false;
        for (RecordingSource source : sources) {
            try {
                if (source.isBeingWritten(entry)) {
                    isBeingWritten = true;
                    continue;
                }
                Optional<RecordingContent> content = source.open(entry, 0);
                if (content.isPresent()) {
                    return new Fetched(source, entry, content.get(), false);
                }
            } catch (PbxException | IllegalArgumentException e) {
                // The next source may have it; if none has, this is why.
                first = first == null ? e : first;
            }
        }
        if (first != null && !isBeingWritten) {
            throw first;
        }
        return new Fetched(sources.get(0), entry, null, isBeingWritten);
    }

    Transfer transfer(SyncRun run, boolean evenUnfinished) {
        return new Transfer(source, entry, run.throttle(), run::keepAlive, evenUnfinished);
    }

    @Override
    public void close() throws IOException {
        if (content != null) {
            content.close();
        }
    }
}
