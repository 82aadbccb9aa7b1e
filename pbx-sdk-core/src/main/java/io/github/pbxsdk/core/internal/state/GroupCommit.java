package io.github.pbxsdk.core.internal.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Has everything that came while the disk was busy written in one go, by one of those who wait.
 *
 * <p>Thread-safe, without a thread of its own. Waiting can't be interrupted: it is for the disk,
 * and whoever left would not know what became of his change.
 *
 * @param <T> what is to be written
 */
public final class GroupCommit<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Consumer<List<T>> writer;
    private final Runnable afterwards;

    private Group<T> next = new Group<>();
    private boolean busy;

    /**
     * Creates one.
     *
     * @param writer writes a group
     * @param afterwards runs after each group, when those who waited for it have gone on
     */
    public GroupCommit(Consumer<List<T>> writer, Runnable afterwards) {
        this.writer = writer;
        this.afterwards = afterwards;
    }

    /** Returns after the item was written, alone or with others. */
    public void write(T item) {
        Group<T> group = join(item);
        if (!takeTurn(group)) {
            return;
        }
        try {
            writeAs(group);
        } finally {
            endTurn();
        }
    }

    /** Does something while nothing is written. */
    public <R> R alone(Supplier<R> action) {
        takeTurn(new Group<>());
        try {
            return action.get();
        } finally {
            endTurn();
        }
    }

    private void writeAs(Group<T> group) {
        try {
            writer.accept(group.items);
        } finally {
            settle(group);
        }
        afterwards.run();
    }

    private Group<T> join(T item) {
        lock.lock();
        try {
            next.items.add(item);
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the turn of a group; false when somebody else has written it meanwhile. */
    private boolean takeTurn(Group<T> group) {
        lock.lock();
        try {
            while (busy && !group.settled) {
                changed.awaitUninterruptibly();
            }
            if (group.settled) {
                return false;
            }
            busy = true;
            if (group == next) {
                next = new Group<>();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void settle(Group<T> group) {
        lock.lock();
        try {
            group.settled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void endTurn() {
        lock.lock();
        try {
            busy = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static final class Group<T> {

        private final List<T> items = new ArrayList<>();
        private boolean settled;
    }
}
