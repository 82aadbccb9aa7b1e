package io.github.pbxsdk.sip.internal.transport;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.StreamConnection;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to leave on one connection, so that nobody who sends is held up by a peer that reads
 * slowly. One thread at a time, and none while nothing waits, writes all that has gathered.
 */
final class FlowOutbox {

    /** Many thousands of messages. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final StreamConnection connection;
    private final Duration timeout;
    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Letter> waiting = new ArrayList<>();
    private long waitingBytes;
    private boolean writing;
    private @Nullable PbxException failure;

    FlowOutbox(StreamConnection connection, Duration timeout, Executor threads) {
        this.connection = connection;
        this.timeout = timeout;
        this.threads = threads;
    }

    private static final class Letter {

        private final byte[] bytes;
        private final BooleanSupplier mayLeave;

        Letter(byte[] bytes, BooleanSupplier mayLeave) {
            this.bytes = bytes;
            this.mayLeave = mayLeave;
        }
    }

    void add(byte[] bytes, BooleanSupplier mayLeave) {
        lock.lock();
        try {
            requireOpen(bytes.length);
            waiting.add(new Letter(bytes, mayLeave));
            waitingBytes += bytes.length;
            if (writing) {
                return;
            }
            writing = true;
        } finally {
            lock.unlock();
        }
        startWriting();
    }

    private void requireOpen(int more) {
        if (failure != null) {
            throw new PbxConnectionException(
                    connection.peer() + " is not written to any more: " + failure.getMessage(),
                    failure);
        }
        if (waitingBytes + more > MOST_BYTES) {
            throw new PbxConnectionException(
                    connection.peer() + " takes our messages too slowly: 16 MiB of them wait",
                    null);
        }
    }

    private void startWriting() {
        try {
            threads.execute(this::writeAll);
        } catch (RejectedExecutionException e) {
            end(new PbxConnectionException("the client was closed", e));
        }
    }

    private void writeAll() {
        try {
            for (List<Letter> letters = next(); letters != null; letters = next()) {
                byte[] bytes = together(letters);
                if (bytes.length > 0) {
                    connection.write(bytes, timeout);
                }
            }
        } catch (PbxException e) {
            end(e);
        } catch (RuntimeException | Error e) {
            // Or whatever comes later would wait for a thread that is gone.
            end(new PbxConnectionException("writing to " + connection.peer() + " failed", e, true));
            throw e;
        }
    }

    private @Nullable List<Letter> next() {
        lock.lock();
        try {
            List<Letter> letters = waiting;
            writing = !letters.isEmpty();
            if (!writing) {
                return null;
            }
            waiting = new ArrayList<>();
            waitingBytes = 0;
            return letters;
        } finally {
            lock.unlock();
        }
    }

    private static byte[] together(List<Letter> letters) {
        if (letters.size() == 1) {
            Letter only = letters.get(0);
            return only.mayLeave.getAsBoolean() ? only.bytes : new byte[0];
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Letter letter : letters) {
            if (letter.mayLeave.getAsBoolean()) {
                all.writeBytes(letter.bytes);
            }
        }
        return all.toByteArray();
    }

    @Nullable PbxException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** What still waits is failed with the flow, by those who wait for answers. */
    private void end(PbxException reason) {
        lock.lock();
        try {
            failure = reason;
            waiting.clear();
            waitingBytes = 0;
        } finally {
            lock.unlock();
        }
        connection.close();
    }
}
