package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.internal.StreamConnection;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;

/** AMI as it is on TCP and TLS: lines in a stream of bytes. */
final class StreamChannel implements AmiChannel {

    private static final String GREETING = "Asterisk Call Manager/";

    /** Enough of what greets us instead to recognise it. */
    private static final int SHOWN = 60;

    private final StreamConnection connection;
    private final FlightTap tap;
    private final Time time;
    private final AmiParser parser = new AmiParser();
    private final String greeting;
    private volatile long lastReceived;

    /**
     * Takes over a connection and waits for the greeting.
     *
     * @throws PbxProtocolException if something else than AMI answers
     */
    StreamChannel(StreamConnection connection, FlightTap tap, Time time) {
        this.connection = connection;
        this.tap = tap;
        this.time = time;
        this.lastReceived = time.nanos();
        this.greeting = awaitGreeting();
    }

    private String awaitGreeting() {
        String line = parser.nextLine();
        while (line == null) {
            fill(" before it said anything; are too many log-ins under way (authlimit)?");
            line = parser.nextLine();
        }
        if (!line.startsWith(GREETING)) {
            throw new PbxProtocolException(
                    connection.peer()
                            + (" does not speak AMI, it says \"" + visible(line) + "\"")
                            + "; is it the port of manager.conf?",
                    line);
        }
        tap.received(line);
        return line;
    }

    private static String visible(String line) {
        String start = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
        return start.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public String greeting() {
        return greeting;
    }

    @Override
    public void send(AmiFields action, Duration timeout) {
        byte[] bytes = AmiEncoder.encode(action.asList());
        tap.sent(bytes, 0, bytes.length);
        connection.write(bytes, timeout);
    }

    @Override
    public AmiFields receive() {
        AmiFields message = parser.next();
        while (message == null) {
            fill("");
            message = parser.next();
        }
        message.showTo(tap);
        return message;
    }

    private void fill(String circumstances) {
        int count = connection.read(parser.buffer(), parser.writeFrom());
        if (count < 0) {
            throw new PbxConnectionException(
                    connection.peer() + " closed the connection" + circumstances, null, true);
        }
        lastReceived = time.nanos();
        parser.fed(count);
    }

    @Override
    public Instant lastReceived() {
        return connection.lastRead();
    }

    @Override
    public Duration idle() {
        return Duration.ofNanos(time.nanos() - lastReceived);
    }

    @Override
    public void close() {
        connection.close();
    }
}
