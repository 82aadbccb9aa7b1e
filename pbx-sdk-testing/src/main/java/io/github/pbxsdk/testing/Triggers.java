package io.github.pbxsdk.testing;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** What is to happen at which point of a stream of bytes or datagrams. */
final class Triggers {

    private final Queue<Trigger> waiting =
            new PriorityQueue<>(
                    Comparator.comparingLong(Trigger::point).thenComparingLong(Trigger::number));
    private long added;

    void add(long point, Runnable action) {
        waiting.add(new Trigger(point, added++, action));
    }

    void clear() {
        waiting.clear();
    }

    /** Returns how much may pass before something has to happen. */
    long distance(long point) {
        Trigger next = waiting.peek();
        return next == null ? Long.MAX_VALUE : next.point - point;
    }

    void fire(long point) {
        while (distance(point) <= 0) {
            waiting.remove().action.run();
        }
    }

    private record Trigger(long point, long number, Runnable action) {}
}
