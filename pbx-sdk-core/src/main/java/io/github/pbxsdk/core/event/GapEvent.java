package io.github.pbxsdk.core.event;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * Events may be missing here.
 *
 * <p>It stands in the stream of events where they are missing. Whoever keeps a picture of the PBX
 * reads it anew after one; the live state classes of this SDK do so by themselves.
 */
public final class GapEvent implements PbxEvent {

    private final String source;
    private final Cause cause;
    private final Instant from;
    private final Instant to;
    private final long lost;

    private GapEvent(String source, Cause cause, Instant from, Instant to, long lost) {
        this.source = source;
        this.cause = cause;
        this.from = from;
        this.to = to;
        this.lost = lost;
    }

    /** Returns a gap left by a lost connection; how many events it swallowed is unknown. */
    public static GapEvent ofConnection(String source, Instant from, Instant to) {
        return new GapEvent(source, Cause.CONNECTION, from, to, -1);
    }

    /** Returns a gap left by a listener that was too slow. */
    public static GapEvent ofQueue(String source, Instant from, Instant to, long lost) {
        return new GapEvent(source, Cause.QUEUE, from, to, lost);
    }

    /** Returns which client this is about, such as {@code ami pbx.example.com:5038}. */
    public String source() {
        return source;
    }

    /** Returns why events are missing. */
    public Cause cause() {
        return cause;
    }

    /** Returns the time of the last event, or sign of life, before the gap. */
    public Instant from() {
        return from;
    }

    /** Returns the time from which on events are complete again. */
    public Instant to() {
        return to;
    }

    /** Returns how many events are missing, where that is known. */
    public OptionalLong lost() {
        return lost < 0 ? OptionalLong.empty() : OptionalLong.of(lost);
    }

    @Override
    public String toString() {
        String count = lost < 0 ? "an unknown number of" : String.valueOf(lost);
        return "GapEvent["
                + (source + ": " + count + " events missing, " + cause)
                + (", from " + from + " to " + to + "]");
    }

    /** Why events are missing. */
    public enum Cause {
        /** The connection was down, and the server does not repeat what happened meanwhile. */
        CONNECTION,
        /** The listeners were slower than the server for too long, and the queue was full. */
        QUEUE
    }
}
