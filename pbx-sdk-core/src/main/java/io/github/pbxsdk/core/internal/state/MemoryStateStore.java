package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A store that lives as long as the process. */
public final class MemoryStateStore implements StateStore, StoreLease.Keeper {

    private final StoreClock clock;
    private final Entries entries = new Entries();
    private final LeaseTable leases = new LeaseTable();
    private final ReentrantLock lock = new ReentrantLock();

    private long lastVersion;
    private long lastToken;
    private volatile boolean closed;

    /** Creates an empty store. */
    public MemoryStateStore(StoreClock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<StateEntry> find(String namespace, String key) {
        requireOpen();
        return Optional.ofNullable(entries.find(EntryId.of(namespace, key), clock.millis()))
                .map(entry -> entry.toStateEntry(key));
    }

    @Override
    public List<StateEntry> scan(String namespace, String afterKey, int limit) {
        requireOpen();
        return entries.scan(
                StateLimits.namespaceBytes(namespace),
                StateLimits.afterKeyBytes(afterKey),
                StateLimits.page(limit),
                clock.millis());
    }

    @Override
    public long commit(Batch batch) {
        lock.lock();
        try {
            requireOpen();
            long now = clock.millis();
            batch.lease().ifPresent(lease -> leases.requireHeld(lease, now));
            Draft draft = new Draft(entries, now);
            draft.add(batch, lastVersion + 1);
            entries.apply(draft.writes(), now);
            return ++lastVersion;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Lease> lease(String name, Duration ttl) {
        StateLimits.leaseBytes(name);
        StateLimits.leaseTtl(ttl);
        lock.lock();
        try {
            requireOpen();
            long now = clock.millis();
            if (!leases.isFree(name, now)) {
                return Optional.empty();
            }
            leases.take(name, ++lastToken, ttl, now);
            return Optional.of(new StoreLease(this, name, lastToken, ttl));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void renew(Lease lease) {
        requireOpen();
        leases.renew(lease, clock.millis());
    }

    @Override
    public void release(Lease lease) {
        leases.release(lease);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this store is closed");
        }
    }
}
