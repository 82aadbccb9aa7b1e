package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.time.Time;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets events gather for a moment while they come in a flood, as network cards do with packets.
 *
 * <p>Asterisk writes each event by itself. To wake up for each costs ten times the event; half a
 * millisecond later there are many. Answers are never kept waiting: while there are some, there is
 * no pause. The server, which hangs up after 100 ms, does not notice.
 *
 * <p>Belongs to the reader of a connection.
 */
final class Pacing {

    /** How long the rate of events is taken over. */
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** When so much came at once, more waits already. */
    private static final int PLENTY_BYTES = 4 * 1024;

    /** A flood: more than five thousand a second. */
    private static final int EVENTS_IN_WINDOW = 25;

    private final Time time;
    private long windowFrom;
    private int events;
    private boolean answers;
    private boolean flood;
    private boolean plenty;

    Pacing(Time time) {
        this.time = time;
        this.windowFrom = time.nanos();
    }

    /** Notes a message that was read. */
    void took(AmiFields message) {
        if (message.has("Event")) {
            events++;
        } else {
            answers = true;
        }
    }

    /** Notes how many bytes were read at once. */
    void read(int bytes) {
        plenty = bytes >= PLENTY_BYTES;
    }

    /** Waits a moment if that lets events gather; called before the next bytes are read. */
    void beforeReading() {
        endWindow();
        if (letsGather()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Tells whether events come so fast, and so few at once, that it pays to let them gather. */
    boolean letsGather() {
        return flood && !answers && !plenty;
    }

    private void endWindow() {
        long now = time.nanos();
        long elapsed = now - windowFrom;
        if (elapsed >= WINDOW_NANOS) {
            flood = !answers && events * WINDOW_NANOS >= EVENTS_IN_WINDOW * elapsed;
            windowFrom = now;
            events = 0;
            answers = false;
        }
    }
}
