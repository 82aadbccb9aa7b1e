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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP connection beside the datagrams, for requests that are too large for one (RFC 3261, 18.1.1:
 * more than 1300 bytes). It is made when it is needed and ended when it was not for a while.
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
    private @Nullable CompletableFuture<Flow> flow;
    private Time.Alarm idle = () -> {};
    private boolean closed;

    /**
     * Creates a place without a connection.
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

    /** Returns the connection to the server of a flow; that flow itself if there can be none. */
    CompletableFuture<Flow> beside(Flow datagrams) {
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.completedFuture(datagrams);
            }
            idle.cancel();
            idle = time.schedule(IDLE, () -> threads.execute(this::end));
            if (flow == null) {
                CompletableFuture<Flow> opening = new CompletableFuture<>();
                flow = opening;
                threads.execute(() -> open(datagrams, opening));
            }
            return flow;
        } finally {
            lock.unlock();
        }
    }

    private void open(Flow datagrams, CompletableFuture<Flow> opening) {
        HostAndPort peer = datagrams.peer();
        try {
            StreamConnection connection =
                    StreamConnection.open(
                            peer, null, settings.connectTimeout(), time, socket -> {});
            Flow opened =
                    new StreamFlow(
                            "TCP",
                            connection,
                            time,
                            settings.connectTimeout(),
                            threads,
                            taps.next());
            Threads.reader("sip large " + peer, () -> run(opened, opening)).start();
            opening.complete(opened);
        } catch (PbxException e) {
            log.debug("no TCP beside UDP: {}", e.getMessage());
            forget(opening);
            opening.complete(datagrams);
        }
    }

    private void run(Flow opened, CompletableFuture<Flow> opening) {
        PbxException reason = new PbxConnectionException("the connection ended", null, true);
        try {
            opened.run(reader);
        } catch (PbxException e) {
            reason = e;
        } finally {
            forget(opening);
            opened.close();
            whenEnded.accept(opened, reason);
        }
    }

    private void forget(CompletableFuture<Flow> ended) {
        lock.lock();
        try {
            if (flow == ended) {
                flow = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            if (flow != null) {
                flow.thenAccept(LargeTexts::closeStream);
            }
            flow = null;
        } finally {
            lock.unlock();
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
        lock.lock();
        try {
            closed = true;
            idle.cancel();
        } finally {
            lock.unlock();
        }
        end();
    }
}
