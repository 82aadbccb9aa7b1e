package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which ways of coming in have no ids: a text that comes by two of them can't be told from two
 * equal texts.
 */
final class IntakeDoors {

    private final ReentrantLock lock = new ReentrantLock();

    /** The numbers of each door without ids; none stands for all. */
    private final Map<SmsOrigin, Set<Address>> withoutIds = new HashMap<>();

    private final Set<SmsOrigin> polled = new HashSet<>();

    void addWithoutIds(SmsOrigin origin, Collection<? extends Address> numbers) {
        Set<Address> served = Set.copyOf(numbers);
        lock.lock();
        try {
            requireOneWay(polled.contains(origin), origin);
            withoutIds.forEach(
                    (other, theirs) -> {
                        if (!other.equals(origin)) {
                            requireApart(origin, served, other, theirs);
                        }
                    });
            withoutIds.put(origin, served);
        } finally {
            lock.unlock();
        }
    }

    void addPolled(SmsOrigin origin) {
        lock.lock();
        try {
            requireOneWay(withoutIds.containsKey(origin), origin);
            polled.add(origin);
        } finally {
            lock.unlock();
        }
    }

    private static void requireOneWay(boolean both, SmsOrigin origin) {
        if (both) {
            throw new IllegalStateException(
                    "texts of "
                            + origin.provider()
                            + " come by webhook without ids and by polling, and each would be"
                            + " handled twice; take one way");
        }
    }

    private static void requireApart(
            SmsOrigin origin, Set<Address> numbers, SmsOrigin other, Set<Address> theirs) {
        if (numbers.isEmpty() || theirs.isEmpty() || !Collections.disjoint(numbers, theirs)) {
            throw new IllegalStateException(
                    ("texts of " + origin.provider() + " and of " + other.provider())
                            + " come without ids, and one that comes both ways would be handled"
                            + " twice; say which numbers(...) each is for, and give each number"
                            + " to one of them");
        }
    }
}
