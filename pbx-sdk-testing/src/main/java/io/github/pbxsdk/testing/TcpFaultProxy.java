package io.github.pbxsdk.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link FaultProxy} for TCP connections.
 *
 * <p>When the server refuses a connection, the client's one is reset. The end of a stream is passed
 * on in its direction, and so is a reset.
 */
public final class TcpFaultProxy implements FaultProxy {

    private static final Logger log = LoggerFactory.getLogger(TcpFaultProxy.class);

    private final InetSocketAddress target;
    private final InetSocketAddress address;
    private final FaultLoop loop;
    private final List<TcpLink> links = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private @Nullable ServerSocketChannel listener;
    private @Nullable SocketChannel placeholder;

    TcpFaultProxy(InetSocketAddress target) {
        this.target = target;
        loop = new FaultLoop("tcp-fault-proxy-to-" + target.getPort());
        try {
            address = listen(Loopback.anyPort());
        } catch (UncheckedIOException e) {
            loop.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    /** Returns the faults of what the client sends. */
    public TcpFaults toServer() {
        return faults(Set.of(Direction.TO_SERVER));
    }

    /** Returns the faults of what the server sends. */
    public TcpFaults toClient() {
        return faults(Set.of(Direction.TO_CLIENT));
    }

    /** Returns the faults of both directions; what it counts is their sum. */
    public TcpFaults both() {
        return faults(Direction.BOTH);
    }

    /** Returns how many connections were accepted until now. */
    public int connections() {
        return loop.look(links::size);
    }

    @Override
    public void refuse() {
        loop.change(this::closeListener);
    }

    @Override
    public void resume() {
        loop.change(this::openListener);
    }

    @Override
    public void heal() {
        both().heal();
        resume();
    }

    @Override
    public void close() {
        loop.close();
        FaultLoop.closeQuietly(placeholder);
    }

    @Override
    public String toString() {
        return "TcpFaultProxy[" + address + " to " + target + "]";
    }

    void apply(TcpFaults scope, Consumer<TcpPump> change, boolean alsoLater) {
        loop.change(
                () -> {
                    catchUp();
                    for (Direction direction : scope.directions()) {
                        Rule rule = new Rule(scope, direction, change);
                        links.forEach(link -> link.whenOpen(() -> rule.applyTo(link)));
                        if (alsoLater) {
                            rules.add(rule);
                        }
                    }
                });
    }

    /**
     * Takes in what happened before a fault: a client is connected, and its bytes are sent, before
     * the proxy's thread has seen it.
     */
    private void catchUp() {
        if (listener != null) {
            accept(listener);
        }
        links.forEach(TcpLink::catchUp);
    }

    void heal(TcpFaults scope) {
        if (scope.after() != TcpFaults.NOW) {
            apply(scope, TcpPump::heal, true);
            return;
        }
        loop.change(() -> rules.removeIf(rule -> rule.isWithin(scope)));
        apply(scope, TcpFaultProxy::healNow, scope.connection() != TcpFaults.ALL);
    }

    private static void healNow(TcpPump pump) {
        pump.forgetTriggers();
        pump.heal();
    }

    long sum(TcpFaults scope, ToLongFunction<TcpPump> number) {
        return sumLinks(
                scope,
                link ->
                        scope.directions().stream()
                                .mapToLong(way -> number.applyAsLong(link.pump(way)))
                                .sum());
    }

    long sumLinks(TcpFaults scope, ToLongFunction<TcpLink> number) {
        return loop.look(() -> links.stream().filter(scope::covers).mapToLong(number).sum());
    }

    private TcpFaults faults(Set<Direction> directions) {
        return new TcpFaults(this, directions, TcpFaults.ALL, TcpFaults.NOW);
    }

    private InetSocketAddress listen(InetSocketAddress where) {
        try {
            ServerSocketChannel opened = ServerSocketChannel.open();
            listener = opened;
            opened.bind(where);
            loop.change(() -> loop.register(opened, SelectionKey.OP_ACCEPT, key -> accept(opened)));
            return (InetSocketAddress) opened.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot listen on " + where, e);
        }
    }

    private void openListener() {
        if (listener == null) {
            FaultLoop.closeQuietly(placeholder);
            placeholder = null;
            listen(address);
        }
    }

    private void closeListener() {
        if (listener == null) {
            return;
        }
        try {
            loop.release(listener);
            listener = null;
            placeholder = holdPort();
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot hold its port " + address, e);
        }
    }

    /** Without it another program, or a client connecting to itself, could get the port. */
    private SocketChannel holdPort() throws IOException {
        SocketChannel holder = SocketChannel.open();
        return holder.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
    }

    private void accept(ServerSocketChannel from) {
        try {
            for (SocketChannel client = from.accept(); client != null; client = from.accept()) {
                connect(client);
            }
        } catch (IOException e) {
            log.debug("a client was gone before it was accepted", e);
        }
    }

    private void connect(SocketChannel client) throws IOException {
        TcpLink link = new TcpLink(loop, links.size() + 1, client, SocketChannel.open());
        links.add(link);
        rules.forEach(rule -> link.whenOpen(() -> rule.applyTo(link)));
        link.connect(target);
    }

    /** What holds for connections to come as well. */
    private record Rule(TcpFaults scope, Direction direction, Consumer<TcpPump> change) {

        void applyTo(TcpLink link) {
            if (!scope.covers(link)) {
                return;
            }
            TcpPump pump = link.pump(direction);
            if (scope.after() == TcpFaults.NOW) {
                change.accept(pump);
            } else {
                pump.after(scope.after(), () -> change.accept(pump));
            }
        }

        boolean isWithin(TcpFaults other) {
            return other.directions().contains(direction)
                    && (other.connection() == TcpFaults.ALL
                            || other.connection() == scope.connection());
        }
    }
}
