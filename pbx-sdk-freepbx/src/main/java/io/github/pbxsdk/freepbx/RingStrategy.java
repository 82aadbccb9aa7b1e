package io.github.pbxsdk.freepbx;

/**
 * In what order the telephones of a ring group ring.
 *
 * <p>FreePBX takes any word for it, and after a wrong one it can't list its groups any more; so
 * only these are sent.
 */
public enum RingStrategy {
    /** All at once. */
    RING_ALL("ringall"),
    /** All at once, unless the first one is busy or does not want to be disturbed. */
    RING_ALL_PRIMARY("ringall-prim"),
    /** One after the other. */
    HUNT("hunt"),
    /** One after the other, unless the first one is busy. */
    HUNT_PRIMARY("hunt-prim"),
    /** The first, then the first two, and so on. */
    MEMORY_HUNT("memoryhunt"),
    /** As before, unless the first one is busy. */
    MEMORY_HUNT_PRIMARY("memoryhunt-prim"),
    /** The first that is free. */
    FIRST_AVAILABLE("firstavailable"),
    /** The first whose line is free, call waiting or not. */
    FIRST_NOT_ON_PHONE("firstnotonphone"),
    /** A word that is not known here; see {@link RingGroup#raw()}. It can't be set. */
    OTHER("");

    private final String sent;

    RingStrategy(String sent) {
        this.sent = sent;
    }

    /** Returns the word to send, which has a dash where the word that is read has none. */
    String sent() {
        if (this == OTHER) {
            throw new IllegalArgumentException("OTHER is read, and can't be set");
        }
        return sent;
    }

    static RingStrategy read(String word) {
        for (RingStrategy strategy : values()) {
            if (strategy != OTHER && strategy.sent.replace("-", "").equals(word.replace("-", ""))) {
                return strategy;
            }
        }
        return OTHER;
    }
}
