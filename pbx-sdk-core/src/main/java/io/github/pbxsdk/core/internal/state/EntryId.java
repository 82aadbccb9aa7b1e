package io.github.pbxsdk.core.internal.state;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The namespace and the key of an entry, in the bytes and the order of the log. */
public final class EntryId implements Comparable<EntryId> {

    private static final Comparator<EntryId> ORDER =
            Comparator.<EntryId, byte[]>comparing(id -> id.namespace, Arrays::compareUnsigned)
                    .thenComparing(id -> id.key, Arrays::compareUnsigned);

    private final byte[] namespace;
    private final byte[] key;

    EntryId(byte[] namespace, byte[] key) {
        this.namespace = namespace;
        this.key = key;
    }

    /** Returns the id of a namespace and a key that are within the limits. */
    public static EntryId of(String namespace, String key) {
        return new EntryId(StateLimits.namespaceBytes(namespace), StateLimits.keyBytes(key));
    }

    byte[] namespace() {
        return namespace;
    }

    byte[] key() {
        return key;
    }

    @Override
    public int compareTo(EntryId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EntryId that
                && Arrays.equals(namespace, that.namespace)
                && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(namespace) + Arrays.hashCode(key);
    }
}
