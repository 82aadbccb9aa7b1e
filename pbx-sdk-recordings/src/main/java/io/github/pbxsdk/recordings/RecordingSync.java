package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.call.CallRecordSource;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.observe.ProgressListener;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingSignal;
import io.github.pbxsdk.core.recording.RecordingSink;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import io.github.pbxsdk.core.recording.StartOrigin;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the call recordings of a PBX to where they are wanted: each once, whole, described.
 *
 * <pre>{@code
 * RecordingSync sync = RecordingSync.builder("pbx-7")
 *         .source(DirectorySource.of(Path.of("monitor")))
 *         .sink(FolderSink.of(Path.of("recordings")))
 *         .store(FileStateStore.builder().folder(Path.of("state")).open())
 *         .build();
 *
 * SyncReport report = sync.syncNow();
 * Subscription every = sync.syncEvery();                   // ten minutes, and after each signal
 * }</pre>
 *
 * <p>A recording is delivered when its bytes say that it is finished, or where they say nothing,
 * when nothing has changed for a minute. What is not, waits and is looked at again; what fails
 * comes again; a later content under the same name is delivered as the next revision. Nothing is
 * ever deleted on the PBX.
 *
 * <p>The store says what has been delivered: keep it as long as the recordings. Several instances
 * may share one; only one of them works at a time, also after a pause of the machine.
 *
 * <p>Make one for each PBX and close it at the end; sources, sinks and store stay the caller's.
 * Thread-safe.
 */
public final class RecordingSync implements AutoCloseable {

    /** How often {@link #syncEvery()} looks. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(10);

    private final SyncSettings settings;
    private final PbxResources resources;
    private final boolean ownsResources;
    private final SyncEngine engine;
    private final ResourcesAccess.Registration registration;
    private final List<Subscription> loops = new CopyOnWriteArrayList<>();

    private RecordingSync(SyncSettings settings, @Nullable PbxResources shared) {
        this.settings = settings;
        this.ownsResources = shared == null;
        this.resources = shared == null ? PbxResources.create() : shared;
        this.engine = new SyncEngine(settings, resources.time());
        this.registration = ResourcesAccess.get().register(resources, this::end);
    }

    /**
     * Returns a builder.
     *
     * @param pbx what the application calls this PBX, for ever: it is part of each recording's key
     */
    public static Builder builder(String pbx) {
        return new Builder(pbx);
    }

    /**
     * Looks for what has come since the last time and delivers it; from lists, that is what the
     * last days have.
     *
     * <p>Single recordings that fail are in the report and come again.
     *
     * @throws StateException if the store fails; nothing is delivered without it
     * @throws io.github.pbxsdk.core.PbxException if a source or the call records can't be read
     */
    public SyncReport syncNow() {
        return Futures.await(syncNowAsync());
    }

    /**
     * Does as {@link #syncNow} without waiting; the future fails as that does. Cancelling it ends
     * the run between two recordings, or in the middle of one, which comes again.
     */
    public CompletableFuture<SyncReport> syncNowAsync() {
        return start(() -> engine.recent(DEFAULT_INTERVAL).report());
    }

    /**
     * Looks at everything that the sources list and delivers what is missing: work for the night on
     * a PBX with a large archive. {@link #syncNow} and {@link #syncEvery} do it by themselves once
     * a night, at {@link Builder#archiveCheckAt}; it brings what came late into the folder of an
     * earlier day, too.
     *
     * @throws StateException if the store fails; nothing is delivered without it
     * @throws io.github.pbxsdk.core.PbxException if a source can't be read
     */
    public SyncReport syncArchive() {
        return Futures.await(syncArchiveAsync());
    }

    /** Does as {@link #syncArchive} without waiting; the future fails as that does. */
    public CompletableFuture<SyncReport> syncArchiveAsync() {
        return start(() -> engine.archive(DEFAULT_INTERVAL).report());
    }

    /** Does as {@link #syncEvery(Duration)}, every ten minutes. */
    public Subscription syncEvery() {
        return syncEvery(DEFAULT_INTERVAL);
    }

    /**
     * Looks now, after each interval, and soon after a signal, until the subscription or the sync
     * is closed. What goes wrong is logged, told by {@link #status}, and tried again by the next
     * run.
     *
     * @throws IllegalArgumentException if the interval is shorter than a second
     */
    public Subscription syncEvery(Duration interval) {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "syncEvery(...) is for a second or more, not " + interval);
        }
        SyncLoop loop = new SyncLoop(engine, resources.time(), interval, settings.settle());
        loops.add(loop);
        loop.start(settings.signals());
        return () -> {
            loop.close();
            loops.remove(loop);
        };
    }

    /**
     * Returns how it stands: what is not done, since when and why. It asks the store alone, not the
     * PBX.
     *
     * @throws StateException if the store fails
     */
    public SyncStatus status() {
        return Futures.await(statusAsync());
    }

    /** Does as {@link #status} without waiting; the future fails as that does. */
    public CompletableFuture<SyncStatus> statusAsync() {
        return start(engine::status);
    }

    /**
     * Looks which layout this PBX has and which roads work, and says so in words. It reads a few
     * names and opens one recording of each source; it changes nothing and never throws because of
     * the PBX.
     */
    public RecordingsCheck check() {
        return Futures.await(checkAsync());
    }

    /** Does as {@link #check} without waiting. */
    public CompletableFuture<RecordingsCheck> checkAsync() {
        return start(() -> new Checkup(settings, resources.time()).run());
    }

    private <T> CompletableFuture<T> start(Supplier<T> work) {
        RootFuture<T> root = new RootFuture<>(resources.executor());
        try {
            Future<?> running = engine.threads().submit(() -> settle(root, work));
            root.onCancel(() -> running.cancel(true));
        } catch (RejectedExecutionException e) {
            root.fail(new IllegalStateException(this + " is closed", e));
        }
        return root;
    }

    private static <T> void settle(RootFuture<T> root, Supplier<T> work) {
        try {
            root.succeed(work.get());
        } catch (RuntimeException | Error e) {
            root.fail(e);
        }
    }

    /** Ends what is under way, which comes again another time; repeatable. */
    @Override
    public void close() {
        registration.remove();
        end();
        if (ownsResources) {
            resources.close();
        }
    }

    private void end() {
        loops.forEach(Subscription::close);
        loops.clear();
        engine.close();
    }

    @Override
    public String toString() {
        return "RecordingSync[" + settings.pbx() + "]";
    }

    /** Collects the settings of a {@link RecordingSync}; not thread-safe. */
    public static final class Builder {

        private static final int LONGEST_PBX = 64;
        private static final int MOST_AT_A_TIME = 8;

        private final String pbx;
        private final List<RecordingSource> sources = new ArrayList<>();
        private final List<RecordingSignal> signals = new ArrayList<>();
        private final List<RecordingSink> sinks = new ArrayList<>();
        private @Nullable CallRecordSource callRecords;
        private @Nullable StateStore store;
        private @Nullable PbxResources resources;
        private @Nullable Instant createdSince;
        private @Nullable Instant createdBefore;
        private boolean includeUndated;
        private ZoneId zone = ZoneOffset.UTC;
        private String directory = "/var/spool/asterisk/monitor";
        private Duration settle = Duration.ofSeconds(2);
        private int atATime = 2;
        private long bytesPerSecond;
        private LocalTime archiveCheckAt = LocalTime.of(3, 0);
        private CommitStep step = (recording, batch) -> {};
        private ProgressListener progress = ProgressListener.none();
        private Arrival arrival = recording -> {};

        private Builder(String pbx) {
            if (pbx.isEmpty() || StorageKey.escape(pbx).length() > LONGEST_PBX) {
                throw new IllegalArgumentException(
                        "the id of a PBX has 1 to " + LONGEST_PBX + " characters");
            }
            this.pbx = pbx;
        }

        /**
         * Adds a place that has the recordings; at least one. The first one that has a recording
         * gives it.
         */
        public Builder source(RecordingSource value) {
            sources.add(Objects.requireNonNull(value, "source"));
            return this;
        }

        /**
         * Sets the call records, from which the names of new recordings are taken instead of from
         * lists. Sources that list are listed once a night then, for what no record names.
         */
        public Builder callRecords(CallRecordSource value) {
            this.callRecords = Objects.requireNonNull(value, "callRecords");
            return this;
        }

        /** Adds what tells that a recording has ended, beside what the sources tell themselves. */
        public Builder signal(RecordingSignal value) {
            signals.add(Objects.requireNonNull(value, "signal"));
            return this;
        }

        /** Adds a place that takes the recordings; at least one, and each gets all. */
        public Builder sink(RecordingSink value) {
            sinks.add(Objects.requireNonNull(value, "sink"));
            return this;
        }

        /** Sets where is written down what has been delivered; a must. */
        public Builder store(StateStore value) {
            this.store = Objects.requireNonNull(value, "store");
            return this;
        }

        /**
         * Adds changes of the application to the commit of each delivery; called again, the later
         * ones come after the earlier.
         */
        public Builder commitWith(CommitStep value) {
            CommitStep before = step;
            Objects.requireNonNull(value, "commitWith");
            this.step =
                    (recording, batch) -> {
                        before.add(recording, batch);
                        value.add(recording, batch);
                    };
            return this;
        }

        /** Sets who is told of each recording that has arrived; nobody by default. */
        public Builder onArrival(Arrival value) {
            this.arrival = Objects.requireNonNull(value, "onArrival");
            return this;
        }

        /** Sets threads and clock shared with other clients. */
        public Builder resources(PbxResources value) {
            this.resources = Objects.requireNonNull(value, "resources");
            return this;
        }

        /**
         * Wants recordings created at this time or later; all by default. With call records it is a
         * must where no source can list, since they are read from here on; without it, from two
         * days ago, and what is older comes with the first look at the lists.
         *
         * <p>What counts is {@link CallRecording#start}, the best date there is.
         */
        public Builder createdSince(Instant value) {
            this.createdSince = Objects.requireNonNull(value, "createdSince");
            return this;
        }

        /** Wants recordings created before this time; all by default. */
        public Builder createdBefore(Instant value) {
            this.createdBefore = Objects.requireNonNull(value, "createdBefore");
            return this;
        }

        /**
         * Wants recordings without any date too, where a date is asked for. By default they are
         * counted as {@link SyncOutcome#UNDATED} and left alone. A date is anything but {@link
         * StartOrigin#FIRST_SEEN}.
         */
        public Builder includeUndated() {
            this.includeUndated = true;
            return this;
        }

        /**
         * Sets the zone of the PBX, for stamps in names, folders of days, and the night; UTC by
         * default.
         */
        public Builder zone(ZoneId value) {
            this.zone = Objects.requireNonNull(value, "zone");
            return this;
        }

        /**
         * Sets the directory of recordings on the PBX, to take the name from a whole path in a
         * signal; {@code /var/spool/asterisk/monitor} by default.
         */
        public Builder directory(String value) {
            this.directory = Objects.requireNonNull(value, "directory");
            return this;
        }

        /**
         * Sets how long after a signal to look, and how soon to look again at a file that still
         * grows; two seconds by default. A file that doesn't say by itself that it is whole has to
         * stay as it is for this time, and for a minute at least: Asterisk writes 32 KiB at a time.
         *
         * @throws IllegalArgumentException if it is not from 1 ms to an hour
         */
        public Builder settle(Duration value) {
            boolean isFine =
                    value.compareTo(Duration.ofMillis(1)) >= 0
                            && value.compareTo(Duration.ofHours(1)) <= 0;
            if (!isFine) {
                throw new IllegalArgumentException("settle(...) is from 1 ms to 1 h: " + value);
            }
            this.settle = value;
            return this;
        }

        /**
         * Sets how many recordings are fetched at a time; two by default. The PBX has calls to
         * carry.
         *
         * @throws IllegalArgumentException if it is not from 1 to 8
         */
        public Builder atATime(int value) {
            if (value < 1 || value > MOST_AT_A_TIME) {
                throw new IllegalArgumentException(
                        "atATime(...) is from 1 to " + MOST_AT_A_TIME + ": " + value);
            }
            this.atATime = value;
            return this;
        }

        /**
         * Sets how many bytes a second all transfers together may take; no limit by default.
         *
         * @throws IllegalArgumentException if it is less than 1,000
         */
        public Builder bandwidth(long bytesASecond) {
            if (bytesASecond < 1_000) {
                throw new IllegalArgumentException(
                        "bandwidth(...) is 1,000 bytes a second or more: " + bytesASecond);
            }
            this.bytesPerSecond = bytesASecond;
            return this;
        }

        /** Sets when a night's full list is read, in the zone of the PBX; 03:00 by default. */
        public Builder archiveCheckAt(LocalTime value) {
            this.archiveCheckAt = Objects.requireNonNull(value, "archiveCheckAt");
            return this;
        }

        /** Sets who is told how far a run has come; nobody by default. */
        public Builder progress(ProgressListener value) {
            this.progress = Objects.requireNonNull(value, "progress");
            return this;
        }

        /**
         * Returns the sync; looks at nothing yet.
         *
         * @throws IllegalStateException if a setting is missing, or there is no way to learn names
         */
        public RecordingSync build() {
            StateStore checkedStore = store;
            if (sources.isEmpty() || sinks.isEmpty() || checkedStore == null) {
                throw new IllegalStateException("set " + missing() + " before build()");
            }
            requireNames();
            List<RecordingSignal> allSignals = new ArrayList<>(signals);
            sources.forEach(source -> source.signal().ifPresent(allSignals::add));
            return new RecordingSync(settings(checkedStore, allSignals), resources);
        }

        private String missing() {
            return Stream.of(
                            sources.isEmpty() ? "source(...)" : "",
                            sinks.isEmpty() ? "sink(...)" : "",
                            store == null ? "store(...)" : "")
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.joining(", "));
        }

        private SyncSettings settings(StateStore checkedStore, List<RecordingSignal> allSignals) {
            return new SyncSettings(
                    pbx,
                    List.copyOf(sources),
                    Optional.ofNullable(callRecords),
                    List.copyOf(allSignals),
                    List.copyOf(sinks),
                    checkedStore,
                    zone,
                    directory,
                    createdSince,
                    createdBefore,
                    includeUndated,
                    settle,
                    atATime,
                    bytesPerSecond,
                    archiveCheckAt,
                    step,
                    progress,
                    arrival);
        }

        private void requireNames() {
            boolean canList =
                    sources.stream()
                            .anyMatch(one -> one.capabilities().contains(SourceCapability.LIST));
            if (!canList && callRecords == null) {
                throw new IllegalStateException(
                        "none of the sources can list its recordings: set callRecords(...), which"
                                + " name them");
            }
            if (!canList && createdSince == null) {
                throw new IllegalStateException(
                        "call records are read from a date on: set createdSince(...)");
            }
        }
    }
}
