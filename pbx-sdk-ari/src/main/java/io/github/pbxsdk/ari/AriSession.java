package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.ServerIdentity;
import io.github.pbxsdk.core.http.WebSocketConnection;
import io.github.pbxsdk.core.http.WebSocketHandler;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.time.Time;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event socket. What comes while the connection is being set up is kept, and handed over first
 * when {@link #run()} begins.
 */
final class AriSession implements ConnectionKeeper.Link, WebSocketHandler {

    private final String source;
    private final AriServer server;
    private final Consumer<String> events;
    private final FlightTap tap;
    private final Time time;
    private final CompletableFuture<PbxException> end = new CompletableFuture<>();

    private final ReentrantLock order = new ReentrantLock();
    private final Queue<String> early = new ArrayDeque<>();
    private boolean running;

    private volatile @Nullable WebSocketConnection connection;
    private volatile @Nullable SocketRequests requests;
    private volatile boolean closed;
    private volatile Instant lastHeard;

    /**
     * Creates a session for a socket that is about to be opened.
     *
     * @param events takes each frame, on the thread that reads the socket
     */
    AriSession(String source, AriServer server, Consumer<String> events, FlightTap tap, Time time) {
        this.source = source;
        this.server = server;
        this.events = events;
        this.tap = tap;
        this.time = time;
        this.lastHeard = time.now();
    }

    /** Takes the socket once it is open. */
    void opened(WebSocketConnection socket) {
        connection = socket;
        if (server.release().map(Release::takesRequestsOnTheSocket).orElse(false)) {
            requests = new SocketRequests(source, socket);
        }
        if (closed) {
            socket.close();
        }
    }

    @Override
    public void onText(String frame) {
        lastHeard = time.now();
        SocketRequests answered = requests;
        if (answered != null && AriFrame.isAnswer(frame)) {
            answered.answer(AriObject.parse(frame));
            return;
        }
        tap.received(frame);
        order.lock();
        try {
            if (!running) {
                early.add(frame);
            } else if (!closed) {
                events.accept(frame);
            }
        } finally {
            order.unlock();
        }
    }

    @Override
    public void onBinary(byte[] message) {
        // Asterisk sends events as text; what a proxy adds is not for us.
    }

    @Override
    public void onClosed(int code, String reason) {
        end(
                new PbxConnectionException(
                        source + " closed the event socket (" + code + ")", null, true));
    }

    @Override
    public void onFailure(PbxException failure) {
        end(failure);
    }

    private void end(PbxException reason) {
        end.complete(reason);
        SocketRequests unanswered = requests;
        if (unanswered != null) {
            unanswered.end();
        }
    }

    /** Returns what sends requests on this socket, if the server takes them there. */
    Optional<SocketRequests> requests() {
        return closed || end.isDone() ? Optional.empty() : Optional.ofNullable(requests);
    }

    @Override
    public void run() {
        order.lock();
        try {
            running = true;
            while (!early.isEmpty() && !closed) {
                events.accept(early.remove());
            }
        } finally {
            order.unlock();
        }
        throw end.join();
    }

    @Override
    public Instant lastSignOfLife() {
        return lastHeard;
    }

    @Override
    public @Nullable ServerIdentity identity() {
        return server.identity();
    }

    /** Returns who answers. */
    AriServer server() {
        return server;
    }

    @Override
    public void close() {
        closed = true;
        WebSocketConnection socket = connection;
        if (socket != null) {
            socket.close();
        }
        end(new PbxConnectionException("the connection was closed here", null, true));
    }
}
