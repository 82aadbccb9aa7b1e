package io.github.pbxsdk.sip;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs short tasks one after the other, on a borrowed thread: what only they touch needs no locks,
 * and nobody who hands one over can be caught in a deadlock.
 */
final class Actor implements Executor {

    private static final Logger log = LoggerFactory.getLogger(Actor.class);

    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean working;
    private boolean closed;

    Actor(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        offer(task);
    }

    /** Hands a task over; false if none is taken any more. */
    boolean offer(Runnable task) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            tasks.add(task);
            if (working) {
                return true;
            }
            working = true;
        } finally {
            lock.unlock();
        }
        start();
        return true;
    }

    private void start() {
        try {
            threads.execute(this::work);
        } catch (RejectedExecutionException e) {
            // The resources are closed, and this client with them: its tasks end on this thread.
            work();
        }
    }

    private void work() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // Even an Error: no task of this client would ever run again.
                log.warn("a task of a SIP client failed", e);
            }
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable task = tasks.poll();
            working = task != null;
            return task;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more tasks; those that wait still run. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
