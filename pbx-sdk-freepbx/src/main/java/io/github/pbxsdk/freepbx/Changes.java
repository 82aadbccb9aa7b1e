package io.github.pbxsdk.freepbx;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this client has changed and not applied yet. FreePBX itself marks only some changes: of ring
 * groups, routes, follow-me and voicemail its own flag knows nothing.
 */
final class Changes {

    private final AtomicLong made = new AtomicLong();
    private final AtomicLong applied = new AtomicLong();
    private final ReentrantLock applying = new ReentrantLock(true);
    private final ReentrantLock makingMenus = new ReentrantLock(true);

    /**
     * Makes a change, and counts it before and after, whatever becomes of it: a reload that begins
     * while it is under way may or may not have taken it along.
     */
    <T extends @Nullable Object> T changing(Supplier<T> change) {
        made.incrementAndGet();
        try {
            return change.get();
        } finally {
            made.incrementAndGet();
        }
    }

    /** Returns how far the count of changes is. */
    long count() {
        return made.get();
    }

    /** Notes that the changes counted before are live. */
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

    /** Returns the lock under which one menu is made at a time: its name and number are free. */
    ReentrantLock makingMenus() {
        return makingMenus;
    }
}
