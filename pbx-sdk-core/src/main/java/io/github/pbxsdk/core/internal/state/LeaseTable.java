package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.LeaseLostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which lease in this process, and until when.
 *
 * <p>Thread-safe.
 */
public final class LeaseTable {

    private static final int FIRST_PRUNING = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Holding> holdings = new HashMap<>();
    private int pruneAt = FIRST_PRUNING;

    /** Tells whether the lease could be taken now. */
    public boolean isFree(String name, long nowMillis) {
        lock.lock();
        try {
            Holding holding = holdings.get(name);
            return holding == null || !holding.lastsAt(nowMillis);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the lease away. */
    public void take(String name, long token, Duration ttl, long nowMillis) {
        lock.lock();
        try {
            prune(nowMillis);
            holdings.put(name, new Holding(token, nowMillis + ttl.toMillis()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has the lease last for its whole time from now on.
     *
     * @throws LeaseLostException if it has ended
     */
    public void renew(Lease lease, long nowMillis) {
        lock.lock();
        try {
            requireHeld(lease, nowMillis);
            long end = nowMillis + lease.ttl().toMillis();
            holdings.put(lease.name(), new Holding(lease.token(), end));
        } finally {
            lock.unlock();
        }
    }

    /** Ends the lease, unless it has ended. */
    public void release(Lease lease) {
        lock.lock();
        try {
            Holding holding = holdings.get(lease.name());
            if (holding != null && holding.token() == lease.token()) {
                holdings.remove(lease.name());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does nothing if the lease is held.
     *
     * @throws LeaseLostException if it has ended
     */
    public void requireHeld(Lease lease, long nowMillis) {
        lock.lock();
        try {
            @Nullable Holding holding = holdings.get(lease.name());
            if (holding == null
                    || holding.token() != lease.token()
                    || !holding.lastsAt(nowMillis)) {
                throw new LeaseLostException(lease);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what ended by itself, so that names used once do not pile up. */
    private void prune(long nowMillis) {
        if (holdings.size() < pruneAt) {
            return;
        }
        holdings.values().removeIf(holding -> !holding.lastsAt(nowMillis));
        pruneAt = Math.max(FIRST_PRUNING, 2 * holdings.size());
    }

    private record Holding(long token, long endMillis) {

        boolean lastsAt(long nowMillis) {
            return nowMillis < endMillis;
        }
    }
}
