package io.github.pbxsdk.core.state;

import io.github.pbxsdk.core.internal.state.MemoryStateStore;
import io.github.pbxsdk.core.internal.state.StoreClock;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps what must not be forgotten when the process ends.
 *
 * <p>Entries live in namespaces, have a key, a value of bytes and a version, and may expire.
 * Changes go in with {@link #commit(Batch)}: all of a batch or nothing of it, and only if every
 * entry still has the version the caller expects.
 *
 * <pre>{@code
 * try (StateStore store = FileStateStore.builder().folder(Path.of("state")).open()) {
 *     store.commit(StateChange.put("sms.sent", messageId, "accepted")
 *             .ifAbsent()
 *             .ttl(Duration.ofHours(72)));
 * }
 * }</pre>
 *
 * <p>Open one store for an application and close it at the end. Stores are thread-safe, and their
 * calls block until what they promise has been done: when {@code commit} of a durable store
 * returns, the change outlives a crash.
 *
 * <p>An expired entry is an absent one, for reading and for expectations alike. Time is measured so
 * that setting the clock of the machine back brings nothing back; each store says how.
 *
 * <p>You may implement it over a store of your own; {@code StateStoreContract} in {@code
 * pbx-sdk-testing} is the test that it must pass. The limits that hold for every store:
 *
 * <ul>
 *   <li>a namespace and the name of a lease have 1 to 100 bytes, a key 1 to 1000, in UTF-8 and
 *       without control characters;
 *   <li>a value has up to 64 KiB;
 *   <li>a batch has 1 to 10,000 changes, each for another entry, with up to 16 MiB in all.
 * </ul>
 */
public interface StateStore extends AutoCloseable {

    /**
     * Returns a store that forgets everything when it is closed, for tests and for what may be
     * lost.
     */
    static StateStore inMemory() {
        return new MemoryStateStore(StoreClock.ofMachine());
    }

    /** Returns a store in memory in which entries and leases expire by the given clock. */
    static StateStore inMemory(Time time) {
        return new MemoryStateStore(StoreClock.of(time));
    }

    /**
     * Returns an entry, unless it is absent or has expired.
     *
     * @throws StateException if the store cannot be read
     */
    Optional<StateEntry> find(String namespace, String key);

    /**
     * Returns those of the keys that are present, with their entries, in one go.
     *
     * <p>At most 10,000 keys. The entries need not be of the same moment.
     *
     * @throws StateException if the store cannot be read
     */
    default Map<String, StateEntry> findAll(String namespace, Collection<String> keys) {
        Map<String, StateEntry> found = new TreeMap<>();
        for (String key : keys) {
            find(namespace, key).ifPresent(entry -> found.put(key, entry));
        }
        return found;
    }

    /**
     * Returns the entry with the key.
     *
     * @throws NoSuchElementException if it is absent or has expired
     * @throws StateException if the store cannot be read
     */
    default StateEntry get(String namespace, String key) {
        return find(namespace, key)
                .orElseThrow(() -> new NoSuchElementException("no entry " + namespace + "/" + key));
    }

    /**
     * Returns the entries that follow a key, in the order of their keys.
     *
     * <p>Keys are ordered as their UTF-8 bytes are, unsigned. An entry that comes or goes while
     * somebody walks through the pages may be seen or not; all others are seen once.
     *
     * @param afterKey the last key of the page before, or an empty text to begin
     * @param limit how many to return at most, 1 to 10,000
     * @throws StateException if the store cannot be read
     */
    List<StateEntry> scan(String namespace, String afterKey, int limit);

    /**
     * Returns all entries of a namespace in the order of their keys, read in pages on the way.
     *
     * <p>However many there are, only a page of 1000 is in memory. See {@link #scan} for what
     * happens to entries that change meanwhile.
     *
     * @throws StateException if the store cannot be read, then or on the way
     */
    default Stream<StateEntry> stream(String namespace) {
        return Stream.iterate(
                        scan(namespace, "", 1000),
                        page -> !page.isEmpty(),
                        page -> scan(namespace, page.get(page.size() - 1).key(), 1000))
                .flatMap(List::stream);
    }

    /**
     * Makes all changes of a batch, or none.
     *
     * @return the version that all entries of the batch now have: a number above zero that this
     *     store gives to no other commit
     * @throws StateConflictException if an entry is not as expected; nothing was changed
     * @throws LeaseLostException if the batch stands under a lease that is no longer held; nothing
     *     was changed
     * @throws StateException if the batch could not be stored; when {@link
     *     StateException#mayHaveBeenSent()} is true, it may be there all the same
     */
    long commit(Batch batch);

    /**
     * Makes one change.
     *
     * @return the version that the entry now has
     * @throws StateConflictException if the entry is not as expected; nothing was changed
     * @throws StateException if the change could not be stored; when {@link
     *     StateException#mayHaveBeenSent()} is true, it may be there all the same
     */
    default long commit(StateChange change) {
        return commit(Batch.of(change));
    }

    /**
     * Takes a lease, unless somebody holds it: the right to be the only one who works on something
     * for a while.
     *
     * <p>It does not wait. The lease ends when it is closed, or by itself when it was not renewed
     * in time, so that a holder that died holds nobody up for longer than that.
     *
     * @param ttl for how long, from a millisecond to a day
     * @return the lease, or empty if somebody else holds it
     * @throws StateException if the store cannot tell
     */
    Optional<Lease> lease(String name, Duration ttl);

    /** Closes the store; repeatable. All other calls are an {@link IllegalStateException} then. */
    @Override
    void close();
}
