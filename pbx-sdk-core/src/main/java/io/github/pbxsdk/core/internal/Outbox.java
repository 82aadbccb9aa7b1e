package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to leave on one connection.
 *
 * <p>A call of the system for each message would cost more than all else about it, and a peer that
 * reads slowly would hold up whoever sends. So the bytes are left here; one thread at a time, and
 * none while nothing waits, writes all that has gathered.
 */
public final class Outbox {

    /** What may wait: many thousands of messages. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private final Wire connection;
    private final Duration timeout;
    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Letter> waiting = new ArrayList<>();
    private long waitingBytes;
    private boolean writing;
    private @Nullable PbxException failure;

    /**
     * Creates an empty one.
     *
     * @param timeout how long the peer may take to accept what is written at once
     * @param threads run tasks that may block
     */
    public Outbox(Wire connection, Duration timeout, Executor threads) {
        this.connection = connection;
        this.timeout = timeout;
        this.threads = threads;
    }

    /** Where it is all written. */
    public interface Wire extends AutoCloseable {

        /** Returns where it leads; its text is for messages. */
        Object peer();

        /**
         * Writes all bytes.
         *
         * @throws PbxException if they are not taken in time
         */
        void write(byte[] bytes, Duration timeout);

        /** Ends it at once, also under a thread that writes. */
        @Override
        void close();
    }

    private static final class Letter {

        private final byte[] bytes;
        private final BooleanSupplier mayLeave;

        Letter(byte[] bytes, BooleanSupplier mayLeave) {
            this.bytes = bytes;
            this.mayLeave = mayLeave;
        }
    }

    /**
     * Leaves a message to be sent; does not wait.
     *
     * @param mayLeave asked just before it leaves, perhaps with others; if it never is or says no,
     *     nothing of the message has left
     * @throws PbxConnectionException if nothing is sent any more; nor is this
     */
    public void add(byte[] bytes, BooleanSupplier mayLeave) {
        boolean start;
        lock.lock();
        try {
            requireOpen(bytes.length);
            waiting.add(new Letter(bytes, mayLeave));
            waitingBytes += bytes.length;
            start = !writing;
            writing = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            startWriting();
        }
    }

    private void requireOpen(int more) {
        if (failure != null) {
            throw new PbxConnectionException(
                    connection.peer() + " is not written to any more: " + failure.getMessage(),
                    failure);
        }
        if (waitingBytes + more > MAX_BYTES) {
            throw new PbxConnectionException(
                    connection.peer() + " takes what we send too slowly: 16 MiB of it wait", null);
        }
    }

    /** Returns why writing failed, if it did: it is the reason for the end of the connection. */
    public @Nullable PbxException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private void startWriting() {
        try {
            threads.execute(this::write);
        } catch (RejectedExecutionException e) {
            end(new PbxConnectionException("the client was closed", e));
        }
    }

    private void write() {
        try {
            for (List<Letter> letters = next(); letters != null; letters = next()) {
                letters.removeIf(letter -> !letter.mayLeave.getAsBoolean());
                if (!letters.isEmpty()) {
                    connection.write(together(letters), timeout);
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
            List<Letter> all = waiting;
            writing = !all.isEmpty();
            if (!writing) {
                return null;
            }
            waiting = new ArrayList<>();
            waitingBytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    private static byte[] together(List<Letter> letters) {
        if (letters.size() == 1) {
            return letters.get(0).bytes;
        }
        byte[] all = new byte[letters.stream().mapToInt(letter -> letter.bytes.length).sum()];
        int to = 0;
        for (Letter letter : letters) {
            System.arraycopy(letter.bytes, 0, all, to, letter.bytes.length);
            to += letter.bytes.length;
        }
        return all;
    }

    /** What still waits is failed with the connection, by those who wait for the answers. */
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
