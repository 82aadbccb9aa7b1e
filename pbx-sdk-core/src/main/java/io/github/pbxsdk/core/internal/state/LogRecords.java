package io.github.pbxsdk.core.internal.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Format 1 of the log, in bytes.
 *
 * <p>A log is the line {@code pbx-sdk-state 1} and then records. Numbers are big-endian:
 *
 * <pre>
 * record   mark 'PBXR' · u32 length of the body · u32 CRC32C of length and body · body
 * body     u8 kind · i64 offset of the group in the log · i64 time in ms · content
 * kind 1   u32 count · that many entries
 * kind 2   i64 highest version so far · i64 highest token that may have been given
 * entry    u8 1 written, 2 deleted · u8 length, namespace · u16 length, key · i64 version
 *          and when written: i64 expiry in ms (2^63-1: never) · u32 length, value
 * </pre>
 *
 * <p>Records of one group go to the disk together. A record thus proves that everything before the
 * offset of its group was on the disk: a broken place in front of it is damage, and not the end of
 * a write that was cut short.
 */
final class LogRecords {

    /** What every log begins with, before the number of its format. */
    static final String NAME = "pbx-sdk-state ";

    /** The format that is written. */
    static final int FORMAT = 1;

    static final int MARK = 0x50425852;
    static final int HEAD_BYTES = 12;

    /** More than a batch at its limits takes. */
    static final int LARGEST_BODY = 32 << 20;

    private static final int BODY_HEAD_BYTES = 17;
    private static final int SMALLEST_BODY = BODY_HEAD_BYTES + 4;
    private static final byte ENTRIES = 1;
    private static final byte NUMBERS = 2;
    private static final byte WRITTEN = 1;
    private static final byte DELETED = 2;

    private LogRecords() {}

    /** Returns how many bytes a living entry takes. */
    static int size(byte[] namespace, byte[] key, Entry entry) {
        return 1 + 1 + namespace.length + 2 + key.length + 8 + 8 + 4 + entry.value().length;
    }

    /** Returns a record of entries that come into force together. */
    static byte[] ofEntries(List<Write> writes, long groupOffset, long timeMillis) {
        int size = 4;
        for (Write write : writes) {
            size += size(write);
        }
        ByteBuffer buffer = begin(ENTRIES, size, groupOffset, timeMillis);
        buffer.putInt(writes.size());
        for (Write write : writes) {
            put(buffer, write);
        }
        return seal(buffer);
    }

    /** Returns a record of the numbers that must not be given again. */
    static byte[] ofNumbers(LogNumbers numbers, long groupOffset, long timeMillis) {
        ByteBuffer buffer = begin(NUMBERS, 16, groupOffset, timeMillis);
        buffer.putLong(numbers.highestVersion());
        buffer.putLong(numbers.highestToken());
        return seal(buffer);
    }

    /** Returns the length of the body that follows a head, or -1 if this is no head of a record. */
    static int bodyLength(ByteBuffer head) {
        if (head.remaining() < HEAD_BYTES || head.getInt(head.position()) != MARK) {
            return -1;
        }
        int length = head.getInt(head.position() + 4);
        return length < SMALLEST_BODY || length > LARGEST_BODY ? -1 : length;
    }

    /** Tells whether a whole record is as it was written. */
    static boolean isSound(ByteBuffer record) {
        return record.getInt(record.position() + 8) == checksum(record);
    }

    /** Reads a sound record. */
    static LogRecord decode(ByteBuffer record) {
        ByteBuffer body = record.slice();
        body.position(HEAD_BYTES);
        byte kind = body.get();
        long groupOffset = body.getLong();
        long timeMillis = body.getLong();
        return switch (kind) {
            case ENTRIES -> new LogRecord(groupOffset, timeMillis, getEntries(body), 0, 0);
            case NUMBERS ->
                    new LogRecord(
                            groupOffset, timeMillis, List.of(), body.getLong(), body.getLong());
            default -> throw new IllegalArgumentException("unknown kind of record: " + kind);
        };
    }

    private static int size(Write write) {
        byte[] namespace = write.id().namespace();
        byte[] key = write.id().key();
        @Nullable Entry entry = write.entry();
        return entry == null
                ? 1 + 1 + namespace.length + 2 + key.length + 8
                : size(namespace, key, entry);
    }

    private static ByteBuffer begin(byte kind, int size, long groupOffset, long timeMillis) {
        int length = BODY_HEAD_BYTES + size;
        ByteBuffer buffer = ByteBuffer.allocate(HEAD_BYTES + length);
        buffer.putInt(MARK).putInt(length).putInt(0);
        return buffer.put(kind).putLong(groupOffset).putLong(timeMillis);
    }

    private static byte[] seal(ByteBuffer buffer) {
        buffer.flip();
        buffer.putInt(8, checksum(buffer));
        byte[] record = new byte[buffer.remaining()];
        buffer.get(record);
        return record;
    }

    private static int checksum(ByteBuffer record) {
        CRC32C crc = new CRC32C();
        ByteBuffer view = record.duplicate();
        int start = record.position();
        crc.update(view.limit(start + 8).position(start + 4));
        crc.update(view.limit(record.limit()).position(start + HEAD_BYTES));
        return (int) crc.getValue();
    }

    private static void put(ByteBuffer buffer, Write write) {
        Entry entry = write.entry();
        buffer.put(entry == null ? DELETED : WRITTEN);
        buffer.put((byte) write.id().namespace().length).put(write.id().namespace());
        buffer.putShort((short) write.id().key().length).put(write.id().key());
        buffer.putLong(write.version());
        if (entry != null) {
            buffer.putLong(entry.expiresMillis());
            buffer.putInt(entry.value().length).put(entry.value());
        }
    }

    private static List<Write> getEntries(ByteBuffer body) {
        int count = body.getInt();
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            writes.add(getEntry(body));
        }
        return writes;
    }

    private static Write getEntry(ByteBuffer body) {
        byte kind = body.get();
        byte[] namespace = getBytes(body, Byte.toUnsignedInt(body.get()));
        byte[] key = getBytes(body, Short.toUnsignedInt(body.getShort()));
        EntryId id = new EntryId(namespace, key);
        long version = body.getLong();
        if (kind == DELETED) {
            return new Write(id, version, null);
        }
        long expiresMillis = body.getLong();
        return new Write(
                id, version, new Entry(getBytes(body, body.getInt()), version, expiresMillis));
    }

    private static byte[] getBytes(ByteBuffer body, int length) {
        byte[] bytes = new byte[length];
        body.get(bytes);
        return bytes;
    }
}
