package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.StateChange;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One entry as it is after a commit; without an entry it was deleted.
 *
 * @param version of the commit, also for a deletion
 */
public record Write(EntryId id, long version, @Nullable Entry entry) {

    static Write of(StateChange change, long version, long nowMillis) {
        EntryId id = EntryId.of(change.namespace(), change.key());
        byte[] value = change.value().orElse(null);
        if (value == null) {
            return new Write(id, version, null);
        }
        long expires = change.ttl().map(ttl -> expiry(ttl, nowMillis)).orElse(Entry.NEVER);
        return new Write(id, version, new Entry(value, version, expires));
    }

    private static long expiry(Duration ttl, long nowMillis) {
        return nowMillis + ttl.toMillis();
    }
}
