package io.github.pbxsdk.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link FaultProxy} for UDP datagrams.
 *
 * <p>The server sees each client at an address of its own and answers there. Faults hold for all
 * clients together, as on one line that they share.
 */
public final class UdpFaultProxy implements FaultProxy {

    private static final Logger log = LoggerFactory.getLogger(UdpFaultProxy.class);

    /** Beyond that the others have their turn. */
    private static final int AT_ONCE = 1000;

    private final InetSocketAddress target;
    private final InetSocketAddress address;
    private final FaultLoop loop;
    private final UdpPump toServer;
    private final UdpPump toClient;
    private final Map<SocketAddress, DatagramChannel> clients = new HashMap<>();
    private @Nullable DatagramChannel front;

    UdpFaultProxy(InetSocketAddress target, long seed) {
        this.target = target;
        SplittableRandom lots = new SplittableRandom(seed);
        loop = new FaultLoop("udp-fault-proxy-to-" + target.getPort());
        toServer = new UdpPump(loop, lots.split());
        toClient = new UdpPump(loop, lots.split());
        try {
            address = open(Loopback.anyPort());
        } catch (UncheckedIOException e) {
            loop.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    /** Returns the faults of what clients send. */
    public UdpFaults toServer() {
        return new UdpFaults(this, Set.of(Direction.TO_SERVER), UdpFaults.NOW);
    }

    /** Returns the faults of what the server sends. */
    public UdpFaults toClient() {
        return new UdpFaults(this, Set.of(Direction.TO_CLIENT), UdpFaults.NOW);
    }

    /** Returns the faults of both directions; what it counts is their sum. */
    public UdpFaults both() {
        return new UdpFaults(this, Direction.BOTH, UdpFaults.NOW);
    }

    /** Returns how many clients sent something until now. */
    public int clients() {
        return loop.look(clients::size);
    }

    @Override
    public void refuse() {
        loop.change(this::closeFront);
    }

    @Override
    public void resume() {
        loop.change(
                () -> {
                    if (front == null) {
                        open(address);
                    }
                });
    }

    @Override
    public void heal() {
        both().heal();
        resume();
    }

    @Override
    public void close() {
        loop.close();
    }

    @Override
    public String toString() {
        return "UdpFaultProxy[" + address + " to " + target + "]";
    }

    void apply(UdpFaults scope, Consumer<UdpPump> change) {
        loop.change(
                () -> {
                    catchUp();
                    scope.directions().forEach(way -> apply(scope, pump(way), change));
                });
    }

    /** Receives what was sent before a fault, so that it does not suffer from it. */
    private void catchUp() {
        if (front != null) {
            receiveAll(front, this::receiveFromClient);
        }
        Map.copyOf(clients)
                .forEach((client, from) -> receiveAll(from, it -> receiveFromServer(it, client)));
    }

    private static void receiveAll(DatagramChannel channel, Receiver receiver) {
        try {
            int received = 0;
            while (received < AT_ONCE && receiver.receive(channel)) {
                received++;
            }
        } catch (IOException e) {
            log.debug("a port on the other side is closed", e);
        }
    }

    private static void apply(UdpFaults scope, UdpPump pump, Consumer<UdpPump> change) {
        if (scope.after() == UdpFaults.NOW) {
            change.accept(pump);
        } else {
            pump.after(scope.after(), () -> change.accept(pump));
        }
    }

    long sum(UdpFaults scope, ToLongFunction<UdpPump> number) {
        return loop.look(() -> scope.directions().stream().map(this::pump).mapToLong(number).sum());
    }

    private UdpPump pump(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    private InetSocketAddress open(InetSocketAddress where) {
        try {
            DatagramChannel opened = DatagramChannel.open();
            front = opened;
            opened.bind(where);
            loop.change(() -> watch(opened, this::receiveFromClient));
            return (InetSocketAddress) opened.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot receive at " + where, e);
        }
    }

    private void closeFront() {
        if (front == null) {
            return;
        }
        try {
            loop.release(front);
            front = null;
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot close its port " + address, e);
        }
    }

    private boolean receiveFromClient(DatagramChannel from) throws IOException {
        ByteBuffer buffer = loop.buffer();
        SocketAddress client = from.receive(buffer);
        if (client == null) {
            return false;
        }
        DatagramChannel onward = onward(client);
        toServer.take(buffer.flip(), payload -> sent(onward.send(payload, target), payload));
        return true;
    }

    private DatagramChannel onward(SocketAddress client) throws IOException {
        DatagramChannel known = clients.get(client);
        if (known != null) {
            return known;
        }
        // Not connected: a connected channel does not send empty datagrams.
        DatagramChannel opened = DatagramChannel.open();
        opened.bind(new InetSocketAddress(target.getAddress(), 0));
        watch(opened, from -> receiveFromServer(from, client));
        clients.put(client, opened);
        return opened;
    }

    private boolean receiveFromServer(DatagramChannel from, SocketAddress client)
            throws IOException {
        ByteBuffer buffer = loop.buffer();
        if (from.receive(buffer) == null) {
            return false;
        }
        toClient.take(buffer.flip(), payload -> sendToClient(payload, client));
        return true;
    }

    private boolean sendToClient(ByteBuffer payload, SocketAddress client) throws IOException {
        return front != null && sent(front.send(payload, client), payload);
    }

    private static boolean sent(int bytes, ByteBuffer payload) {
        return bytes == payload.capacity();
    }

    private void watch(DatagramChannel channel, Receiver receiver) {
        loop.register(channel, SelectionKey.OP_READ, key -> receiveAll(channel, receiver));
    }

    /** Receives a datagram; returns false if there is none. */
    @FunctionalInterface
    private interface Receiver {
        boolean receive(DatagramChannel from) throws IOException;
    }
}
