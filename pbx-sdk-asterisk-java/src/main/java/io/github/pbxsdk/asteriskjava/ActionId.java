package io.github.pbxsdk.asteriskjava;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ids on the wire: one of ours, which is unique, and behind it the one that the user gave.
 *
 * <p>The server hands ids to other clients as well, so ours must not occur there.
 */
final class ActionId {

    private static final char MARK = '#';
    private static final int RADIX = 36;
    private static final long RANDOM_NAMES = 1L << 36;

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    ActionId() {
        this.prefix =
                Long.toString(ThreadLocalRandom.current().nextLong(RANDOM_NAMES), RADIX) + "_";
    }

    /** Returns the id to send for an action. */
    String next(@Nullable String given) {
        return prefix + count.incrementAndGet() + MARK + (given == null ? "" : given);
    }

    /** Returns the id that the user gave, or null. */
    static @Nullable String given(@Nullable String id) {
        int mark = id == null ? -1 : id.indexOf(MARK);
        return id == null || mark <= 0 || mark == id.length() - 1 ? null : id.substring(mark + 1);
    }

    /** Returns our part of an id, or null if it has none. */
    static @Nullable String own(@Nullable String id) {
        int mark = id == null ? -1 : id.indexOf(MARK);
        return id == null || mark <= 0 ? null : id.substring(0, mark);
    }
}
