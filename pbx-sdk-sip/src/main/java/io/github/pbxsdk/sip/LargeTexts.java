package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.StreamConnection;
import io.github.pbxsdk.core.internal.Threads;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.transport.FlowReader;
import io.github.pbxsdk.sip.internal.transport.StreamFlow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TCP connections beside the datagrams, for requests that are too large for one (RFC 3261, 18.1.1:
 * more than 1300 bytes). The one to a server is made when it is needed and ended when it was not
 * for a while.
 */
final class LargeTexts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LargeTexts.class);

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final SipSettings settings;
    private final Time time;
    private final Executor threads;
    private final FlowReader reader;
    private final FlightTaps taps;
    private final BiConsumer<Flow, PbxException> whenEnded;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<HostAndPort, Connection> byServer = new HashMap<>();
    private boolean closed;

    /**
     * Creates a place without connections.
     *
     * @param whenEnded is told of the end of a connection
     */
    LargeTexts(
            SipSettings settings,
            Time time,
            Executor threads,
            FlowReader reader,
            FlightTaps taps,
            BiConsumer<Flow, PbxException> whenEnded) {
        this.settings = settings;
        this.time = time;
        this.threads = threads;
        this.reader = reader;
        this.taps = taps;
        this.whenEnded = whenEnded;
    }

    /**
     * Returns the connection to the server of a flow; that flow itself if there can be none.
     *
     * @param use as long as it is not done, the connection is not idle
     */
    CompletableFuture<Flow> beside(Flow datagrams, CompletableFuture<?> use) {
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.completedFuture(datagrams);
            }
            HostAndPort server = datagrams.peer();
            Connection known = byServer.get(server);
            if (known == null) {
                known = new Connection(server);
                known.begin(datagrams);
                // Only now: one that gets no thread would be waited for for ever.
                byServer.put(server, known);
            }
            known.serve(use);
            return known.flow;
        } finally {
            lock.unlock();
        }
    }

    /** The connection to one server, or the attempt to make it. */
    private final class Connection {

        private final HostAndPort server;
        private final CompletableFuture<Flow> flow = new CompletableFuture<>();
        private Time.Alarm idle = () -> {};
        private int uses;

        Connection(HostAndPort server) {
            this.server = server;
        }

        void begin(Flow datagrams) {
            threads.execute(() -> open(datagrams));
        }

        void serve(CompletableFuture<?> use) {
            uses++;
            idle.cancel();
            use.whenComplete((result, failure) -> served());
        }

        private void served() {
            lock.lock();
            try {
                uses--;
                if (isIdle()) {
                    idle = time.schedule(IDLE, () -> threads.execute(this::endIfIdle));
                }
            } finally {
                lock.unlock();
            }
        }

        private boolean isIdle() {
            return uses == 0 && byServer.get(server) == this;
        }

        private void open(Flow datagrams) {
            Flow best = datagrams;
            try {
                best = connect();
            } catch (PbxException e) {
                log.debug("no TCP beside UDP: {}", e.getMessage());
            } finally {
                // Whatever went wrong: somebody waits.
                if (best == datagrams) {
                    forget();
                }
                flow.complete(best);
            }
        }

        private Flow connect() {
            StreamConnection connection =
                    StreamConnection.open(
                            server, null, settings.connectTimeout(), time, socket -> {});
            try {
                Flow opened =
                        new StreamFlow(
                                "TCP",
                                connection,
                                time,
                                settings.connectTimeout(),
                                threads,
                                taps.next());
                Threads.reader("sip large " + server, () -> run(opened)).start();
                return opened;
            } catch (RuntimeException | Error e) {
                connection.close();
                throw e;
            }
        }

        private void run(Flow opened) {
            PbxException reason = new PbxConnectionException("the connection ended", null, true);
            try {
                opened.run(reader);
            } catch (PbxException e) {
                reason = e;
            } finally {
                forget();
                opened.close();
                whenEnded.accept(opened, reason);
            }
        }

        private void forget() {
            lock.lock();
            try {
                idle.cancel();
                byServer.remove(server, this);
            } finally {
                lock.unlock();
            }
        }

        /** Somebody may have come since the alarm. */
        private void endIfIdle() {
            lock.lock();
            try {
                if (isIdle()) {
                    end();
                }
            } finally {
                lock.unlock();
            }
        }

        void end() {
            forget();
            flow.thenAccept(LargeTexts::closeStream);
        }
    }

    /** Leaves alone the datagrams that stood in. */
    private static void closeStream(Flow one) {
        if (one.isReliable()) {
            one.close();
        }
    }

    @Override
    public void close() {
        List<Connection> open;
        lock.lock();
        try {
            closed = true;
            open = List.copyOf(byServer.values());
        } finally {
            lock.unlock();
        }
        open.forEach(Connection::end);
    }
}
