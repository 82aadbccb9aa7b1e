package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a peer has fallen silent in the middle of a body, and says so once.
 *
 * <p>A limit that is set for each read and taken back after it wakes a thread each time, for every
 * eight kilobytes. Here one alarm looks when the present read began, and is set again for what is
 * left of its time. Time in which nobody reads does not count.
 */
final class SilenceWatch {

    private final Time time;
    private final @Nullable Duration limit;
    private final Runnable onSilence;
    private volatile Time.@Nullable Alarm alarm;
    private volatile long readingSince;
    private volatile boolean reading;
    private volatile boolean noticed;
    private volatile boolean over;

    /**
     * Creates a watch over one body.
     *
     * @param limit how long a read may bring nothing; null for ever
     * @param onSilence ends the read; must not block
     */
    SilenceWatch(Time time, @Nullable Duration limit, Runnable onSilence) {
        this.time = time;
        this.limit = limit;
        this.onSilence = onSilence;
    }

    /** Notes that a read begins, which may have to wait for the peer. */
    void beginRead() {
        Duration whole = limit;
        if (whole == null) {
            return;
        }
        readingSince = time.nanos();
        reading = true;
        if (alarm == null) {
            setAlarm(whole);
        }
    }

    /** Notes that the read is through. */
    void endRead() {
        reading = false;
    }

    /** Tells whether the peer has been silent for too long. */
    boolean hasNoticed() {
        return noticed;
    }

    /** Ends the watch. */
    void end() {
        over = true;
        cancel(alarm);
    }

    private void setAlarm(Duration wait) {
        Time.Alarm next = time.schedule(wait, this::look);
        alarm = next;
        if (over) {
            cancel(next);
        }
    }

    private static void cancel(Time.@Nullable Alarm alarm) {
        if (alarm != null) {
            alarm.cancel();
        }
    }

    private void look() {
        Duration whole = limit;
        if (over || whole == null) {
            return;
        }
        Duration left = reading ? whole.minusNanos(time.nanos() - readingSince) : whole;
        if (left.isNegative() || left.isZero()) {
            noticed = true;
            onSilence.run();
        } else {
            setAlarm(left);
        }
    }
}
