package io.github.pbxsdk.core.internal.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/** The limits that hold for every store. */
public final class StateLimits {

    /** How many bytes a namespace or the name of a lease may have. */
    public static final int NAMESPACE = 100;

    /** How many bytes a key may have. */
    public static final int KEY = 1000;

    /** How many bytes a value may have. */
    public static final int VALUE = 64 << 10;

    /** How many entries may be asked for at once. */
    public static final int PAGE = 10_000;

    private static final Duration SHORTEST_TTL = Duration.ofMillis(1);
    private static final Duration LONGEST_LEASE = Duration.ofDays(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(36_525);

    private StateLimits() {}

    /** Returns the namespace, checked. */
    public static String namespace(String namespace) {
        requireName("namespace", namespace, NAMESPACE);
        return namespace;
    }

    /** Returns the namespace or name as bytes, checked. */
    public static byte[] namespaceBytes(String namespace) {
        return name("namespace", namespace, NAMESPACE);
    }

    /** Returns the name of a lease as bytes, checked. */
    public static byte[] leaseBytes(String name) {
        return name("name of the lease", name, NAMESPACE);
    }

    /** Returns the key, checked. */
    public static String key(String key) {
        requireName("key", key, KEY);
        return key;
    }

    /** Returns the key as bytes, checked. */
    public static byte[] keyBytes(String key) {
        return name("key", key, KEY);
    }

    /** Returns the key after which a scan begins as bytes, checked; it may be empty. */
    public static byte[] afterKeyBytes(String afterKey) {
        return afterKey.isEmpty() ? new byte[0] : keyBytes(afterKey);
    }

    /** Returns the value, checked. */
    public static byte[] value(byte[] value) {
        if (value.length > VALUE) {
            throw new IllegalArgumentException(
                    "a value has at most " + VALUE + " bytes, this one has " + value.length);
        }
        return value;
    }

    /** Returns the number of entries to be returned, checked. */
    public static int page(int count) {
        if (count < 1 || count > PAGE) {
            throw new IllegalArgumentException(
                    "1 to " + PAGE + " entries can be asked for at once, not " + count);
        }
        return count;
    }

    /** Returns the life of an entry, checked. */
    public static Duration entryTtl(Duration ttl) {
        return ttl(ttl, LONGEST_LIFE, "an entry lives from a millisecond to 100 years, not ");
    }

    /** Returns the length of a lease, checked. */
    public static Duration leaseTtl(Duration ttl) {
        return ttl(ttl, LONGEST_LEASE, "a lease lasts from a millisecond to a day, not ");
    }

    /**
     * Returns the text in UTF-8.
     *
     * @throws IllegalArgumentException if it holds half a surrogate pair, which would be stored as
     *     something else and might then be taken for another text
     */
    public static byte[] utf8(String what, String text) {
        requireWhole(what, text);
        return text.getBytes(UTF_8);
    }

    private static void requireWhole(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && !isInPair(text, i)) {
                throw new IllegalArgumentException(
                        "the " + what + " holds half a surrogate pair, which no UTF-8 can hold");
            }
        }
    }

    private static boolean isInPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private static byte[] name(String what, String text, int limit) {
        requireName(what, text, limit);
        return text.getBytes(UTF_8);
    }

    private static void requireName(String what, String text, int limit) {
        boolean usual = !text.isEmpty() && text.length() <= limit && isPrintableAscii(text);
        if (!usual) {
            requireUnusualName(what, text, limit);
        }
    }

    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static void requireUnusualName(String what, String text, int limit) {
        int length = utf8(what, text).length;
        if (length == 0 || length > limit) {
            throw new IllegalArgumentException(
                    "a " + what + " has 1 to " + limit + " bytes, this one has " + length);
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException("the " + what + " holds a control character");
            }
        }
    }

    private static Duration ttl(Duration ttl, Duration longest, String sentence) {
        if (ttl.compareTo(SHORTEST_TTL) < 0 || ttl.compareTo(longest) > 0) {
            throw new IllegalArgumentException(sentence + ttl);
        }
        return ttl;
    }
}
