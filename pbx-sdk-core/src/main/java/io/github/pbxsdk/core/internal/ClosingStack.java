package io.github.pbxsdk.core.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be closed at the end, the newest first. */
public final class ClosingStack implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClosingStack.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<Class<?>, AutoCloseable> parts = new HashMap<>();
    private boolean closed;

    /**
     * Adds something to close.
     *
     * @return a handle with which it can be forgotten
     * @throws IllegalStateException if the stack is closed
     */
    public Entry push(AutoCloseable closeable) {
        lock.lock();
        try {
            requireOpen();
            Entry entry = new Entry(this, closeable);
            entries.push(entry);
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the part with this key, made by the maker when it is asked for the first time.
     *
     * @throws IllegalStateException if the stack is closed
     */
    public <T extends AutoCloseable> T part(Class<T> key, Supplier<T> maker) {
        lock.lock();
        try {
            requireOpen();
            AutoCloseable known = parts.get(key);
            if (known != null) {
                return key.cast(known);
            }
            T part = maker.get();
            parts.put(key, part);
            // Clients lie on top of the parts they use, whenever those are made.
            entries.addLast(new Entry(this, part));
            return part;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        while (true) {
            Entry entry;
            lock.lock();
            try {
                closed = true;
                entry = entries.poll();
            } finally {
                lock.unlock();
            }
            if (entry == null) {
                return;
            }
            closeQuietly(entry.closeable);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("these PbxResources are closed");
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // One client that cannot be closed must not keep the others open.
            log.warn("closing {} failed", closeable, e);
        }
    }

    /** Something that waits to be closed. */
    public static final class Entry {

        private final ClosingStack stack;
        private final AutoCloseable closeable;

        private Entry(ClosingStack stack, AutoCloseable closeable) {
            this.stack = stack;
            this.closeable = closeable;
        }

        /** Forgets it without closing it. */
        public void remove() {
            stack.lock.lock();
            try {
                stack.entries.remove(this);
            } finally {
                stack.lock.unlock();
            }
        }
    }
}
