package io.github.pbxsdk.testing.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.LeaseLostException;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StateStore} must do.
 *
 * <pre>{@code
 * class RedisStateStoreTest extends StateStoreContract {
 *
 *     @Override
 *     protected StateStore open() {
 *         return new RedisStateStore(server.url());
 *     }
 * }
 * }</pre>
 *
 * <p>Each test opens a store of its own, which must be empty, and closes it.
 */
// JUnit stays optional: whoever runs a contract has it, others need not.
@SuppressWarnings("exports")
public abstract class StateStoreContract {

    private static final int THREADS = 8;
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofMinutes(10);

    private StateStore store = StateStore.inMemory();

    /** Creates the tests. */
    protected StateStoreContract() {}

    /** Returns an empty store. */
    protected abstract StateStore open() throws Exception;

    /**
     * Lets time pass for the store. This one waits; override it when the store has a clock that a
     * test can move.
     */
    protected void letPass(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void givesBackWhatWasPut() {
        byte[] bytes = {0, -1, 13, 10, 127, -128};
        long version = store.commit(StateChange.put("a", "k", bytes));

        StateEntry entry = store.get("a", "k");

        assertEquals("k", entry.key());
        assertArrayEquals(bytes, entry.bytes());
        assertEquals(version, entry.version());
        assertEquals(Optional.empty(), entry.expiresAt());
    }

    @Test
    void givesBackTextOfAnyScript() {
        store.commit(StateChange.put("a", "k", "Grüße 你好 👋"));

        assertEquals("Grüße 你好 👋", store.get("a", "k").text());
    }

    @Test
    void keepsValuesAtTheirLimits() {
        byte[] largest = new byte[64 << 10];
        Arrays.fill(largest, (byte) 0xA5);
        String longestKey = "é".repeat(500);
        String longestNamespace = "n".repeat(100);
        store.commit(StateChange.put(longestNamespace, longestKey, largest));
        store.commit(StateChange.put("a", "empty", new byte[0]));

        assertArrayEquals(largest, store.get(longestNamespace, longestKey).bytes());
        assertEquals(0, store.get("a", "empty").bytes().length);
    }

    @Test
    void knowsNothingThatWasNotPut() {
        store.commit(StateChange.put("a", "k", "v"));

        assertEquals(Optional.empty(), store.find("a", "other"));
        assertEquals(Optional.empty(), store.find("b", "k"));
        assertThrows(NoSuchElementException.class, () -> store.get("b", "k"));
    }

    @Test
    void takesNoTwoKeysForOne() {
        List<String> keys = List.of("k", "K", "k ", " k", "ḱ", "k\u0301", "ｋ", "k%", "k_", "k\\");
        for (String key : keys) {
            store.commit(StateChange.put("a", key, "value of " + key).ifAbsent());
            store.commit(StateChange.put(key, "same", "namespace " + key).ifAbsent());
        }

        for (String key : keys) {
            assertEquals("value of " + key, store.get("a", key).text());
            assertEquals("namespace " + key, store.get(key, "same").text());
        }
    }

    @Test
    void replacesValueAndLife() {
        store.commit(StateChange.put("a", "k", "old").ttl(LONG));
        store.commit(StateChange.put("a", "k", "new"));

        assertEquals("new", store.get("a", "k").text());
        assertEquals(Optional.empty(), store.get("a", "k").expiresAt());
    }

    @Test
    void deletes() {
        store.commit(StateChange.put("a", "k", "v"));
        store.commit(StateChange.delete("a", "k"));
        store.commit(StateChange.delete("a", "never there"));

        assertEquals(Optional.empty(), store.find("a", "k"));
    }

    @Test
    void findsManyAtOnce() {
        putNumbered(700);
        List<String> asked = new ArrayList<>(List.of("absent"));
        IntStream.range(0, 600).forEach(i -> asked.add(key(i)));

        var found = store.findAll("a", asked);

        assertEquals(600, found.size());
        assertEquals(
                Optional.of("7"), Optional.ofNullable(found.get(key(7))).map(StateEntry::text));
        assertTrue(store.findAll("a", List.of()).isEmpty());
    }

    @Test
    void changesAnEntryOnlyInTheVersionThatWasRead() {
        long first = store.commit(StateChange.put("a", "k", "1"));
        long second = store.commit(StateChange.put("a", "k", "2").ifVersion(first));

        assertNotEquals(first, second);
        assertConflict(StateChange.put("a", "k", "3").ifVersion(first));
        assertConflict(StateChange.delete("a", "k").ifVersion(first));
        assertConflict(StateChange.put("a", "absent", "3").ifVersion(second));
        assertConflict(StateChange.delete("a", "absent").ifVersion(second));
        assertEquals("2", store.get("a", "k").text());

        store.commit(StateChange.delete("a", "k").ifVersion(second));
        assertEquals(Optional.empty(), store.find("a", "k"));
    }

    @Test
    void createsAnEntryOnlyOnce() {
        store.commit(StateChange.put("a", "k", "first").ifAbsent());

        assertConflict(StateChange.put("a", "k", "second").ifAbsent());
        assertEquals("first", store.get("a", "k").text());

        store.commit(StateChange.delete("a", "k"));
        store.commit(StateChange.put("a", "k", "third").ifAbsent());
        assertEquals("third", store.get("a", "k").text());
    }

    @Test
    void createsManyEntriesInOneBatchOnlyOnce() {
        store.commit(created(0, 50));

        assertThrows(StateConflictException.class, () -> store.commit(created(49, 100)));
        store.commit(created(50, 100));
        assertEquals(100, store.scan("a", "", 1000).size());
    }

    private static Batch created(int from, int to) {
        Batch.Builder batch = Batch.builder();
        IntStream.range(from, to)
                .forEach(i -> batch.add(StateChange.put("a", key(i), "v").ifAbsent()));
        return batch.build();
    }

    @Test
    void givesNoVersionTwice() {
        Set<Long> versions = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            assertTrue(versions.add(store.commit(StateChange.put("a", "k", "same"))));
            store.commit(StateChange.delete("a", "k"));
        }
        store.commit(StateChange.put("a", "k", "same"));

        versions.forEach(old -> assertConflict(StateChange.put("a", "k", "x").ifVersion(old)));
    }

    @Test
    void makesAllChangesOfABatch() {
        store.commit(StateChange.put("b", "gone", "v"));
        Batch batch =
                Batch.builder()
                        .add(StateChange.put("a", "k", "1"))
                        .add(StateChange.put("b", "k", "2").ifAbsent())
                        .add(StateChange.delete("b", "gone"))
                        .build();

        long version = store.commit(batch);

        assertEquals(version, store.get("a", "k").version());
        assertEquals(version, store.get("b", "k").version());
        assertEquals(Optional.empty(), store.find("b", "gone"));
    }

    @Test
    void makesNoChangeOfABatchThatIsRefused() {
        store.commit(StateChange.put("a", "taken", "before"));
        store.commit(StateChange.put("a", "z", "before"));
        Batch batch =
                Batch.builder()
                        .add(StateChange.put("a", "new", "x"))
                        .add(StateChange.put("a", "taken", "x").ifAbsent())
                        .add(StateChange.delete("a", "z"))
                        .build();

        StateConflictException conflict =
                assertThrows(StateConflictException.class, () -> store.commit(batch));

        assertEquals("a", conflict.namespace());
        assertEquals("taken", conflict.key());
        assertEquals(Optional.empty(), store.find("a", "new"));
        assertEquals("before", store.get("a", "taken").text());
        assertEquals("before", store.get("a", "z").text());
    }

    @Test
    void takesTheLargestBatch() {
        putNumbered(10_000);

        try (Stream<StateEntry> all = store.stream("a")) {
            assertEquals(10_000, all.count());
        }
    }

    @Test
    void forgetsAnExpiredEntry() {
        long version = store.commit(StateChange.put("a", "k", "v").ttl(SHORT));
        store.commit(StateChange.put("a", "other", "v").ttl(LONG));
        letPass(SHORT.multipliedBy(2));

        assertEquals(Optional.empty(), store.find("a", "k"));
        assertEquals(Set.of("other"), store.findAll("a", List.of("k", "other")).keySet());
        assertEquals(List.of("other"), keys(store.scan("a", "", 10)));
        assertConflict(StateChange.put("a", "k", "x").ifVersion(version));
        assertConflict(StateChange.delete("a", "k").ifVersion(version));
        assertTrue(store.get("a", "other").expiresAt().isPresent());
    }

    @Test
    void createsAnExpiredEntryAnew() {
        store.commit(StateChange.put("a", "k", "old").ttl(SHORT));
        letPass(SHORT.multipliedBy(2));
        store.commit(StateChange.put("a", "k", "new").ifAbsent());

        assertEquals("new", store.get("a", "k").text());
        assertConflict(StateChange.put("a", "k", "x").ifAbsent());
    }

    @Test
    void scansInTheOrderOfTheBytes() {
        List<String> ordered =
                List.of(" ", "0", "A", "Z", "a", "a ", "a!", "aa", "b", "é", "\uFF21", "👋");
        List<String> shuffled = new ArrayList<>(ordered.subList(6, ordered.size()));
        shuffled.addAll(ordered.subList(0, 6));
        shuffled.forEach(key -> store.commit(StateChange.put("a", key, "v")));
        store.commit(StateChange.put("b", "a", "v"));
        store.commit(StateChange.put("A", "a", "v"));

        assertEquals(ordered, keys(store.scan("a", "", 100)));
        assertEquals(List.of("aa", "b", "é"), keys(store.scan("a", "a!", 3)));
        assertEquals(List.of("b"), keys(store.scan("a", "absent", 1)));
        assertEquals(List.of(), keys(store.scan("a", "👋", 10)));
    }

    @Test
    void streamsThroughAllPages() {
        putNumbered(2500);

        try (Stream<StateEntry> all = store.stream("a")) {
            assertEquals(
                    IntStream.range(0, 2500).mapToObj(StateStoreContract::key).toList(),
                    all.map(StateEntry::key).toList());
        }
    }

    @Test
    void losesNoUpdateOfManyThreads() throws Exception {
        store.commit(StateChange.put("a", "counter", "0"));

        inParallel(
                () -> {
                    for (int i = 0; i < 25; i++) {
                        increment();
                    }
                    return true;
                });

        assertEquals(25 * THREADS, Integer.parseInt(store.get("a", "counter").text()));
    }

    @Test
    void letsOneOfManyThreadsCreateAnEntry() throws Exception {
        for (int i = 0; i < 10; i++) {
            String key = "k" + i;

            List<Boolean> created = inParallel(() -> created(key));

            assertEquals(1, created.stream().filter(each -> each).count());
        }
    }

    @Test
    void givesALeaseToOneHolder() {
        Lease lease = store.lease("job", LONG).orElseThrow();

        assertEquals("job", lease.name());
        assertEquals(LONG, lease.ttl());
        assertEquals(Optional.empty(), store.lease("job", LONG));
        assertTrue(store.lease("another job", LONG).isPresent());
    }

    @Test
    void givesALeaseToOneOfManyThreads() throws Exception {
        for (int i = 0; i < 10; i++) {
            String name = "job" + i;

            List<Optional<Lease>> taken = inParallel(() -> store.lease(name, LONG));

            assertEquals(1, taken.stream().filter(Optional::isPresent).count());
        }
    }

    @Test
    void givesAClosedLeaseToTheNext() {
        Lease first = store.lease("job", LONG).orElseThrow();
        first.close();
        first.close();
        Lease second = store.lease("job", LONG).orElseThrow();

        assertTrue(second.token() > first.token());
        assertLost(first);
        second.renew();
    }

    @Test
    void endsALeaseThatIsNotRenewed() {
        Lease first = store.lease("job", SHORT).orElseThrow();
        letPass(SHORT.multipliedBy(2));
        assertLost(first);
        Lease second = store.lease("job", LONG).orElseThrow();

        assertTrue(second.token() > first.token());
        assertLost(first);
        first.close();
        second.renew();
        assertEquals(Optional.empty(), store.lease("job", LONG));
    }

    @Test
    void prolongsALeaseThatIsRenewed() {
        Duration ttl = Duration.ofSeconds(3);
        Lease lease = store.lease("job", ttl).orElseThrow();
        for (int i = 0; i < 4; i++) {
            letPass(ttl.dividedBy(3));
            lease.renew();
        }

        assertEquals(Optional.empty(), store.lease("job", ttl));
        store.commit(under(lease));
        assertEquals("done", store.get("a", "k").text());
    }

    @Test
    void letsManyCommitsPassUnderOneLease() throws Exception {
        Lease lease = store.lease("job", LONG).orElseThrow();

        List<Long> versions = inParallel(() -> store.commit(under(lease)));

        assertEquals(THREADS, new HashSet<>(versions).size());
        lease.renew();
    }

    @Test
    void refusesEverythingOnceClosed() {
        Lease lease = store.lease("job", LONG).orElseThrow();
        store.close();
        store.close();

        assertThrows(IllegalStateException.class, () -> store.find("a", "k"));
        assertThrows(IllegalStateException.class, () -> store.scan("a", "", 1));
        assertThrows(
                IllegalStateException.class, () -> store.commit(StateChange.put("a", "k", "v")));
        assertThrows(IllegalStateException.class, () -> store.lease("job", LONG));
        assertThrows(IllegalStateException.class, lease::renew);
    }

    private void assertConflict(StateChange change) {
        StateConflictException conflict =
                assertThrows(StateConflictException.class, () -> store.commit(change));
        assertEquals(change.key(), conflict.key());
    }

    /** What is lost can neither be renewed nor committed under. */
    private void assertLost(Lease lease) {
        assertThrows(LeaseLostException.class, lease::renew);
        LeaseLostException lost =
                assertThrows(LeaseLostException.class, () -> store.commit(under(lease)));
        assertEquals(lease.name(), lost.leaseName());
        assertEquals(Optional.empty(), store.find("a", "k"));
    }

    private static Batch under(Lease lease) {
        return Batch.builder().add(StateChange.put("a", "k", "done")).under(lease).build();
    }

    private void increment() {
        while (true) {
            StateEntry entry = store.get("a", "counter");
            String next = String.valueOf(Integer.parseInt(entry.text()) + 1);
            try {
                store.commit(StateChange.put("a", "counter", next).ifVersion(entry.version()));
                return;
            } catch (StateConflictException e) {
                // Another thread was faster: read it again.
            }
        }
    }

    private boolean created(String key) {
        try {
            store.commit(StateChange.put("a", key, "v").ifAbsent());
            return true;
        } catch (StateConflictException e) {
            return false;
        }
    }

    private void putNumbered(int count) {
        Batch.Builder batch = Batch.builder();
        IntStream.range(0, count)
                .forEach(i -> batch.add(StateChange.put("a", key(i), String.valueOf(i))));
        store.commit(batch.build());
    }

    private static String key(int number) {
        return String.format("key-%05d", number);
    }

    private static List<String> keys(List<StateEntry> entries) {
        return entries.stream().map(StateEntry::key).toList();
    }

    private static <T> List<T> inParallel(Callable<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            Callable<T> together =
                    () -> {
                        start.await();
                        return task.call();
                    };
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(threads.submit(together));
            }
            return results(futures);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> List<T> results(List<Future<T>> futures)
            throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
