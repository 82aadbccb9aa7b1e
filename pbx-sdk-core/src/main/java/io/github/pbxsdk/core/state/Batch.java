package io.github.pbxsdk.core.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes that are made together or not at all.
 *
 * <pre>{@code
 * store.commit(Batch.builder()
 *         .add(StateChange.put("recordings.done", name, checksum).ifAbsent())
 *         .add(StateChange.put("recordings", "cursor", cursor).ifVersion(known.version()))
 *         .under(lease)
 *         .build());
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Batch {

    private static final int MOST_CHANGES = 10_000;
    private static final long MOST_BYTES = 16L << 20;

    private final List<StateChange> changes;
    private final @Nullable Lease lease;

    private Batch(List<StateChange> changes, @Nullable Lease lease) {
        this.changes = List.copyOf(changes);
        this.lease = lease;
    }

    /** Returns a batch of one change. */
    public static Batch of(StateChange change) {
        return new Batch(List.of(change), null);
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the changes in the order in which they were added. */
    public List<StateChange> changes() {
        return changes;
    }

    /** Returns the lease that must be held when the changes are made, if there is one. */
    public Optional<Lease> lease() {
        return Optional.ofNullable(lease);
    }

    /** Collects the changes of a {@link Batch}; not thread-safe. */
    public static final class Builder {

        private final List<StateChange> changes = new ArrayList<>();
        private final Set<List<String>> entries = new HashSet<>();
        private @Nullable Lease lease;
        private long size;

        private Builder() {}

        /**
         * Adds a change.
         *
         * @throws IllegalArgumentException if there is a change of this entry already
         * @throws IllegalStateException if the batch grows larger than 10,000 changes or 16 MiB
         */
        public Builder add(StateChange change) {
            requireRoom(change);
            if (!entries.add(List.of(change.namespace(), change.key()))) {
                throw new IllegalArgumentException(
                        "this batch changes "
                                + change.namespace()
                                + "/"
                                + change.key()
                                + " already");
            }
            changes.add(change);
            size += change.size();
            return this;
        }

        private void requireRoom(StateChange change) {
            if (changes.size() == MOST_CHANGES || size + change.size() > MOST_BYTES) {
                throw new IllegalStateException(
                        "a batch has at most 10,000 changes and 16 MiB; commit this one and begin"
                                + " another");
            }
        }

        /**
         * Has the changes made only while this lease is held.
         *
         * <p>The store checks it in the same step: whoever was stopped for longer than his lease,
         * by a long collection of garbage or a sleeping machine, changes nothing when he goes on.
         */
        public Builder under(Lease value) {
            this.lease = Objects.requireNonNull(value, "lease");
            return this;
        }

        /**
         * Returns the batch.
         *
         * @throws IllegalStateException if it has no change
         */
        public Batch build() {
            if (changes.isEmpty()) {
                throw new IllegalStateException("add a change before build()");
            }
            return new Batch(changes, lease);
        }
    }
}
