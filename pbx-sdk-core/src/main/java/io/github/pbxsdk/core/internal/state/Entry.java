package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.StateEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the index in memory knows of a key. */
public final class Entry {

    /** The expiry of what never expires. */
    static final long NEVER = Long.MAX_VALUE;

    private final byte[] value;
    private final long version;
    private final long expiresMillis;

    Entry(byte[] value, long version, long expiresMillis) {
        this.value = value;
        this.version = version;
        this.expiresMillis = expiresMillis;
    }

    byte[] value() {
        return value;
    }

    long version() {
        return version;
    }

    long expiresMillis() {
        return expiresMillis;
    }

    boolean isLiveAt(long nowMillis) {
        return nowMillis < expiresMillis;
    }

    /** Returns it as applications see it. */
    public StateEntry toStateEntry(String key) {
        return StateEntry.of(key, value, version, expiresAt());
    }

    private @Nullable Instant expiresAt() {
        return expiresMillis == NEVER ? null : Instant.ofEpochMilli(expiresMillis);
    }
}
