package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.WebSocketHandler;
import io.github.pbxsdk.core.time.Time;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands the messages of a WebSocket from the thread that reads it to the one that receives AMI.
 *
 * <p>When too much waits, the socket is not read until there is room again: nothing is lost, the
 * peer has to wait.
 */
final class FrameInbox implements WebSocketHandler {

    private static final long MAX_WAITING_BYTES = 4L * 1024 * 1024;

    private final String peer;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<byte[]> frames = new ArrayDeque<>();
    private long waitingBytes;
    private @Nullable PbxException end;
    private volatile boolean binary;
    private volatile Instant lastFrame;
    private volatile long lastFrameNanos;

    FrameInbox(String peer, Time time) {
        this.peer = peer;
        this.time = time;
        this.lastFrame = time.now();
        this.lastFrameNanos = time.nanos();
    }

    @Override
    public void onText(String message) {
        binary = false;
        put(message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onBinary(byte[] message) {
        binary = true;
        put(message);
    }

    private void put(byte[] frame) {
        lastFrame = time.now();
        lastFrameNanos = time.nanos();
        lock.lock();
        try {
            while (waitingBytes > MAX_WAITING_BYTES && end == null) {
                changed.awaitUninterruptibly();
            }
            frames.add(frame);
            waitingBytes += frame.length;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onClosed(int code, String reason) {
        String words = reason.isEmpty() ? "" : ", \"" + reason + "\"";
        end(
                new PbxConnectionException(
                        peer + " closed the WebSocket (" + code + words + ")", null, true));
    }

    @Override
    public void onFailure(PbxException failure) {
        end(failure);
    }

    /** Ends the waiting for more; the first reason counts. */
    void end(PbxException reason) {
        lock.lock();
        try {
            if (end == null) {
                end = reason;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next message.
     *
     * @throws PbxException with the reason, when there will not be another one
     */
    byte[] take() {
        lock.lock();
        try {
            while (frames.isEmpty()) {
                if (end != null) {
                    throw end;
                }
                changed.awaitUninterruptibly();
            }
            byte[] frame = frames.remove();
            waitingBytes -= frame.length;
            changed.signalAll();
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether the peer's last message was binary, so that it is answered in kind. */
    boolean isBinary() {
        return binary;
    }

    /** Returns when the last message came. */
    Instant lastFrame() {
        return lastFrame;
    }

    /** Returns the reading of the clock when the last message came. */
    long lastFrameNanos() {
        return lastFrameNanos;
    }
}
