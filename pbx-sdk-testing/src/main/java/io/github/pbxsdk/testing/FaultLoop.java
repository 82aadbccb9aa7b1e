package io.github.pbxsdk.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a proxy: waits for channels and alarms.
 *
 * <p>Everything that a proxy knows is guarded by this loop's lock: its own turns hold it, and so do
 * {@link #change} and {@link #look}. Nothing below the lock blocks.
 */
final class FaultLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FaultLoop.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong((Alarm alarm) -> alarm.due));
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final Selector selector;
    private final Thread thread;
    private boolean closed;
    private @Nullable Throwable failure;

    FaultLoop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector for " + name, e);
        }
        thread = new Thread(this::run, "pbx-sdk-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Changes something; it is in force when this returns.
     *
     * @throws IllegalStateException if the loop is closed
     */
    void change(Runnable change) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this fault proxy is closed", failure);
            }
            change.run();
        } finally {
            lock.unlock();
        }
        selector.wakeup();
    }

    /** Reads something, also after the end. */
    <T> T look(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** Returns an empty buffer, large enough for any datagram, for use within one turn. */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    /** Calls back when a channel is ready for one of the operations. */
    SelectionKey register(SelectableChannel channel, int operations, Ready ready) {
        try {
            channel.configureBlocking(false);
            return channel.register(selector, operations, ready);
        } catch (IOException e) {
            throw new UncheckedIOException("a fresh channel refuses to be watched", e);
        }
    }

    /** Runs a task at a time of {@link System#nanoTime()}. */
    Alarm alarm(long due, Runnable task) {
        Alarm alarm = new Alarm(due, task);
        alarms.add(alarm);
        return alarm;
    }

    /** Closes channels so that their ports are free when this returns. */
    void release(SelectableChannel channel) throws IOException {
        channel.close();
        // A selector holds on to a closed channel until it selects the next time.
        selector.wakeup();
        selector.selectNow();
    }

    /** Ends the thread and closes all channels; repeatable. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        selector.wakeup();
        awaitEnd();
    }

    private void awaitEnd() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                // The loop never blocks, so it ends at once; the caller is told afterwards.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (turn()) {
                select();
            }
        } catch (IOException | RuntimeException e) {
            log.warn("a fault proxy has ended by a fault of its own", e);
            look(() -> failure = e);
        } finally {
            look(() -> closed = true);
            selector.keys().forEach(key -> closeQuietly(key.channel()));
            closeQuietly(selector);
        }
    }

    private boolean turn() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            serveChannels();
            ringAlarms();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void select() throws IOException {
        OptionalLong nanos = look(this::nanosToNextAlarm);
        if (nanos.isEmpty()) {
            selector.select();
        } else if (nanos.getAsLong() <= 0) {
            selector.selectNow();
        } else {
            // Rounded up: too early would only cost a turn.
            selector.select(TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() + 999_999));
        }
    }

    private OptionalLong nanosToNextAlarm() {
        Alarm next = alarms.peek();
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.due - System.nanoTime());
    }

    private void serveChannels() {
        List<SelectionKey> ready = List.copyOf(selector.selectedKeys());
        selector.selectedKeys().clear();
        for (SelectionKey key : ready) {
            if (key.isValid()) {
                ((Ready) key.attachment()).ready(key);
            }
        }
    }

    private void ringAlarms() {
        long now = System.nanoTime();
        Alarm next;
        while ((next = alarms.peek()) != null && next.due <= now) {
            alarms.remove().ring();
        }
    }

    static void closeQuietly(@Nullable Closeable closeable) {
        if (closeable == null) {
            return;
        }
        try {
            closeable.close();
        } catch (IOException e) {
            log.debug("closing {} failed", closeable, e);
        }
    }

    /** Something that serves a channel. */
    @FunctionalInterface
    interface Ready {
        void ready(SelectionKey key);
    }

    /** A task that waits for its time. */
    static final class Alarm {

        private final long due;
        private final Runnable task;
        private boolean cancelled;

        private Alarm(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        void cancel() {
            cancelled = true;
        }

        private void ring() {
            if (!cancelled) {
                task.run();
            }
        }
    }
}
