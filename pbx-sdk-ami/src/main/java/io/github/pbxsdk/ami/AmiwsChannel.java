package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.WebSocketConnection;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * AMI as amiws carries it: JSON over a WebSocket, with one or more servers behind it.
 *
 * <p>What names no server is run by every one. Where none was chosen, only the first question goes
 * out like that; from its answer on, all goes to who answered.
 */
final class AmiwsChannel implements AmiChannel {

    private final String peer;
    private final WebSocketConnection connection;
    private final FrameInbox inbox;
    private final boolean isChosen;
    private final FlightTap tap;
    private final Time time;
    private volatile OptionalInt serverId;

    // The reader's own.
    private String serverName = "";

    AmiwsChannel(
            String peer,
            WebSocketConnection connection,
            FrameInbox inbox,
            OptionalInt serverId,
            FlightTap tap,
            Time time) {
        this.peer = peer;
        this.connection = connection;
        this.inbox = inbox;
        this.isChosen = serverId.isPresent();
        this.serverId = serverId;
        this.tap = tap;
        this.time = time;
    }

    @Override
    public String greeting() {
        return "";
    }

    @Override
    public void send(AmiFields action, BooleanSupplier mayLeave) {
        AmiEncoder.check(action);
        if (tap.isOn()) {
            tap.sent(AmiEncoder.text(action));
        }
        if (!mayLeave.getAsBoolean()) {
            return;
        }
        connection.send(AmiwsFrame.write(action, serverId));
    }

    @Override
    public AmiFields receive() {
        while (true) {
            AmiwsFrame frame = AmiwsFrame.read(inbox.take());
            if (isOfOurServer(frame)) {
                if (tap.isOn()) {
                    tap.received(AmiEncoder.text(frame.fields()));
                }
                return frame.fields();
            }
        }
    }

    private boolean isOfOurServer(AmiwsFrame frame) {
        if (frame.serverId() < 0) {
            return true;
        }
        OptionalInt known = serverId;
        if (known.isEmpty()) {
            serverId = OptionalInt.of(frame.serverId());
            serverName = frame.serverName();
            return true;
        }
        boolean ours = known.getAsInt() == frame.serverId();
        if (!ours && !isChosen) {
            throw severalServers(known.getAsInt(), frame);
        }
        return ours;
    }

    private PbxException severalServers(int first, AmiwsFrame other) {
        return new PbxConnectionException(
                peer
                        + " stands in front of several servers, among them "
                        + (first + " \"" + serverName + "\" and ")
                        + (other.serverId() + " \"" + other.serverName() + "\"; choose one with ")
                        + "AmiTransport.amiws(...).serverId(...)",
                null,
                true);
    }

    @Override
    public Instant lastReceived() {
        return inbox.lastFrame();
    }

    @Override
    public Duration idle() {
        return Duration.ofNanos(time.nanos() - inbox.lastFrameNanos());
    }

    @Override
    public void close() {
        inbox.end(
                new PbxConnectionException(
                        "the connection to " + peer + " was closed", null, true));
        connection.close();
    }
}
