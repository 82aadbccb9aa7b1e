package io.github.pbxsdk.sip.internal.transport;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.Outbox;
import io.github.pbxsdk.core.internal.StreamConnection;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.SipMessage;
import io.github.pbxsdk.sip.internal.wire.StreamCutter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** SIP over one TCP or TLS connection. */
public final class StreamFlow implements Flow {

    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);

    /** A message that has begun comes in full within this time. */
    private static final Duration REST_OF_MESSAGE = Duration.ofSeconds(30);

    private final String protocol;
    private final StreamConnection connection;
    private final Time time;
    private final Outbox outbox;
    private final FlightTap tap;
    private Time.@Nullable Alarm incomplete;

    /**
     * Creates a flow over a connection that stands.
     *
     * @param protocol TCP or TLS
     * @param threads run tasks that may block
     */
    public StreamFlow(
            String protocol,
            StreamConnection connection,
            Time time,
            Duration writeTimeout,
            Executor threads,
            FlightTap tap) {
        this.protocol = protocol;
        this.connection = connection;
        this.time = time;
        this.tap = tap;
        this.outbox = new Outbox(connection, writeTimeout, threads);
    }

    @Override
    public HostAndPort peer() {
        return connection.peer();
    }

    @Override
    public String localAddress() {
        return connection.local().toString();
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public boolean isReliable() {
        return true;
    }

    @Override
    public void send(byte[] message, BooleanSupplier mayLeave) {
        outbox.add(message, () -> leaves(message, mayLeave));
    }

    private boolean leaves(byte[] message, BooleanSupplier mayLeave) {
        boolean leaves = mayLeave.getAsBoolean();
        if (leaves) {
            tap.sent(message, 0, message.length);
        }
        return leaves;
    }

    @Override
    public void run(FlowReader reader) {
        StreamCutter cutter = new StreamCutter(tap);
        try {
            while (true) {
                byte[] room = cutter.room();
                int count = connection.read(room, cutter.end());
                if (count < 0) {
                    throw new PbxConnectionException(peer() + " closed the connection", null, true);
                }
                cutter.read(count);
                takeAll(cutter, reader);
            }
        } catch (MalformedMessageException e) {
            throw new PbxConnectionException(
                    peer() + " sent what is not SIP: " + e.getMessage(), e, true);
        } catch (PbxException e) {
            PbxException written = outbox.failure();
            throw written == null ? e : written;
        } finally {
            endWaiting();
        }
    }

    private void takeAll(StreamCutter cutter, FlowReader reader) throws MalformedMessageException {
        do {
            if (cutter.skipLineBreaks() > 1) {
                outbox.add(PONG, () -> true);
            }
        } while (cutter.isWithinMessage() && takesOne(cutter, reader));
        endWaiting();
        if (cutter.isWithinMessage()) {
            incomplete = time.schedule(REST_OF_MESSAGE, this::close);
        }
    }

    private boolean takesOne(StreamCutter cutter, FlowReader reader)
            throws MalformedMessageException {
        if (!cutter.hasMessage()) {
            return false;
        }
        SipMessage message;
        try {
            message = cutter.next();
        } catch (MalformedMessageException e) {
            reader.unreadable(this, e);
            return true;
        }
        reader.received(this, message);
        return true;
    }

    private void endWaiting() {
        if (incomplete != null) {
            incomplete.cancel();
            incomplete = null;
        }
    }

    @Override
    public Instant lastHeard() {
        return connection.lastRead();
    }

    @Override
    public void close() {
        connection.close();
    }
}
