package io.github.pbxsdk.core.state;

import io.github.pbxsdk.core.internal.state.StateLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One entry to be written or deleted, and how it must be before that.
 *
 * <pre>{@code
 * StateChange.put("sms.sent", messageId, "accepted").ifAbsent().ttl(Duration.ofHours(72))
 * StateChange.delete("recordings.todo", entry.key()).ifVersion(entry.version())
 * }</pre>
 *
 * <p>Immutable: each method that adds something returns another change.
 */
public final class StateChange {

    private static final long ANY = -1;
    private static final long ABSENT = 0;

    private final String namespace;
    private final String key;
    private final byte @Nullable [] value;
    private final long expected;
    private final @Nullable Duration ttl;

    private StateChange(
            String namespace,
            String key,
            byte @Nullable [] value,
            long expected,
            @Nullable Duration ttl) {
        this.namespace = namespace;
        this.key = key;
        this.value = value;
        this.expected = expected;
        this.ttl = ttl;
    }

    /**
     * Returns a change that writes an entry and replaces the one that may be there, with the time
     * it had to live.
     *
     * @param value the bytes, which are copied
     * @throws IllegalArgumentException if a limit of {@link StateStore} is passed
     */
    public static StateChange put(String namespace, String key, byte[] value) {
        return new StateChange(
                StateLimits.namespace(namespace),
                StateLimits.key(key),
                StateLimits.value(value).clone(),
                ANY,
                null);
    }

    /**
     * Returns a change that writes an entry with a text in UTF-8.
     *
     * @throws IllegalArgumentException if a limit of {@link StateStore} is passed
     */
    public static StateChange put(String namespace, String key, String value) {
        return put(namespace, key, StateLimits.utf8("value", value));
    }

    /**
     * Returns a change that deletes an entry; no harm is done when there is none.
     *
     * @throws IllegalArgumentException if a limit of {@link StateStore} is passed
     */
    public static StateChange delete(String namespace, String key) {
        return new StateChange(
                StateLimits.namespace(namespace), StateLimits.key(key), null, ANY, null);
    }

    /**
     * Has the change made only if there is no such entry.
     *
     * @throws IllegalStateException if this is a deletion
     */
    public StateChange ifAbsent() {
        requirePut("ifAbsent");
        return new StateChange(namespace, key, value, ABSENT, ttl);
    }

    /**
     * Has the change made only if the entry still has this version.
     *
     * @throws IllegalArgumentException if the version is not positive
     */
    public StateChange ifVersion(long version) {
        if (version <= 0) {
            throw new IllegalArgumentException(
                    "versions are positive, this is " + version + "; ifAbsent() expects no entry");
        }
        return new StateChange(namespace, key, value, version, ttl);
    }

    /**
     * Has the entry expire after a while; without it, it stays until it is deleted.
     *
     * @param ttl from a millisecond to 100 years
     * @throws IllegalStateException if this is a deletion
     */
    public StateChange ttl(Duration ttl) {
        requirePut("ttl");
        return new StateChange(namespace, key, value, expected, StateLimits.entryTtl(ttl));
    }

    private void requirePut(String setting) {
        if (value == null) {
            throw new IllegalStateException(setting + "(...) makes no sense for a deletion");
        }
    }

    /** Returns the namespace. */
    public String namespace() {
        return namespace;
    }

    /** Returns the key. */
    public String key() {
        return key;
    }

    /** Returns a copy of the bytes to be written, or empty if the entry is to be deleted. */
    public Optional<byte[]> value() {
        return value == null ? Optional.empty() : Optional.of(value.clone());
    }

    /**
     * Returns the version that the entry must have: 0 if it must be absent, or empty if it does not
     * matter.
     */
    public OptionalLong expectedVersion() {
        return expected == ANY ? OptionalLong.empty() : OptionalLong.of(expected);
    }

    /** Returns how long the entry lives, or empty if it does not expire. */
    public Optional<Duration> ttl() {
        return Optional.ofNullable(ttl);
    }

    long size() {
        return (long) namespace.length() + key.length() + (value == null ? 0 : value.length);
    }

    /** Returns what is done to which entry; the value may be personal and is not shown. */
    @Override
    public String toString() {
        return (value == null ? "delete " : "put ") + namespace + "/" + key;
    }
}
