package io.github.pbxsdk.sms;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What one sender has to send in a run, and how fast. */
final class BulkLane {

    private final SendRate rate;
    private final Deque<BulkItem> queue = new ArrayDeque<>();
    private boolean waiting;

    BulkLane(SendRate rate) {
        this.rate = rate;
    }

    SendRate rate() {
        return rate;
    }

    Deque<BulkItem> queue() {
        return queue;
    }

    /** Puts items back to the front, in their order. */
    void putBack(List<BulkItem> items) {
        for (int i = items.size() - 1; i >= 0; i--) {
            queue.addFirst(items.get(i));
        }
    }

    /** Tells whether an alarm will wake it. */
    boolean isWaiting() {
        return waiting;
    }

    void waits(boolean value) {
        this.waiting = value;
    }
}
