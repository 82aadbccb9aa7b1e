package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to handle an event: short, so that nobody waits long for a process that was killed in
 * its handler, and renewed while the handler is at work.
 */
final class KeptClaim {

    private static final Logger log = LoggerFactory.getLogger(KeptClaim.class);

    private static final Duration LIFE = Duration.ofSeconds(20);

    /** A handler that hangs for so long must not keep the event from others. */
    private static final Duration LONGEST_WORK = Duration.ofMinutes(15);

    /** Of the platform: handlers that hold on to the carriers of virtual ones must not stop it. */
    private static final Executor RENEWALS = Executors.newCachedThreadPool(KeptClaim::thread);

    private final ReentrantLock lock = new ReentrantLock();
    private final StateStore store;
    private final String key;
    private final String mark;
    private final Time time;
    private final long begun;

    /** That of our entry when we last saw it; 0 where there was none. */
    private long version;

    private boolean ended;
    private Time.Alarm next = () -> {};

    /**
     * Prepares a claim.
     *
     * @param owner what begins the mark that the claim has in the store
     */
    KeptClaim(StateStore store, String key, String owner, Time time) {
        this.store = store;
        this.key = key;
        this.mark = owner + " " + UUID.randomUUID();
        this.time = time;
        this.begun = time.nanos();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "pbx-sdk-sms-claims");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns what stands in the store while it is ours. */
    String mark() {
        return mark;
    }

    /** Takes the claim; false if there is an entry already. */
    boolean take() {
        lock.lock();
        try {
            commit(renewed(), List.of());
            planNext();
            return true;
        } catch (StateConflictException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private StateChange renewed() {
        return StateChange.put(SmsIntake.NAMESPACE, key, mark).ttl(LIFE);
    }

    private void planNext() {
        if (!ended) {
            next = time.schedule(LIFE.dividedBy(3), this::ring);
        }
    }

    /** A store may be far away: that is not for the thread of the clock. */
    private void ring() {
        try {
            RENEWALS.execute(this::renew);
        } catch (RuntimeException | Error e) {
            tryAgain(e);
        }
    }

    private void renew() {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            if (time.nanos() - begun > LONGEST_WORK.toNanos()) {
                log.warn("{} is still being handled; others may begin with it", key);
                return;
            }
            commit(renewed(), List.of());
            planNext();
        } catch (StateConflictException e) {
            log.warn("{} was out of our hands for too long; others may have begun with it", key);
        } catch (RuntimeException | Error e) {
            tryAgain(e);
        } finally {
            lock.unlock();
        }
    }

    private void tryAgain(Throwable failure) {
        log.warn("the claim of {} could not be renewed; it is tried again", key, failure);
        lock.lock();
        try {
            planNext();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the claim with what its entry becomes, in one step with other changes.
     *
     * @throws StateConflictException if somebody else has it by now, or another change is refused
     */
    void become(String value, Duration ttl, List<StateChange> others) {
        lock.lock();
        try {
            end();
            commit(StateChange.put(SmsIntake.NAMESPACE, key, value).ttl(ttl), others);
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        ended = true;
        next.cancel();
    }

    /** Gives the claim back. */
    void release() {
        lock.lock();
        try {
            end();
            Optional<StateEntry> entry = store.find(SmsIntake.NAMESPACE, key);
            if (entry.filter(this::isOurs).isPresent()) {
                store.commit(
                        StateChange.delete(SmsIntake.NAMESPACE, key)
                                .ifVersion(entry.get().version()));
            }
        } catch (RuntimeException e) {
            // It ends by itself in some seconds.
            log.debug("a claim could not be given back: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private boolean isOurs(StateEntry entry) {
        return entry.text().equals(mark);
    }

    /** Tries again where our entry is another one than we thought, but not somebody else's. */
    private void commit(StateChange change, List<StateChange> others) {
        while (true) {
            try {
                version = store.commit(batch(change, others));
                return;
            } catch (StateConflictException e) {
                version = changedVersion(e);
            }
        }
    }

    private Batch batch(StateChange change, List<StateChange> others) {
        Batch.Builder batch =
                Batch.builder().add(version == 0 ? change.ifAbsent() : change.ifVersion(version));
        others.forEach(batch::add);
        return batch.build();
    }

    /**
     * Looks up what became of our entry: a renewal may have been made though its answer was lost,
     * and while the store was away it may have expired.
     */
    private long changedVersion(StateConflictException refusal) {
        Optional<StateEntry> entry = store.find(SmsIntake.NAMESPACE, key);
        long found = entry.map(StateEntry::version).orElse(0L);
        if (found == version || !entry.map(this::isOurs).orElse(true)) {
            throw refusal;
        }
        return found;
    }
}
