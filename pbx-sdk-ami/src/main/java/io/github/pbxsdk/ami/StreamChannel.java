package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.internal.Outbox;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** AMI as it is on TCP, TLS and in plain WebSockets: lines in a stream of bytes. */
final class StreamChannel implements AmiChannel {

    private static final String GREETING = "Asterisk Call Manager/";

    /** Enough of what greets us instead to recognise it. */
    private static final int SHOWN = 60;

    private final ByteStream connection;
    private final Outbox outbox;
    private final FlightTap tap;
    private final Time time;
    private final AmiParser parser = new AmiParser();
    private final Pacing pacing;
    private volatile long lastReceived;
    private volatile @Nullable String greeting;

    /** Takes over a connection on which nothing was read. */
    StreamChannel(ByteStream connection, Outbox outbox, FlightTap tap, Time time) {
        this.connection = connection;
        this.outbox = outbox;
        this.tap = tap;
        this.time = time;
        this.pacing = new Pacing(time);
        this.lastReceived = time.nanos();
    }

    @Override
    public String greeting() {
        String known = greeting;
        if (known == null) {
            known = awaitGreeting();
            greeting = known;
        }
        return known;
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
    public void send(AmiFields action, BooleanSupplier mayLeave) {
        byte[] bytes = AmiEncoder.encode(action);
        outbox.add(bytes, () -> leaves(bytes, mayLeave));
    }

    private boolean leaves(byte[] bytes, BooleanSupplier mayLeave) {
        boolean leaves = mayLeave.getAsBoolean();
        if (leaves) {
            tap.sent(bytes, 0, bytes.length);
        }
        return leaves;
    }

    @Override
    public AmiFields receive() {
        AmiFields message = parser.next();
        while (message == null) {
            pacing.beforeReading();
            fill("");
            message = parser.next();
        }
        return taken(message);
    }

    @Override
    public @Nullable AmiFields poll() {
        AmiFields message = parser.next();
        return message == null ? null : taken(message);
    }

    private AmiFields taken(AmiFields message) {
        pacing.took(message);
        message.showTo(tap);
        return message;
    }

    private void fill(String circumstances) {
        int count = read();
        if (count < 0) {
            throw new PbxConnectionException(
                    connection.peer() + " closed the connection" + circumstances, null, true);
        }
        lastReceived = time.nanos();
        parser.fed(count);
        pacing.read(count);
    }

    private int read() {
        try {
            return connection.read(parser.buffer(), parser.writeFrom());
        } catch (PbxException e) {
            PbxException first = outbox.failure();
            throw first == null ? e : first;
        }
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
