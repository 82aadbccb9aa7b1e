package io.github.pbxsdk.pbx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** One meter for the values of several clients with the same tags: their sum. Thread-safe. */
final class WatchedValues {

    private final ReentrantLock lock = new ReentrantLock();
    private final boolean rises;
    private final List<LongSupplier> values = new ArrayList<>();
    private long left;

    /**
     * Creates it without values.
     *
     * @param rises whether what a client has counted stays in the sum when the client goes
     */
    WatchedValues(boolean rises) {
        this.rises = rises;
    }

    void add(LongSupplier value) {
        lock.lock();
        try {
            values.add(value);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a value out; returns whether it was the last one. */
    boolean remove(LongSupplier value) {
        lock.lock();
        try {
            if (values.remove(value) && rises) {
                left += value.getAsLong();
            }
            return values.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    long sum() {
        lock.lock();
        try {
            return left + values.stream().mapToLong(LongSupplier::getAsLong).sum();
        } finally {
            lock.unlock();
        }
    }
}
