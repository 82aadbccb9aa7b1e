package io.github.pbxsdk.freepbx;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this client has changed and not applied yet. FreePBX itself marks only some changes: of ring
 * groups, routes, follow-me and voicemail its own flag knows nothing.
 */
final class Changes {

    private final AtomicLong made = new AtomicLong();
    private final AtomicLong applied = new AtomicLong();
    private final ReentrantLock applying = new ReentrantLock(true);

    /** Notes that a change goes out, whatever becomes of it. */
    void made() {
        made.incrementAndGet();
    }

    /** Returns how many changes went out. */
    long count() {
        return made.get();
    }

    /** Notes that the first changes, as many as counted before, are live. */
    void applied(long count) {
        applied.accumulateAndGet(count, Math::max);
    }

    boolean areWaiting() {
        return made.get() > applied.get();
    }

    /** Returns the lock under which one reload runs at a time. */
    ReentrantLock applying() {
        return applying;
    }
}
