package io.github.pbxsdk.sip.internal.transport;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.MessageReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * Datagrams to and from one server.
 *
 * <p>The socket is connected: strangers are not heard, and the system tells when nothing listens at
 * the other end any more.
 */
public final class UdpFlow implements Flow {

    private static final int LARGEST = 65_535;

    /** Room for what comes in bursts while the reader is busy; the system may give less. */
    private static final int SOCKET_BUFFER = 2 * 1024 * 1024;

    private final HostAndPort peer;
    private final Time time;
    private final DatagramSocket socket;
    private final FlightTap tap;
    private volatile Instant lastHeard;

    private UdpFlow(HostAndPort peer, Time time, DatagramSocket socket, FlightTap tap) {
        this.peer = peer;
        this.time = time;
        this.socket = socket;
        this.tap = tap;
        this.lastHeard = time.now();
    }

    /**
     * Opens a socket; sends nothing.
     *
     * @param localPort the port to use, or 0 for any that is free
     * @throws PbxConnectionException if there is no such host or no way to it
     */
    public static UdpFlow open(HostAndPort peer, int localPort, Time time, FlightTap tap) {
        try {
            InetAddress address = InetAddress.getByName(peer.host());
            DatagramSocket socket = bound(localPort);
            try {
                socket.setReceiveBufferSize(SOCKET_BUFFER);
                socket.connect(new InetSocketAddress(address, peer.port()));
            } catch (SocketException e) {
                socket.close();
                throw e;
            }
            return new UdpFlow(peer, time, socket, tap);
        } catch (UnknownHostException e) {
            throw new PbxConnectionException(
                    "there is no host " + peer.host() + "; check its name and the DNS", e);
        } catch (SocketException e) {
            throw new PbxConnectionException(
                    "no datagrams can be sent to " + peer + " (" + e.getMessage() + ")", e);
        }
    }

    private static DatagramSocket bound(int localPort) throws SocketException {
        if (localPort != 0) {
            try {
                return new DatagramSocket(localPort);
            } catch (SocketException e) {
                // Somebody took it meanwhile; another one will do.
            }
        }
        return new DatagramSocket();
    }

    /** Returns our port, to be used again for the next flow. */
    public int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public HostAndPort peer() {
        return peer;
    }

    @Override
    public String localAddress() {
        return new HostAndPort(
                        socket.getLocalAddress().getHostAddress().replaceFirst("%.*", ""),
                        socket.getLocalPort())
                .toString();
    }

    @Override
    public String protocol() {
        return "UDP";
    }

    @Override
    public boolean isReliable() {
        return false;
    }

    @Override
    public void send(byte[] message, BooleanSupplier mayLeave) {
        if (!mayLeave.getAsBoolean()) {
            return;
        }
        tap.sent(message, 0, message.length);
        try {
            socket.send(new DatagramPacket(message, message.length));
        } catch (PortUnreachableException e) {
            // This is about an earlier datagram, and the system has not sent this one.
            throw nothingListens(e, false);
        } catch (IOException e) {
            throw new PbxConnectionException(
                    "nothing can be sent to " + peer + " (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void run(FlowReader reader) {
        byte[] buffer = new byte[LARGEST];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (true) {
            packet.setLength(buffer.length);
            receive(packet);
            lastHeard = time.now();
            take(reader, buffer, packet.getLength());
        }
    }

    private void receive(DatagramPacket packet) {
        try {
            socket.receive(packet);
        } catch (PortUnreachableException e) {
            throw nothingListens(e, true);
        } catch (IOException e) {
            throw new PbxConnectionException(
                    "datagrams from " + peer + " can't be read any more (" + e.getMessage() + ")",
                    e,
                    true);
        }
    }

    private PbxConnectionException nothingListens(IOException cause, boolean mayHaveBeenSent) {
        return new PbxConnectionException(
                "nothing listens on " + peer + " over UDP", cause, mayHaveBeenSent);
    }

    private void take(FlowReader reader, byte[] bytes, int length) {
        if (isKeepAlive(bytes, length)) {
            return;
        }
        tap.received(bytes, 0, length);
        try {
            reader.received(this, MessageReader.read(bytes, 0, length));
        } catch (MalformedMessageException e) {
            reader.unreadable(this, e);
        }
    }

    /** Line breaks, or the zeros some servers send. */
    private static boolean isKeepAlive(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != '\r' && bytes[i] != '\n' && bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Instant lastHeard() {
        return lastHeard;
    }

    @Override
    public void close() {
        socket.close();
    }
}
