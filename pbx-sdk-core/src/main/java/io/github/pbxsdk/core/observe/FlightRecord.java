package io.github.pbxsdk.core.observe;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/**
 * One message of a {@link FlightRecording}, secrets masked with {@code ***}.
 *
 * <p>Immutable. Because of the masks its length can differ from what its own headers say: who
 * replays HTTP or SIP counts anew.
 */
public final class FlightRecord {

    private final Instant time;
    private final Direction direction;
    private final String connection;
    private final byte[] bytes;
    private final boolean isCut;

    /** Creates a record. */
    public FlightRecord(
            Instant time, Direction direction, String connection, byte[] bytes, boolean isCut) {
        this.time = Objects.requireNonNull(time, "time");
        this.direction = Objects.requireNonNull(direction, "direction");
        this.connection = Objects.requireNonNull(connection, "connection");
        this.bytes = bytes.clone();
        this.isCut = isCut;
    }

    /** Returns when the client sent or received it, to the microsecond. */
    public Instant time() {
        return time;
    }

    /** Returns who said it. */
    public Direction direction() {
        return direction;
    }

    /** Returns the connection it went over, such as {@code ami-1}. */
    public String connection() {
        return connection;
    }

    /** Returns a copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the bytes read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Tells whether the message was longer than the 256 KiB that are kept of each. */
    public boolean isCut() {
        return isCut;
    }

    @Override
    public String toString() {
        return time + " " + connection + " " + direction + ", " + bytes.length + " bytes";
    }

    /** Who said it. */
    public enum Direction {
        /** The client, to the PBX. */
        SENT,
        /** The PBX, to the client. */
        RECEIVED
    }
}
