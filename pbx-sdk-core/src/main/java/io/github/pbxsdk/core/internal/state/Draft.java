package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Batches that were accepted but are not visible yet; each is checked against those before it.
 *
 * <p>Nobody reads what is not on disk, but the next batch in line must already reckon with it.
 */
public final class Draft {

    private final Entries entries;
    private final long nowMillis;
    private final Map<EntryId, Write> drafted = new HashMap<>();
    private final List<Write> writes = new ArrayList<>();

    /** Creates an empty draft on top of what is visible. */
    public Draft(Entries entries, long nowMillis) {
        this.entries = entries;
        this.nowMillis = nowMillis;
    }

    /**
     * Adds a batch.
     *
     * @return what is to be written for it
     * @throws StateConflictException if an entry is not as expected; nothing was added
     */
    public List<Write> add(Batch batch, long version) {
        List<Write> added = new ArrayList<>(batch.changes().size());
        for (StateChange change : batch.changes()) {
            Write write = Write.of(change, version, nowMillis);
            requireExpected(change, write.id());
            added.add(write);
        }
        added.forEach(write -> drafted.put(write.id(), write));
        writes.addAll(added);
        return added;
    }

    /** Returns what is to be written for all batches. */
    public List<Write> writes() {
        return writes;
    }

    private void requireExpected(StateChange change, EntryId id) {
        if (change.expectedVersion().isEmpty()) {
            return;
        }
        Entry entry = current(id);
        long found = entry == null ? 0 : entry.version();
        if (found != change.expectedVersion().getAsLong()) {
            throw new StateConflictException(change);
        }
    }

    private @Nullable Entry current(EntryId id) {
        Write write = drafted.get(id);
        return write == null ? entries.find(id, nowMillis) : write.entry();
    }
}
