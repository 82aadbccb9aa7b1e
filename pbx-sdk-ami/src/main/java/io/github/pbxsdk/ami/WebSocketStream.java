package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.http.WebSocketConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** The bytes in the messages of a WebSocket, wherever those begin and end. */
final class WebSocketStream implements ByteStream {

    private final String peer;
    private final WebSocketConnection connection;
    private final FrameInbox inbox;

    // The reader's own: what is left of the message that is being read.
    private byte[] frame = new byte[0];
    private int readTo;

    WebSocketStream(String peer, WebSocketConnection connection, FrameInbox inbox) {
        this.peer = peer;
        this.connection = connection;
        this.inbox = inbox;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public int read(byte[] buffer, int from) {
        while (readTo == frame.length) {
            frame = inbox.take();
            readTo = 0;
        }
        int count = Math.min(frame.length - readTo, buffer.length - from);
        System.arraycopy(frame, readTo, buffer, from, count);
        readTo += count;
        return count;
    }

    /**
     * Answers in kind: a proxy that sends text may take nothing else, and the other way round. It
     * does not wait for the peer: one that takes nothing any more is found out by pings.
     */
    @Override
    public void write(byte[] bytes, Duration timeout) {
        if (inbox.isBinary()) {
            connection.send(bytes);
        } else {
            connection.send(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Override
    public Instant lastRead() {
        return inbox.lastFrame();
    }

    @Override
    public void close() {
        inbox.end(
                new PbxConnectionException(
                        "the connection to " + peer + " was closed", null, true));
        connection.close();
    }
}
