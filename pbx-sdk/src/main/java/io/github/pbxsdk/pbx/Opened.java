package io.github.pbxsdk.pbx;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that is made and opened when it is first asked for.
 *
 * <p>When opening fails, the next one who asks tries again. Thread-safe.
 */
final class Opened<T extends AutoCloseable> {

    private final Supplier<T> maker;
    private final Consumer<T> opener;
    private final Consumer<T> closer;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable T made;
    private volatile boolean closed;
    private boolean open;

    Opened(Supplier<T> maker, Consumer<T> opener, Consumer<T> closer) {
        this.maker = maker;
        this.opener = opener;
        this.closer = closer;
    }

    /**
     * Returns the client.
     *
     * @throws IllegalStateException if a setting is missing, or this is closed
     */
    T get() {
        lock.lock();
        try {
            T client = make();
            if (!open) {
                opener.accept(client);
                open = true;
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    private T make() {
        requireUse();
        T client = made;
        if (client == null) {
            client = maker.get();
            made = client;
            if (closed) {
                closer.accept(client);
            }
        }
        requireUse();
        return client;
    }

    private void requireUse() {
        if (closed) {
            throw new IllegalStateException("this Pbx is closed");
        }
    }

    /** Returns the client if somebody has asked for it. */
    Optional<T> ifMade() {
        return Optional.ofNullable(made);
    }

    /** Closes the client if there is one; does not wait for one who opens it. */
    void close() {
        closed = true;
        T client = made;
        if (client != null) {
            closer.accept(client);
        }
    }
}
