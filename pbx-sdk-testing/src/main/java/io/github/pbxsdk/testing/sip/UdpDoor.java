package io.github.pbxsdk.testing.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes datagrams. */
final class UdpDoor implements SipDoor {

    private static final Logger log = LoggerFactory.getLogger(UdpDoor.class);

    private final DatagramSocket socket;
    private final Receiver receiver;

    UdpDoor(int port, Receiver receiver) throws IOException {
        this.socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        // Bursts of a thousand texts are to be lost by faults only.
        socket.setReceiveBufferSize(4 << 20);
        this.receiver = receiver;
        Daemon.start("fake-sip-udp", this::receive);
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        while (!socket.isClosed()) {
            try {
                packet.setLength(65_536);
                socket.receive(packet);
                byte[] data = Arrays.copyOf(packet.getData(), packet.getLength());
                receiver.take(new Peer((InetSocketAddress) packet.getSocketAddress()), data);
            } catch (IOException e) {
                // A port that is gone on the other side is told here, too.
                log.debug("no datagram: {}", e.getMessage());
            }
        }
    }

    @Override
    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void cut() {
        // Datagrams know no connection.
    }

    @Override
    public void close() {
        socket.close();
    }

    /** An address that datagrams come from. */
    private final class Peer implements SipPeer {

        private final InetSocketAddress address;

        Peer(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public String transport() {
            return "UDP";
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public void send(byte[] message) {
            try {
                socket.send(new DatagramPacket(message, message.length, address));
            } catch (IOException e) {
                log.debug("a datagram was not sent: {}", e.getMessage());
            }
        }

        @Override
        public void cut() {
            // Datagrams know no connection.
        }
    }
}
