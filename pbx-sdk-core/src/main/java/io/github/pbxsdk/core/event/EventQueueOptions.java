package io.github.pbxsdk.core.event;

import java.util.Objects;

/**
 * How many events may wait for the listeners of one client, and what happens when there are more.
 *
 * <p>We never stop reading a PBX: it would hang up after 100 ms, and the answers to our requests
 * travel behind the events. So listeners that are slower than the server fill a queue. Immutable.
 */
public final class EventQueueOptions {

    private static final long DEFAULT_BYTES = 32L * 1024 * 1024;
    private static final long SMALLEST = 64L * 1024;

    private final long maxBytes;
    private final WhenFull whenFull;

    private EventQueueOptions(long maxBytes, WhenFull whenFull) {
        this.maxBytes = maxBytes;
        this.whenFull = whenFull;
    }

    /** Returns the defaults: 32 MiB, and the oldest events go. */
    public static EventQueueOptions defaults() {
        return new EventQueueOptions(DEFAULT_BYTES, WhenFull.DROP_OLDEST);
    }

    /**
     * Returns options with another size.
     *
     * @throws IllegalArgumentException if it is less than 64 KiB
     */
    public EventQueueOptions maxBytes(long value) {
        if (value < SMALLEST) {
            throw new IllegalArgumentException("maxBytes must be at least 65536, not " + value);
        }
        return new EventQueueOptions(value, whenFull);
    }

    /** Returns options that do something else when the queue is full. */
    public EventQueueOptions whenFull(WhenFull value) {
        return new EventQueueOptions(maxBytes, Objects.requireNonNull(value, "whenFull"));
    }

    /** Returns how many bytes of events may wait. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Returns what happens when the queue is full. */
    public WhenFull whenFull() {
        return whenFull;
    }

    /** What happens to events that find the queue full. */
    public enum WhenFull {
        /** The oldest waiting events go, and a {@link GapEvent} in their place tells how many. */
        DROP_OLDEST,
        /** The connection ends with an error and is made anew; a {@link GapEvent} tells so. */
        DISCONNECT
    }
}
