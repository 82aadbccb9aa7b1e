package io.github.pbxsdk.testing.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The five ways in; UDP and TCP share a port. */
final class Doors {

    private static final int TRIES = 50;

    private final SipDoor.Receiver receiver;
    private final LoopbackAuthority authority = new LoopbackAuthority();
    private final SSLContext own = authority.loopback();
    private final SSLContext elsewhere = authority.elsewhere();
    private final Map<String, SipDoor> doors = new ConcurrentHashMap<>();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final ReentrantLock opening = new ReentrantLock();
    private volatile boolean wrongHost;

    Doors(SipDoor.Receiver receiver) {
        this.receiver = receiver;
        open();
    }

    String authority() {
        return authority.pem();
    }

    void wrongHost(boolean value) {
        wrongHost = value;
    }

    /** Opens all doors, at free ports the first time and at the same ones from then on. */
    void open() {
        opening.lock();
        try {
            close();
            openBoth();
            Supplier<SSLContext> tls = () -> wrongHost ? elsewhere : own;
            keep("TLS", new StreamDoor("TLS", known("TLS"), tls, receiver));
            keep("WS", new StreamDoor("WS", known("WS"), null, receiver));
            keep("WSS", new StreamDoor("WSS", known("WSS"), tls, receiver));
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("the ports on loopback are not free", e);
        } finally {
            opening.unlock();
        }
    }

    /** A port that TCP finds free may be taken for UDP. */
    private void openBoth() throws IOException {
        for (int tries = 1; !doors.containsKey("UDP"); tries++) {
            SipDoor tcp = new StreamDoor("TCP", known("TCP"), null, receiver);
            try {
                keep("UDP", new UdpDoor(tcp.port(), receiver));
                keep("TCP", tcp);
            } catch (IOException e) {
                tcp.close();
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private int known(String transport) {
        return ports.getOrDefault(transport, 0);
    }

    private void keep(String transport, SipDoor door) {
        doors.put(transport, door);
        ports.put(transport, door.port());
    }

    Map<String, Integer> ports() {
        return Map.copyOf(ports);
    }

    InetSocketAddress address(String transport) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), known(transport));
    }

    void cut() {
        doors.values().forEach(SipDoor::cut);
    }

    void close() {
        List<SipDoor> open = new ArrayList<>(doors.values());
        doors.clear();
        open.forEach(SipDoor::close);
    }
}
