package io.github.pbxsdk.core.internal.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.pbxsdk.core.state.StateEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * All entries of a store in the order of their keys, in memory.
 *
 * <p>Thread-safe. Expired entries are passed over, and thrown out a few at a time while others are
 * written.
 */
public final class Entries {

    /** How many entries are looked at for having expired, for each one that is written. */
    private static final int SWEPT_PER_WRITE = 4;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final NavigableMap<byte[], NavigableMap<byte[], Entry>> namespaces = sorted();

    private byte[] sweptNamespace = {};
    private byte[] sweptKey = {};

    /** Nothing expires before: until then there is nothing to sweep. */
    private long firstExpiry = Entry.NEVER;

    /** The same, of what was looked at or written since the sweep began at the beginning. */
    private long firstExpiryOfRound = Entry.NEVER;

    private long loggedBytes;

    private static <T> NavigableMap<byte[], T> sorted() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    /** Returns an entry that is alive, or null. */
    public @Nullable Entry find(EntryId id, long nowMillis) {
        lock.readLock().lock();
        try {
            NavigableMap<byte[], Entry> keys = namespaces.get(id.namespace());
            Entry entry = keys == null ? null : keys.get(id.key());
            return entry != null && entry.isLiveAt(nowMillis) ? entry : null;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Returns the entries of a namespace that are alive and follow a key. */
    public List<StateEntry> scan(byte[] namespace, byte[] afterKey, int limit, long nowMillis) {
        lock.readLock().lock();
        try {
            List<Write> page = new ArrayList<>();
            collect(namespace, afterKey, limit, nowMillis, page);
            return page.stream().map(Entries::toStateEntry).toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    private static StateEntry toStateEntry(Write write) {
        Entry entry = Objects.requireNonNull(write.entry(), "a deletion is not alive");
        return entry.toStateEntry(new String(write.id().key(), UTF_8));
    }

    /** Makes the writes visible, all at the same moment. */
    public void apply(List<Write> writes, long nowMillis) {
        lock.writeLock().lock();
        try {
            writes.forEach(this::apply);
            sweep(writes.size() * SWEPT_PER_WRITE, nowMillis);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Takes over what was read from a log, whether it has expired or not. */
    void load(Write write) {
        lock.writeLock().lock();
        try {
            apply(write);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Returns the first entries that are alive, of whatever namespace. */
    List<Write> firstLive(int limit, long nowMillis) {
        return liveAfter(new EntryId(new byte[0], new byte[0]), limit, nowMillis);
    }

    /** Returns the entries that are alive and follow another one, of whatever namespace. */
    List<Write> liveAfter(EntryId last, int limit, long nowMillis) {
        lock.readLock().lock();
        try {
            List<Write> page = new ArrayList<>();
            byte[] afterKey = last.key();
            for (byte[] namespace : namespaces.tailMap(last.namespace(), true).keySet()) {
                collect(namespace, afterKey, limit, nowMillis, page);
                afterKey = new byte[0];
            }
            return page;
        } finally {
            lock.readLock().unlock();
        }
    }

    private void collect(
            byte[] namespace, byte[] afterKey, int limit, long nowMillis, List<Write> page) {
        NavigableMap<byte[], Entry> keys = namespaces.getOrDefault(namespace, sorted());
        for (Map.Entry<byte[], Entry> each : keys.tailMap(afterKey, false).entrySet()) {
            if (page.size() == limit) {
                return;
            }
            Entry entry = each.getValue();
            if (entry.isLiveAt(nowMillis)) {
                EntryId id = new EntryId(namespace, each.getKey());
                page.add(new Write(id, entry.version(), entry));
            }
        }
    }

    /** Returns how many bytes of a log the entries take. */
    long loggedBytes() {
        lock.readLock().lock();
        try {
            return loggedBytes;
        } finally {
            lock.readLock().unlock();
        }
    }

    private void apply(Write write) {
        EntryId id = write.id();
        Entry entry = write.entry();
        if (entry == null) {
            remove(id.namespace(), id.key());
            return;
        }
        NavigableMap<byte[], Entry> keys =
                namespaces.computeIfAbsent(id.namespace(), namespace -> sorted());
        Entry before = keys.put(id.key(), entry);
        firstExpiry = Math.min(firstExpiry, entry.expiresMillis());
        firstExpiryOfRound = Math.min(firstExpiryOfRound, entry.expiresMillis());
        count(id.namespace(), id.key(), entry, 1);
        if (before != null) {
            count(id.namespace(), id.key(), before, -1);
        }
    }

    private void remove(byte[] namespace, byte[] key) {
        NavigableMap<byte[], Entry> keys = namespaces.get(namespace);
        Entry removed = keys == null ? null : keys.remove(key);
        if (keys == null || removed == null) {
            return;
        }
        count(namespace, key, removed, -1);
        if (keys.isEmpty()) {
            namespaces.remove(namespace);
        }
    }

    private void count(byte[] namespace, byte[] key, Entry entry, int sign) {
        loggedBytes += sign * (long) LogRecords.size(namespace, key, entry);
    }

    /** Looks at so many entries, from where it ended the last time; at the end it begins again. */
    private void sweep(int count, long nowMillis) {
        if (nowMillis < firstExpiry) {
            return;
        }
        List<byte[]> expired = new ArrayList<>(0);
        int left = count - look(count, nowMillis, expired);
        expired.forEach(key -> remove(sweptNamespace, key));
        if (left > 0 && !namespaces.isEmpty()) {
            sweepNextNamespace();
        }
    }

    private void sweepNextNamespace() {
        byte[] next = namespaces.higherKey(sweptNamespace);
        sweptKey = new byte[0];
        if (next != null) {
            sweptNamespace = next;
            return;
        }
        sweptNamespace = namespaces.firstKey();
        firstExpiry = firstExpiryOfRound;
        firstExpiryOfRound = Entry.NEVER;
    }

    /** Returns at how many entries of the namespace there was to look. */
    private int look(int count, long nowMillis, List<byte[]> expired) {
        NavigableMap<byte[], Entry> keys = namespaces.get(sweptNamespace);
        if (keys == null) {
            return 0;
        }
        int looked = 0;
        for (Map.Entry<byte[], Entry> each : keys.tailMap(sweptKey, false).entrySet()) {
            if (looked == count) {
                break;
            }
            looked++;
            sweptKey = each.getKey();
            Entry entry = each.getValue();
            if (entry.isLiveAt(nowMillis)) {
                firstExpiryOfRound = Math.min(firstExpiryOfRound, entry.expiresMillis());
            } else {
                expired.add(sweptKey);
            }
        }
        return looked;
    }
}
