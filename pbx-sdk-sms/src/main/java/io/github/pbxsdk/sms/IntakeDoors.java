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

    private final Set<SmsOrigin> withIds = new HashSet<>();

    void addWithoutIds(SmsOrigin origin, Collection<? extends Address> numbers) {
        Set<Address> served = Set.copyOf(numbers);
        lock.lock();
        try {
            withIds.forEach(other -> requireOneWay(origin, served, other));
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

    void addWithIds(SmsOrigin origin) {
        lock.lock();
        try {
            withoutIds.forEach((other, theirs) -> requireOneWay(other, theirs, origin));
            withIds.add(origin);
        } finally {
            lock.unlock();
        }
    }

    /** Who brings the texts of all numbers brings those of the other way, too. */
    private static void requireOneWay(
            SmsOrigin withoutIds, Set<Address> numbers, SmsOrigin withIds) {
        if (numbers.isEmpty() || withoutIds.equals(withIds)) {
            throw new IllegalStateException(
                    ("texts of " + name(withoutIds) + " come without ids, those of ")
                            + (name(withIds) + " live or by polling, and one that comes both")
                            + " ways would be handled twice; take one way, or say which"
                            + " numbers(...) of another account the webhook is for");
        }
    }

    private static String name(SmsOrigin origin) {
        return origin.provider() + " " + origin.account();
    }

    private static void requireApart(
            SmsOrigin origin, Set<Address> numbers, SmsOrigin other, Set<Address> theirs) {
        if (numbers.isEmpty() || theirs.isEmpty() || !Collections.disjoint(numbers, theirs)) {
            throw new IllegalStateException(
                    ("texts of " + name(origin) + " and of " + name(other))
                            + " come without ids, and one that comes both ways would be handled"
                            + " twice; say which numbers(...) each is for, and give each number"
                            + " to one of them");
        }
    }
}
