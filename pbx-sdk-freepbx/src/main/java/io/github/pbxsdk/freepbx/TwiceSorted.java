package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.call.CallRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Call records in the order of time, from the order of a wall clock: those of the hour that comes
 * twice are held until it is over, and sorted. All others pass.
 */
final class TwiceSorted implements Iterator<CallRecord> {

    private static final Comparator<CallRecord> BY_TIME =
            Comparator.comparing((CallRecord one) -> one.start().orElse(Instant.EPOCH))
                    .thenComparing(one -> one.sequence().orElse(-1));

    private final Iterator<CallRecord> rows;
    private final Predicate<CallRecord> isTwice;
    private final Deque<CallRecord> ready = new ArrayDeque<>();

    private TwiceSorted(Iterator<CallRecord> rows, Predicate<CallRecord> isTwice) {
        this.rows = rows;
        this.isTwice = isTwice;
    }

    static Stream<CallRecord> sorted(Stream<CallRecord> records, Predicate<CallRecord> isTwice) {
        Iterator<CallRecord> sorted = new TwiceSorted(records.iterator(), isTwice);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                sorted, Spliterator.ORDERED | Spliterator.NONNULL),
                        false)
                .onClose(records::close);
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || rows.hasNext();
    }

    @Override
    public CallRecord next() {
        if (!ready.isEmpty()) {
            return ready.remove();
        }
        CallRecord first = rows.next();
        if (!isTwice.test(first)) {
            return first;
        }
        List<CallRecord> hour = new ArrayList<>(List.of(first));
        CallRecord after = null;
        while (rows.hasNext() && after == null) {
            CallRecord next = rows.next();
            if (isTwice.test(next)) {
                hour.add(next);
            } else {
                after = next;
            }
        }
        hour.sort(BY_TIME);
        ready.addAll(hour);
        if (after != null) {
            ready.add(after);
        }
        return ready.remove();
    }
}
