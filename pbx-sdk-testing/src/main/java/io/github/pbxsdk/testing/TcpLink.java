package io.github.pbxsdk.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of a client, and its continuation to the server. */
final class TcpLink {

    private static final Logger log = LoggerFactory.getLogger(TcpLink.class);

    /** How long a peer has to notice a cut before what it sends is answered with RST. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final FaultLoop loop;
    private final int number;
    private final SocketChannel serverChannel;
    private final TcpEnd client;
    private final TcpEnd server;
    private final TcpPump toServer;
    private final TcpPump toClient;
    private final List<Runnable> whenOpen = new ArrayList<>();
    private final FaultCounts counts = new FaultCounts();
    private State state = State.CONNECTING;

    TcpLink(FaultLoop loop, int number, SocketChannel clientChannel, SocketChannel serverChannel)
            throws IOException {
        this.loop = loop;
        this.number = number;
        this.serverChannel = serverChannel;
        client = new TcpEnd(loop, clientChannel, this::ready);
        server = new TcpEnd(loop, serverChannel, this::ready);
        toServer = new TcpPump(loop, this, client, server);
        toClient = new TcpPump(loop, this, server, client);
    }

    int number() {
        return number;
    }

    /** Runs an action now, or as soon as the server has answered; not after the end. */
    void whenOpen(Runnable action) {
        if (state == State.CONNECTING) {
            whenOpen.add(action);
        } else if (state == State.OPEN) {
            action.run();
        }
    }

    TcpPump pump(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    long count(Fault fault) {
        return counts.get(fault);
    }

    void connect(InetSocketAddress target) {
        try {
            if (serverChannel.connect(target)) {
                opened();
            } else {
                server.wantConnect(true);
            }
        } catch (IOException e) {
            serverIsAway(e);
        }
    }

    void catchUp() {
        finishConnecting();
        if (state == State.OPEN) {
            toServer.readWhatWasSent();
        }
        if (state == State.OPEN) {
            toClient.readWhatWasSent();
        }
    }

    private void ready(SelectionKey key) {
        if (state == State.CONNECTING) {
            finishConnecting();
            return;
        }
        int operations = key.readyOps();
        boolean fromClient = client.owns(key);
        if ((operations & SelectionKey.OP_READ) != 0) {
            (fromClient ? toServer : toClient).read();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            (fromClient ? toClient : toServer).flow();
        }
    }

    private void finishConnecting() {
        if (state != State.CONNECTING) {
            return;
        }
        try {
            if (serverChannel.finishConnect()) {
                opened();
            }
        } catch (IOException e) {
            serverIsAway(e);
        }
    }

    private void opened() {
        state = State.OPEN;
        server.wantConnect(false);
        toServer.updateReading();
        toClient.updateReading();
        whenOpen.forEach(this::whenOpen);
        whenOpen.clear();
    }

    private void serverIsAway(IOException reason) {
        log.debug("the server behind the proxy does not answer", reason);
        abort();
    }

    /** Ends the connection as a peer does that closes its socket. */
    void cut() {
        if (state != State.OPEN) {
            return;
        }
        counts.add(Fault.CUT);
        state = State.CUT;
        toServer.discard();
        toClient.discard();
        client.finish();
        server.finish();
        // Closed at once, what a peer has just sent would turn the FIN into a RST.
        loop.alarm(System.nanoTime() + FAREWELL_NANOS, this::close);
    }

    /** Ends the connection as a peer does that crashed or lost patience. */
    void reset() {
        if (state != State.OPEN) {
            return;
        }
        counts.add(Fault.RESET);
        abort();
    }

    /** A peer is gone without a word; the other one learns of it, unless that way swallows all. */
    void broken(TcpEnd end) {
        TcpPump away = end == client ? toServer : toClient;
        if (state == State.OPEN && !away.swallows()) {
            abort();
            return;
        }
        end.close();
        away.endInput();
        (away == toServer ? toClient : toServer).discard();
        closeIfDone();
    }

    void closeIfDone() {
        if (toServer.isDone() && toClient.isDone()) {
            close();
        }
    }

    private void abort() {
        state = State.CLOSED;
        client.reset();
        server.reset();
        toServer.discard();
        toClient.discard();
    }

    private void close() {
        state = State.CLOSED;
        client.close();
        server.close();
        toServer.discard();
        toClient.discard();
    }

    private enum State {
        CONNECTING,
        OPEN,
        /** Both peers were told the end; what they still send is thrown away. */
        CUT,
        CLOSED
    }
}
