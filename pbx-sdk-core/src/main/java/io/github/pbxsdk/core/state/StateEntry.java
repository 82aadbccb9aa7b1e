package io.github.pbxsdk.core.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a {@link StateStore} as it was when it was read.
 *
 * <p>Immutable.
 */
public final class StateEntry {

    private final String key;
    private final byte[] value;
    private final long version;
    private final @Nullable Instant expiresAt;

    private StateEntry(String key, byte[] value, long version, @Nullable Instant expiresAt) {
        this.key = Objects.requireNonNull(key, "key");
        this.value = value;
        this.version = version;
        this.expiresAt = expiresAt;
    }

    /**
     * Returns an entry; for those who implement a store.
     *
     * @param value its bytes, which are copied
     * @param expiresAt when it expires, or null for never
     */
    public static StateEntry of(
            String key, byte[] value, long version, @Nullable Instant expiresAt) {
        return new StateEntry(key, value.clone(), version, expiresAt);
    }

    /** Returns the key. */
    public String key() {
        return key;
    }

    /** Returns a copy of the value. */
    public byte[] bytes() {
        return value.clone();
    }

    /** Returns the value as a text in UTF-8. */
    public String text() {
        return new String(value, UTF_8);
    }

    /**
     * Returns the version, to be given to {@link StateChange#ifVersion} by whoever wants to change
     * the entry only as it was read.
     */
    public long version() {
        return version;
    }

    /**
     * Returns when it expires, by the clock of the store, or empty if it never does.
     *
     * <p>The clock of the store may differ from that of the machine.
     */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StateEntry that
                && key.equals(that.key)
                && version == that.version
                && Arrays.equals(value, that.value)
                && Objects.equals(expiresAt, that.expiresAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, version);
    }

    /** Returns key, version and size; the value may be personal and is not shown. */
    @Override
    public String toString() {
        return key + " (version " + version + ", " + value.length + " bytes)";
    }
}
