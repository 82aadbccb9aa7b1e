package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The actions that wait to leave on one connection.
 *
 * <p>A call of the system for each would cost more than all else about it. So whoever sends leaves
 * the bytes here and goes on; one thread at a time, and none while nothing waits, writes all that
 * has gathered.
 */
final class Outbox {

    /** What may wait: many thousands of actions. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private final ByteStream connection;
    private final Duration timeout;
    private final Consumer<Runnable> threads;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Action> waiting = new ArrayList<>();
    private int waitingBytes;
    private boolean writing;
    private @Nullable PbxException failure;

    /**
     * Creates an empty one.
     *
     * @param timeout how long the peer may take to accept what is written at once
     * @param threads runs a task that may block
     */
    Outbox(ByteStream connection, Duration timeout, Consumer<Runnable> threads) {
        this.connection = connection;
        this.timeout = timeout;
        this.threads = threads;
    }

    private static final class Action {

        private final byte[] bytes;
        private final BooleanSupplier mayLeave;

        Action(byte[] bytes, BooleanSupplier mayLeave) {
            this.bytes = bytes;
            this.mayLeave = mayLeave;
        }
    }

    /**
     * Leaves an action to be sent; does not wait.
     *
     * @param mayLeave asked just before it leaves, perhaps with others; if it never is or says no,
     *     nothing of the action has left
     * @throws PbxConnectionException if nothing is sent any more; nor is this
     */
    void add(byte[] bytes, BooleanSupplier mayLeave) {
        boolean start;
        lock.lock();
        try {
            requireOpen(bytes.length);
            waiting.add(new Action(bytes, mayLeave));
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
                    connection.peer() + " takes our actions too slowly: 16 MiB of them wait", null);
        }
    }

    /** Returns why writing failed, if it did: it is the reason for the end of the connection. */
    @Nullable PbxException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private void startWriting() {
        try {
            threads.accept(this::write);
        } catch (RejectedExecutionException e) {
            end(new PbxConnectionException("the client was closed", e));
        }
    }

    private void write() {
        try {
            for (List<Action> actions = next(); actions != null; actions = next()) {
                actions.removeIf(action -> !action.mayLeave.getAsBoolean());
                if (!actions.isEmpty()) {
                    connection.write(together(actions), timeout);
                }
            }
        } catch (PbxException e) {
            end(e);
        } catch (RuntimeException | Error e) {
            end(new PbxConnectionException("writing to " + connection.peer() + " failed", e, true));
            throw e;
        }
    }

    private @Nullable List<Action> next() {
        lock.lock();
        try {
            List<Action> all = waiting;
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

    private static byte[] together(List<Action> actions) {
        if (actions.size() == 1) {
            return actions.get(0).bytes;
        }
        byte[] all = new byte[actions.stream().mapToInt(action -> action.bytes.length).sum()];
        int to = 0;
        for (Action action : actions) {
            System.arraycopy(action.bytes, 0, all, to, action.bytes.length);
            to += action.bytes.length;
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
