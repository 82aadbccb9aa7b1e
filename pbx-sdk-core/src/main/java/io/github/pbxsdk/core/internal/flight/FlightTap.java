package io.github.pbxsdk.core.internal.flight;

import io.github.pbxsdk.core.observe.FlightRecord.Direction;
import io.github.pbxsdk.core.observe.FlightRecorder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where one connection of a client writes into a flight recorder.
 *
 * <p>It must be given whole messages: a scrubber cannot know a secret that a chunk has cut in two.
 * So it sits behind the codec when receiving and before it when sending, never at the socket. It
 * copies the bytes and returns at once, on any thread, that of a reader included.
 */
public final class FlightTap {

    private static final Pattern CONNECTION = Pattern.compile("[!-~]{1,100}");
    private static final FlightTap NONE = new FlightTap(null, "none", message -> message);

    private final @Nullable FlightLog log;
    private final String connection;
    private final Scrubber scrubber;

    private FlightTap(@Nullable FlightLog log, String connection, Scrubber scrubber) {
        this.log = log;
        this.connection = connection;
        this.scrubber = scrubber;
    }

    /** Returns a tap that records nothing. */
    public static FlightTap none() {
        return NONE;
    }

    /**
     * Returns a tap for a connection.
     *
     * @param connection tells connections apart in the recording, such as {@code ami-1}
     * @throws IllegalArgumentException if its name has blanks or is longer than 100 characters
     */
    public static FlightTap on(FlightRecorder recorder, String connection, Scrubber scrubber) {
        if (!CONNECTION.matcher(connection).matches()) {
            throw new IllegalArgumentException(
                    "a connection is named in up to 100 visible ASCII characters: " + connection);
        }
        return new FlightTap(FlightAccess.logOf(recorder), connection, scrubber);
    }

    /** Tells whether anything is recorded, for those who would build a message only for that. */
    public boolean isOn() {
        return log != null;
    }

    /** Records a whole message that we sent. */
    public void sent(byte[] bytes, int offset, int length) {
        record(Direction.SENT, bytes, offset, length);
    }

    /** Records a whole message that we sent. */
    public void sent(String message) {
        record(Direction.SENT, message);
    }

    /** Records a whole message that we received. */
    public void received(byte[] bytes, int offset, int length) {
        record(Direction.RECEIVED, bytes, offset, length);
    }

    /** Records a whole message that we received. */
    public void received(String message) {
        record(Direction.RECEIVED, message);
    }

    private void record(Direction direction, String message) {
        if (log != null) {
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            record(direction, bytes, 0, bytes.length);
        }
    }

    private void record(Direction direction, byte[] bytes, int offset, int length) {
        if (log == null) {
            return;
        }
        int kept = Math.min(length, FlightLog.SCRUBBED_BYTES);
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + kept);
        log.add(new FlightEntry(direction, connection, scrubber, copy, length, log.nanos()));
    }
}
