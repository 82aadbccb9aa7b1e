package io.github.pbxsdk.core.internal.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes a new log that holds what is alive and nothing else. */
final class LogSnapshot {

    /** Values of 64 KiB included, a record of so many stays far below its limit. */
    private static final int ENTRIES_PER_RECORD = 256;

    private final StateFiles.LogFile file;
    private final long nowMillis;
    private long end;

    private LogSnapshot(StateFiles.LogFile file, long nowMillis) {
        this.file = file;
        this.nowMillis = nowMillis;
    }

    /** Writes the file at a path, all of it on the disk when this returns. */
    static void write(
            StateFiles files, Path path, Entries entries, LogNumbers numbers, long nowMillis)
            throws IOException {
        files.delete(path);
        try (StateFiles.LogFile file = files.open(path)) {
            LogSnapshot snapshot = new LogSnapshot(file, nowMillis);
            snapshot.append((LogRecords.NAME + LogRecords.FORMAT + "\n").getBytes(US_ASCII));
            snapshot.append(LogRecords.ofNumbers(numbers, snapshot.end, nowMillis));
            snapshot.append(entries);
            file.sync();
        }
    }

    private void append(Entries entries) throws IOException {
        List<Write> page = entries.firstLive(ENTRIES_PER_RECORD, nowMillis);
        while (!page.isEmpty()) {
            append(LogRecords.ofEntries(page, end, nowMillis));
            EntryId last = page.get(page.size() - 1).id();
            page = entries.liveAfter(last, ENTRIES_PER_RECORD, nowMillis);
        }
    }

    private void append(byte[] bytes) throws IOException {
        file.write(end, bytes);
        end += bytes.length;
    }
}
