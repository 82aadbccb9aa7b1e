package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
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

    private final ReentrantLock lock = new ReentrantLock();
    private final String text = "1 claimed " + UUID.randomUUID();
    private final StateStore store;
    private final String key;
    private final Time time;
    private final Executor threads;
    private final long begun;
    private long version;

    /** Whether the answer to a renewal was lost: it may have given the claim another version. */
    private boolean inDoubt;

    private boolean ended;
    private Time.Alarm next = () -> {};

    private KeptClaim(StateStore store, String key, Time time, Executor threads) {
        this.store = store;
        this.key = key;
        this.time = time;
        this.threads = threads;
        this.begun = time.nanos();
    }

    /** Takes the claim, unless there is an entry already. */
    static Optional<KeptClaim> take(StateStore store, String key, Time time, Executor threads) {
        KeptClaim claim = new KeptClaim(store, key, time, threads);
        try {
            claim.begin();
            return Optional.of(claim);
        } catch (StateConflictException e) {
            return Optional.empty();
        }
    }

    private void begin() {
        lock.lock();
        try {
            version = store.commit(renewed().ifAbsent());
            planNext();
        } finally {
            lock.unlock();
        }
    }

    private StateChange renewed() {
        return StateChange.put(SmsIntake.NAMESPACE, key, text).ttl(LIFE);
    }

    /** A store may be far away: that is not for the thread of the clock. */
    private void planNext() {
        next = time.schedule(LIFE.dividedBy(3), () -> threads.execute(this::renew));
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
            version = store.commit(renewed().ifVersion(currentVersion()));
            planNext();
        } catch (StateConflictException e) {
            log.warn("{} was out of our hands for too long; others may have begun with it", key);
        } catch (RuntimeException e) {
            log.debug("a claim could not be renewed; it is tried again", e);
            inDoubt = true;
            planNext();
        } finally {
            lock.unlock();
        }
    }

    private long currentVersion() {
        if (inDoubt) {
            store.find(SmsIntake.NAMESPACE, key)
                    .filter(entry -> entry.text().equals(text))
                    .ifPresent(entry -> version = entry.version());
            inDoubt = false;
        }
        return version;
    }

    /** Ends the claim with the next change of its entry, refused if somebody else has it by now. */
    StateChange becoming(String value, Duration ttl) {
        return StateChange.put(SmsIntake.NAMESPACE, key, value).ifVersion(end()).ttl(ttl);
    }

    /** Gives the claim back. */
    void release() {
        try {
            store.commit(StateChange.delete(SmsIntake.NAMESPACE, key).ifVersion(end()));
        } catch (RuntimeException e) {
            // It ends by itself in some seconds.
            log.debug("a claim could not be given back: {}", e.getMessage());
        }
    }

    private long end() {
        lock.lock();
        try {
            ended = true;
            next.cancel();
            return currentVersion();
        } finally {
            lock.unlock();
        }
    }
}
