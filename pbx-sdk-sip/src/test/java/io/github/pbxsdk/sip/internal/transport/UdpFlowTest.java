package io.github.pbxsdk.sip.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UdpFlowTest {

    private static final byte[] LOST = {1};
    private static final byte[] KEPT_BACK = {2};
    private static final byte[] ARRIVES = {3};

    private static DatagramSocket server(int port) throws SocketException {
        return new DatagramSocket(port, InetAddress.getLoopbackAddress());
    }

    private static void send(UdpFlow flow, byte[] message) {
        flow.send(message, () -> true);
    }

    @Test
    void whatIsToldOfAnEarlierDatagramHasNotBeenSent() throws IOException {
        int port;
        try (DatagramSocket before = server(0)) {
            port = before.getLocalPort();
        }
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        try (UdpFlow flow =
                UdpFlow.open(new HostAndPort("127.0.0.1", port), 0, time, FlightTap.none())) {
            send(flow, LOST);
            try (DatagramSocket server = server(port)) {
                PbxConnectionException failure =
                        catchThrowableOfType(
                                PbxConnectionException.class, () -> send(flow, KEPT_BACK));
                send(flow, ARRIVES);

                assertThat(failure).hasMessageStartingWith("nothing listens on 127.0.0.1:");
                assertThat(failure.mayHaveBeenSent()).isFalse();
                assertThat(first(server)).isEqualTo(ARRIVES);
            }
        }
    }

    private static byte[] first(DatagramSocket server) throws IOException {
        server.setSoTimeout(10_000);
        DatagramPacket packet = new DatagramPacket(new byte[1], 1);
        server.receive(packet);
        return packet.getData();
    }
}
