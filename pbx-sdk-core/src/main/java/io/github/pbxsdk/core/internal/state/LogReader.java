package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.StateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a log from its beginning to the end of its last whole record. */
final class LogReader {

    private static final int WINDOW = 256 << 10;

    private final Path path;
    private final StateFiles.LogFile file;
    private final long length;

    private byte[] window = {};
    private int filled;
    private long windowStart;

    LogReader(Path path, StateFiles.LogFile file) throws IOException {
        this.path = path;
        this.file = file;
        this.length = file.length();
    }

    /**
     * Hands over every record.
     *
     * @return where the last whole record ends; what follows was never acknowledged
     * @throws StateException if this is no log, is of a newer format, or is damaged before its end
     */
    long read(Consumer<LogRecord> consumer) throws IOException {
        long offset = headerLength();
        while (offset < length) {
            ByteBuffer record = recordAt(offset);
            if (record == null) {
                requireTornTail(offset);
                return offset;
            }
            consumer.accept(decode(record, offset));
            offset += record.remaining();
        }
        return offset;
    }

    private int headerLength() throws IOException {
        byte[] start = new byte[64];
        String text = new String(start, 0, file.read(0, start), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        String number = end < 0 ? "" : text.substring(0, end).replaceFirst(LogRecords.NAME, "");
        if (!text.startsWith(LogRecords.NAME) || !number.matches("[1-9][0-9]{0,8}")) {
            throw new StateException(path + " is not a log of pbx-sdk; nothing was changed");
        }
        if (Integer.parseInt(number) > LogRecords.FORMAT) {
            throw new StateException(
                    path
                            + " was written by a newer pbx-sdk in format "
                            + number
                            + "; this one reads up to "
                            + LogRecords.FORMAT
                            + ": use the newer one");
        }
        return end + 1;
    }

    private LogRecord decode(ByteBuffer record, long offset) {
        try {
            return LogRecords.decode(record);
        } catch (RuntimeException e) {
            throw new StateException(
                    path + " holds a record at byte " + offset + " that makes no sense", e, false);
        }
    }

    /**
     * Does nothing if all that follows belongs to one write that was cut short.
     *
     * @throws StateException if a later record proves that this place was on the disk once
     */
    private void requireTornTail(long broken) throws IOException {
        for (long offset = broken + 1; offset < length; offset++) {
            ByteBuffer record = recordAt(offset);
            if (record != null && decode(record, offset).groupOffset() > broken) {
                throw new StateException(
                        path
                                + " is damaged at byte "
                                + broken
                                + ", before sound records: it is left as it is. Restore it from a"
                                + " backup, or move it away to begin with nothing");
            }
        }
    }

    /** Returns the whole and sound record at a place, or null if there is none. */
    private @Nullable ByteBuffer recordAt(long offset) throws IOException {
        int body = LogRecords.bodyLength(bytes(offset, LogRecords.HEAD_BYTES));
        if (body < 0 || body > length - offset - LogRecords.HEAD_BYTES) {
            return null;
        }
        ByteBuffer record = bytes(offset, LogRecords.HEAD_BYTES + body);
        return LogRecords.isSound(record) ? record : null;
    }

    /** Returns the bytes at a place, fewer where the file ends. */
    private ByteBuffer bytes(long offset, int count) throws IOException {
        if (offset < windowStart || offset + count > windowStart + filled) {
            window = new byte[Math.max(WINDOW, count)];
            windowStart = offset;
            filled = file.read(offset, window);
        }
        int start = (int) (offset - windowStart);
        return ByteBuffer.wrap(window, start, Math.min(count, filled - start));
    }
}
