package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** What a sync has written down: what is done, what is not, and up to when it has looked. */
final class SyncLedger {

    private static final int LONGEST_KEY = 900;

    private final ReentrantLock lock = new ReentrantLock();
    private final StateStore store;
    private final KnownRecordings known;
    private final String open;
    private final String cursors;
    private final CommitStep step;

    SyncLedger(StateStore store, String pbx, CommitStep step) {
        String id = StorageKey.escape(pbx);
        this.store = store;
        this.known = new KnownRecordings(store, "recordings.known." + id);
        this.open = "recordings.open." + id;
        this.cursors = "recordings.cursor." + id;
        this.step = step;
    }

    Optional<Known> known(String name) {
        return known.find(name);
    }

    Map<String, Known> known(Collection<String> names) {
        return known.findAll(names);
    }

    Optional<OpenRecording> open(String name) {
        return store.find(open, key(name)).map(StateEntry::text).map(OpenRecording::read);
    }

    /** Returns what is not done; to be closed. */
    Stream<OpenRecording> open() {
        return store.stream(open).map(StateEntry::text).map(OpenRecording::read);
    }

    private static String key(String name) {
        String key = StorageKey.escape(name);
        return key.length() <= LONGEST_KEY
                ? key
                : key.substring(0, LONGEST_KEY) + "|" + RecordingFiles.sha256(name);
    }

    void keep(OpenRecording recording, Lease lease) {
        StateChange change =
                StateChange.put(open, key(recording.recording().name()), recording.write());
        store.commit(Batch.builder().add(change).under(lease).build());
    }

    void forget(CallRecording recording, Lease lease) {
        StateChange change = StateChange.delete(open, key(recording.name()));
        store.commit(Batch.builder().add(change).under(lease).build());
    }

    /** Notes that a recording is done without having been delivered now. */
    void close(CallRecording recording, Known done, Lease lease) {
        lock.lock();
        try {
            store.commit(closing(recording, done).under(lease).build());
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a recording has been delivered, with what the application adds. */
    void deliver(CallRecording recording, Known done, Lease lease) {
        lock.lock();
        try {
            Batch.Builder batch = closing(recording, done);
            step.add(recording, batch);
            store.commit(batch.under(lease).build());
        } finally {
            lock.unlock();
        }
    }

    private Batch.Builder closing(CallRecording recording, Known done) {
        return Batch.builder()
                .add(known.put(recording.name(), done))
                .add(StateChange.delete(open, key(recording.name())));
    }

    Optional<Instant> cursor(String of) {
        return store.find(cursors, of).map(entry -> Cursor.read(entry.text()).at());
    }

    void cursor(String of, Instant at, Lease lease) {
        StateChange change = StateChange.put(cursors, of, new Cursor(at).write());
        store.commit(Batch.builder().add(change).under(lease).build());
    }
}
