package io.github.pbxsdk.sip.internal.transport;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.WebSocketConnection;
import io.github.pbxsdk.core.http.WebSocketHandler;
import io.github.pbxsdk.core.http.WebSocketRequest;
import io.github.pbxsdk.core.http.WebSocketTransport;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.MessageReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** SIP over a WebSocket (RFC 7118): one message is one message. */
public final class WebSocketFlow implements Flow {

    private final HostAndPort peer;
    private final String protocol;
    private final String localAddress;
    private final Time time;
    private final FlightTap tap;
    private final CompletableFuture<PbxException> ended = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<byte[]> early = new ArrayList<>();
    private @Nullable FlowReader reader;
    private @Nullable WebSocketConnection connection;
    private volatile Instant lastHeard;

    private WebSocketFlow(
            HostAndPort peer, String protocol, String localAddress, Time time, FlightTap tap) {
        this.peer = peer;
        this.protocol = protocol;
        this.localAddress = localAddress;
        this.time = time;
        this.tap = tap;
        this.lastHeard = time.now();
    }

    /**
     * Opens a WebSocket; blocks.
     *
     * @param protocol WS or WSS
     * @param localAddress a made-up host ending in {@code .invalid}: nobody can connect to us
     * @param onAttempt is given what ends the attempt
     * @throws PbxException if it can't be opened
     */
    public static WebSocketFlow open(
            HostAndPort peer,
            String protocol,
            WebSocketTransport transport,
            WebSocketRequest request,
            String localAddress,
            Time time,
            FlightTap tap,
            Consumer<AutoCloseable> onAttempt) {
        WebSocketFlow flow = new WebSocketFlow(peer, protocol, localAddress, time, tap);
        CompletableFuture<WebSocketConnection> opening =
                transport.connectAsync(request, flow.new Handler());
        onAttempt.accept(() -> opening.cancel(true));
        try {
            flow.connection = Futures.await(opening);
        } catch (CancellationException e) {
            throw new PbxConnectionException("the client was closed", e);
        } catch (PbxAuthenticationException e) {
            // Nobody was shown any credentials yet: this is about the way, and may pass.
            throw new PbxConnectionException(
                    peer
                            + " lets no WebSocket through before SIP begins (401); a proxy in front"
                            + " of the server that wants credentials?",
                    e);
        }
        return flow;
    }

    @Override
    public HostAndPort peer() {
        return peer;
    }

    @Override
    public String localAddress() {
        return localAddress;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public boolean isReliable() {
        return true;
    }

    @Override
    public void send(byte[] message, BooleanSupplier mayLeave) {
        WebSocketConnection open = connection;
        if (open == null || ended.isDone()) {
            throw new PbxConnectionException(peer + " is not connected", null);
        }
        if (!mayLeave.getAsBoolean()) {
            return;
        }
        tap.sent(message, 0, message.length);
        try {
            open.send(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(message))
                            .toString());
        } catch (CharacterCodingException e) {
            // Not text: a binary message carries any bytes.
            open.send(message);
        }
    }

    @Override
    public void run(FlowReader value) {
        lock.lock();
        try {
            reader = value;
            early.forEach(this::take);
            early.clear();
        } finally {
            lock.unlock();
        }
        throw Futures.await(ended);
    }

    private void arrived(byte[] bytes) {
        lastHeard = time.now();
        lock.lock();
        try {
            if (reader == null) {
                early.add(bytes);
            } else {
                take(bytes);
            }
        } finally {
            lock.unlock();
        }
    }

    private void take(byte[] bytes) {
        FlowReader target = reader;
        if (target == null || isKeepAlive(bytes)) {
            return;
        }
        tap.received(bytes, 0, bytes.length);
        try {
            target.received(this, MessageReader.read(bytes, 0, bytes.length));
        } catch (MalformedMessageException e) {
            target.unreadable(this, e);
        }
    }

    private static boolean isKeepAlive(byte[] bytes) {
        for (byte one : bytes) {
            if (one != '\r' && one != '\n') {
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
        ended.complete(new PbxConnectionException("the WebSocket was closed", null, true));
        WebSocketConnection open = connection;
        if (open != null) {
            open.close();
        }
    }

    private final class Handler implements WebSocketHandler {

        @Override
        public void onText(String message) {
            arrived(message.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void onBinary(byte[] message) {
            arrived(message);
        }

        @Override
        public void onClosed(int code, String reason) {
            ended.complete(
                    new PbxConnectionException(
                            peer + " closed the WebSocket (" + code + " " + reason + ")",
                            null,
                            true));
        }

        @Override
        public void onFailure(PbxException failure) {
            ended.complete(failure);
        }
    }
}
