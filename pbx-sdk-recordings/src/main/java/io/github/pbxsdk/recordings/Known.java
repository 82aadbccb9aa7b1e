package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.RecordingEntry;
import java.nio.ByteBuffer;

/**
 * What is kept for ever of a recording that is done, in few bytes: enough to know it again, and to
 * see that the file behind its name has changed.
 *
 * @param sound the beginning of the hash of its bytes; 0 if nobody ever spoke
 * @param size its size, the lower bits; 0 for unknown
 * @param modified the second of its last change, the lower bits; 0 for unknown
 * @param format a number for the format
 * @param revision the last one that was delivered
 */
record Known(long sound, int size, int modified, short format, short revision) {

    static final int BYTES = 8 + 4 + 4 + 2 + 2;

    static Known of(RecordingEntry entry, long sound, long size, int revision) {
        return new Known(
                sound,
                (int) size,
                entry.modifiedAt().map(at -> (int) at.getEpochSecond()).orElse(0),
                format(entry),
                (short) revision);
    }

    static Known read(ByteBuffer from) {
        return new Known(
                from.getLong(), from.getInt(), from.getInt(), from.getShort(), from.getShort());
    }

    void write(ByteBuffer to) {
        to.putLong(sound).putInt(size).putInt(modified).putShort(format).putShort(revision);
    }

    private static short format(RecordingEntry entry) {
        return (short) entry.format().orElse("").hashCode();
    }

    /**
     * Tells whether the file has changed since, as far as the source tells. Another format of the
     * same name is a conversion, and no news.
     */
    boolean isOutdatedBy(RecordingEntry entry) {
        if (entry.format().isPresent() && format(entry) != format) {
            return false;
        }
        boolean otherSize = entry.size().isPresent() && (int) entry.size().getAsLong() != size;
        int seconds = entry.modifiedAt().map(at -> (int) at.getEpochSecond()).orElse(0);
        boolean otherTime = seconds != 0 && modified != 0 && seconds != modified;
        return otherSize || otherTime;
    }
}
