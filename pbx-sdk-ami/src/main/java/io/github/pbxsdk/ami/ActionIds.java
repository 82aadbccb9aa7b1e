package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.time.Time;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for the actions of one connection and for the channels they make.
 *
 * <p>The server tells every client how an originate ended, with the id of its action: an id must
 * not occur on another connection, nor on another client.
 */
final class ActionIds {

    private static final int RADIX = 36;
    private static final long RANDOM_NAMES = 1L << 36;

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    ActionIds() {
        this.prefix =
                Long.toString(ThreadLocalRandom.current().nextLong(RANDOM_NAMES), RADIX) + "-";
    }

    String next() {
        return prefix + count.incrementAndGet();
    }

    /** Tells whether a name is one of these. */
    boolean isOneOf(String name) {
        return name.startsWith(prefix);
    }

    /**
     * Returns a name for a channel, in the form of the server's own: who reads {@code Uniqueid} as
     * a time and a number can go on doing so. It has 32 characters at most, as much as the column
     * of call records takes.
     */
    String nextChannel(Time time) {
        return prefix + time.now().getEpochSecond() + "." + count.incrementAndGet();
    }
}
