package io.github.pbxsdk.testing;

import java.util.concurrent.TimeUnit;

/** How much a line carries in a second. */
final class Bandwidth {

    /** Pieces small enough for an even flow, and large enough for the clock of the selector. */
    private static final int PIECES_PER_SECOND = 100;

    /** What the proxy may catch up when it came late. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private long bytesPerSecond = Long.MAX_VALUE;
    private long freeFrom = Long.MIN_VALUE;

    static long check(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "a bandwidth is at least one byte per second, not " + bytesPerSecond);
        }
        return bytesPerSecond;
    }

    void set(long bytesPerSecond, long now) {
        this.bytesPerSecond = bytesPerSecond;
        freeFrom = now;
    }

    void unlimited() {
        bytesPerSecond = Long.MAX_VALUE;
        freeFrom = Long.MIN_VALUE;
    }

    boolean isUnlimited() {
        return bytesPerSecond == Long.MAX_VALUE;
    }

    /** Returns how many bytes may go at once. */
    int piece() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytesPerSecond / PIECES_PER_SECOND));
    }

    /** Returns when the line has room again. */
    long freeFrom() {
        return freeFrom;
    }

    void took(int bytes, long now) {
        if (isUnlimited()) {
            return;
        }
        double nanos = (double) bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
        freeFrom = Math.max(freeFrom, now - SLACK_NANOS) + (long) nanos;
    }
}
