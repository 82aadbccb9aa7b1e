package io.github.pbxsdk.core.state;

import io.github.pbxsdk.core.internal.state.DiskFiles;
import io.github.pbxsdk.core.internal.state.Draft;
import io.github.pbxsdk.core.internal.state.Entries;
import io.github.pbxsdk.core.internal.state.EntryId;
import io.github.pbxsdk.core.internal.state.GroupCommit;
import io.github.pbxsdk.core.internal.state.LeaseTable;
import io.github.pbxsdk.core.internal.state.LogNumbers;
import io.github.pbxsdk.core.internal.state.PendingCommit;
import io.github.pbxsdk.core.internal.state.StateFiles;
import io.github.pbxsdk.core.internal.state.StateFolder;
import io.github.pbxsdk.core.internal.state.StateLimits;
import io.github.pbxsdk.core.internal.state.StateLog;
import io.github.pbxsdk.core.internal.state.StoreClock;
import io.github.pbxsdk.core.internal.state.StoreLease;
import io.github.pbxsdk.core.internal.state.Write;
import io.github.pbxsdk.core.time.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link StateStore} in a folder of its own, for one process.
 *
 * <pre>{@code
 * StateStore store = FileStateStore.builder().folder(Path.of("/var/lib/app/pbx")).open();
 * }</pre>
 *
 * <p>Changes are appended to a log, and a commit returns when they are on the disk. Threads that
 * commit at the same time share one wait for the disk. All entries are held in memory, about 120
 * bytes more than their keys and values each, so that reading costs no disk access. When more than
 * half of the log is out of date, it is written anew while commits wait and reads go on.
 *
 * <p>After a crash or a loss of power everything is there that a commit has returned for, and of a
 * commit that was under way all or nothing. A log that is damaged elsewhere than at its torn end is
 * refused and left as it is. When the disk is full, commits fail and go on when there is room. When
 * the disk fails to confirm a write, the store takes no more changes until it is opened again;
 * reading goes on.
 *
 * <p>The folder belongs to one open store; a second one is refused. Leases hold among the threads
 * of the process and end with it. Entries and leases expire by a clock that is set when the store
 * opens, to the time of the machine or the latest in the log, and from then on only measures:
 * setting the clock of the machine brings nothing back and ends nothing early.
 */
public final class FileStateStore implements StateStore {

    /** How many tokens are set aside with one write to the disk. */
    private static final int TOKENS_AT_ONCE = 1000;

    private final StateFolder folder;
    private final Entries entries;
    private final StateLog log;
    private final StoreClock clock;
    private final LeaseTable leases = new LeaseTable();
    private final GroupCommit<PendingCommit> commits =
            new GroupCommit<>(this::write, this::compact);
    private final StoreLease.Keeper keeper = new Keeper();

    private long lastVersion;
    private long lastToken;
    private long tokensSetAside;
    private volatile boolean closed;

    private FileStateStore(StateFolder folder, StoreClock machineClock) {
        this.folder = folder;
        this.entries = folder.entries();
        this.log = folder.log();
        LogNumbers numbers = log.numbers();
        this.clock = machineClock.notBefore(numbers.latestMillis());
        this.lastVersion = numbers.highestVersion();
        this.lastToken = numbers.highestToken();
        this.tokensSetAside = numbers.highestToken();
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Optional<StateEntry> find(String namespace, String key) {
        requireOpen();
        return Optional.ofNullable(entries.find(EntryId.of(namespace, key), clock.millis()))
                .map(entry -> entry.toStateEntry(key));
    }

    @Override
    public List<StateEntry> scan(String namespace, String afterKey, int limit) {
        requireOpen();
        return entries.scan(
                StateLimits.namespaceBytes(namespace),
                StateLimits.afterKeyBytes(afterKey),
                StateLimits.page(limit),
                clock.millis());
    }

    @Override
    public long commit(Batch batch) {
        PendingCommit commit = new PendingCommit(batch);
        commits.write(commit);
        return commit.result();
    }

    @Override
    public Optional<Lease> lease(String name, Duration ttl) {
        StateLimits.leaseBytes(name);
        StateLimits.leaseTtl(ttl);
        // A commit under the lease before this one may be on its way to the disk.
        return commits.alone(() -> takeLease(name, ttl));
    }

    /**
     * Ends all leases, closes the log and lets others into the folder; repeatable.
     *
     * @throws StateException if the log cannot be closed
     */
    @Override
    public void close() {
        commits.alone(this::closeFolder);
    }

    private void write(List<PendingCommit> group) {
        if (closed) {
            group.forEach(each -> each.fail(closedAlready()));
            return;
        }
        try {
            append(group);
        } catch (StateException e) {
            failAll(group, e);
        } catch (RuntimeException | Error e) {
            failAll(group, log.stop(e));
            throw e;
        }
    }

    private static void failAll(List<PendingCommit> group, StateException failure) {
        for (PendingCommit each : group) {
            each.fail(
                    new StateException(
                            String.valueOf(failure.getMessage()),
                            failure.getCause(),
                            failure.mayHaveBeenSent()));
        }
    }

    private void append(List<PendingCommit> group) {
        long now = clock.millis();
        Draft draft = new Draft(entries, now);
        List<List<Write>> batches = new ArrayList<>();
        for (PendingCommit each : group) {
            draft(each, draft, now).ifPresent(batches::add);
        }
        if (!batches.isEmpty()) {
            log.append(batches, now);
            entries.apply(draft.writes(), now);
        }
    }

    private Optional<List<Write>> draft(PendingCommit commit, Draft draft, long now) {
        try {
            commit.batch().lease().ifPresent(lease -> leases.requireHeld(lease, now));
            List<Write> writes = draft.add(commit.batch(), lastVersion + 1);
            commit.accept(++lastVersion);
            return Optional.of(writes);
        } catch (StateException refused) {
            commit.fail(refused);
            return Optional.empty();
        }
    }

    private void compact() {
        if (!closed) {
            log.compact(entries, given(), clock.millis());
        }
    }

    private Optional<Lease> takeLease(String name, Duration ttl) {
        requireOpen();
        long now = clock.millis();
        if (!leases.isFree(name, now)) {
            return Optional.empty();
        }
        setTokensAside(now);
        leases.take(name, ++lastToken, ttl, now);
        return Optional.of(new StoreLease(keeper, name, lastToken, ttl));
    }

    /** A token must never be given twice, and not each is worth a write to the disk. */
    private void setTokensAside(long now) {
        if (lastToken < tokensSetAside) {
            return;
        }
        long upTo = lastToken + TOKENS_AT_ONCE;
        log.append(new LogNumbers(lastVersion, upTo, now), now);
        tokensSetAside = upTo;
    }

    private LogNumbers given() {
        return new LogNumbers(lastVersion, tokensSetAside, clock.millis());
    }

    private @Nullable Void closeFolder() {
        if (closed) {
            return null;
        }
        closed = true;
        // The last record of a log proves the one before it.
        log.appendIfWorking(given(), clock.millis());
        try {
            folder.close();
        } catch (IOException e) {
            throw new StateException("cannot close the state in " + folder.path(), e, false);
        }
        return null;
    }

    private void requireOpen() {
        if (closed) {
            throw closedAlready();
        }
    }

    private static IllegalStateException closedAlready() {
        return new IllegalStateException("this store is closed");
    }

    private final class Keeper implements StoreLease.Keeper {

        @Override
        public void renew(Lease lease) {
            requireOpen();
            leases.renew(lease, clock.millis());
        }

        @Override
        public void release(Lease lease) {
            leases.release(lease);
        }
    }

    /** Collects the settings of {@link FileStateStore}; not thread-safe. */
    public static final class Builder {

        private @Nullable Path folder;
        private Durability durability = Durability.DISK;
        private @Nullable Time time;
        private StateFiles files = new DiskFiles();

        private Builder() {}

        /**
         * Sets the folder, which is made if there is none, for its owner only. Put nothing else
         * into it.
         *
         * <p>Choose a local disk: network file systems keep few of the promises a log needs.
         */
        public Builder folder(Path value) {
            this.folder = Objects.requireNonNull(value, "folder");
            return this;
        }

        /** Sets what a commit waits for; {@link Durability#DISK} unless set. */
        public Builder durability(Durability value) {
            this.durability = Objects.requireNonNull(value, "durability");
            return this;
        }

        /** Sets the clock, instead of the machine's. Meant for tests. */
        public Builder time(Time value) {
            this.time = Objects.requireNonNull(value, "time");
            return this;
        }

        Builder files(StateFiles value) {
            this.files = value;
            return this;
        }

        /**
         * Takes the folder and reads its log.
         *
         * @throws IllegalStateException if no folder is set
         * @throws StateException if the folder is in use, the log was written by a newer version or
         *     is damaged, or the disk refuses
         */
        public FileStateStore open() {
            if (folder == null) {
                throw new IllegalStateException("set folder(...) before open()");
            }
            StoreClock clock = time == null ? StoreClock.ofMachine() : StoreClock.of(time);
            boolean synced = durability == Durability.DISK;
            return new FileStateStore(StateFolder.open(folder, files, synced), clock);
        }
    }
}
