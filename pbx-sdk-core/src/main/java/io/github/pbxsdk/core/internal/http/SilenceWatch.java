package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a peer stands still in the middle of a body, giving or taking nothing, and says so
 * once.
 *
 * <p>A limit that is set for each read or write and taken back after it wakes a thread each time,
 * for every eight kilobytes. Here one alarm looks when the present wait began, and is set again for
 * what is left of its time. Time in which nobody waits for the peer does not count.
 */
final class SilenceWatch {

    private final Time time;
    private final @Nullable Duration limit;
    private final Runnable onSilence;
    private volatile Time.@Nullable Alarm alarm;
    private volatile long waitingSince;
    private volatile boolean waiting;
    private volatile boolean noticed;
    private volatile boolean over;

    /**
     * Creates a watch over one call.
     *
     * @param limit how long the peer may stand still; null for ever
     * @param onSilence ends the wait; must not block
     */
    SilenceWatch(Time time, @Nullable Duration limit, Runnable onSilence) {
        this.time = time;
        this.limit = limit;
        this.onSilence = onSilence;
    }

    /** Notes that a read or write begins, which may have to wait for the peer. */
    void begin() {
        Duration whole = limit;
        if (whole == null) {
            return;
        }
        waitingSince = time.nanos();
        waiting = true;
        if (alarm == null) {
            setAlarm(whole);
        }
    }

    /** Notes that it is through. */
    void pause() {
        waiting = false;
    }

    /** Tells whether the peer has stood still for too long. */
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
        Duration left = waiting ? whole.minusNanos(time.nanos() - waitingSince) : whole;
        if (left.isNegative() || left.isZero()) {
            noticed = true;
            onSilence.run();
        } else {
            setAlarm(left);
        }
    }
}
