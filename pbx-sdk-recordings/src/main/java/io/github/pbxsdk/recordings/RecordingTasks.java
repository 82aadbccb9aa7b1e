package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is still to be done with each recording that has arrived: transcribe it, rate it, send it
 * on.
 *
 * <pre>{@code
 * RecordingTasks tasks = RecordingTasks.builder("transcribe", store).build();
 * RecordingSync sync = RecordingSync.builder("pbx-7")….commitWith(tasks).build();
 *
 * Optional<RecordingTask> task = tasks.take();             // ours for ten minutes
 * …
 * task.get().finish();                                     // or fail("the model is away")
 * }</pre>
 *
 * <p>A task is there as soon as its recording has arrived: both are one commit. Many workers may
 * take from the same store, also in other processes; each task is one's at a time. Who takes it and
 * dies loses it when its time is over, and another one gets it: do what a task is for so that it
 * may be done again. Thread-safe.
 */
public final class RecordingTasks implements CommitStep {

    private static final int PAGE = 100;
    private static final int LONGEST_KEY = 900;

    private final StateStore store;
    private final String namespace;
    private final Duration leaseTime;
    private final Duration firstPause;
    private final int attempts;
    private final Duration memory;
    private final Supplier<Instant> clock;

    private RecordingTasks(Builder builder) {
        this.store = builder.store;
        this.namespace = "recordings.tasks." + builder.name;
        this.leaseTime = builder.leaseTime;
        this.firstPause = builder.firstPause;
        this.attempts = builder.attempts;
        this.memory = builder.memory;
        this.clock = builder.clock;
    }

    /**
     * Returns a builder.
     *
     * @param name what is done: several kinds of work each have their own tasks
     * @param store the one of the sync
     * @throws IllegalArgumentException if the name is not 1 to 60 letters, digits, dots and dashes
     */
    public static Builder builder(String name, StateStore store) {
        return new Builder(name, store);
    }

    /** Makes the task of a recording that arrives; called by the sync. */
    @Override
    public void add(CallRecording recording, Batch.Builder batch) {
        TaskState task = TaskState.ofNew(recording, clock.get());
        batch.add(StateChange.put(namespace, key(recording), task.write()));
    }

    /** A key may have 1,000 bytes; a long name is told by its hash. */
    private static String key(CallRecording recording) {
        String key = StorageKey.escape(recording.key());
        return key.length() <= LONGEST_KEY ? key : RecordingFiles.sha256(key);
    }

    /**
     * Takes a task that is new, was given back, or whose holder has been away for too long.
     *
     * @return the task, or empty if there is nothing to do now
     * @throws StateException if the store fails
     */
    public Optional<RecordingTask> take() {
        for (List<StateEntry> page = store.scan(namespace, "", PAGE);
                !page.isEmpty();
                page = store.scan(namespace, page.get(page.size() - 1).key(), PAGE)) {
            for (StateEntry entry : page) {
                Optional<RecordingTask> taken = take(entry);
                if (taken.isPresent()) {
                    return taken;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<RecordingTask> take(StateEntry entry) {
        TaskState task = TaskState.read(entry.text());
        Instant now = clock.get();
        if (!task.isFree(now, leaseTime)) {
            return Optional.empty();
        }
        TaskState mine = task.taken(now.plus(leaseTime));
        return change(entry.key(), entry.version(), mine)
                .map(version -> new RecordingTask(this, entry.key(), version, mine));
    }

    private Optional<Long> change(String key, long version, TaskState task) {
        return commit(StateChange.put(namespace, key, task.write()).ifVersion(version));
    }

    /** Returns the new version, or nothing if somebody was faster. */
    private Optional<Long> commit(StateChange change) {
        try {
            return Optional.of(store.commit(change));
        } catch (StateConflictException e) {
            // Somebody else has it; that is an answer.
            return Optional.empty();
        }
    }

    boolean finish(String key, long version, TaskState task) {
        StateChange finished =
                StateChange.put(namespace, key, task.ended(RecordingTask.State.DONE).write())
                        .ttl(memory)
                        .ifVersion(version);
        return commit(finished).isPresent();
    }

    boolean fail(String key, long version, TaskState task, String reason) {
        boolean isLast = task.attempts() >= attempts;
        Duration pause = firstPause.multipliedBy(1L << Math.min(task.attempts() - 1, 10));
        return change(key, version, task.failed(reason, isLast, clock.get().plus(pause)))
                .isPresent();
    }

    Optional<Long> renew(String key, long version, TaskState task) {
        return change(key, version, task.until(clock.get().plus(leaseTime)));
    }

    /**
     * Returns the tasks that were given up after their last attempt; to be closed.
     *
     * @throws StateException if the store fails, here or while walking
     */
    public Stream<RecordingTask> failed() {
        return store.stream(namespace)
                .map(
                        entry ->
                                new RecordingTask(
                                        this,
                                        entry.key(),
                                        entry.version(),
                                        TaskState.read(entry.text())))
                .filter(task -> task.state() == RecordingTask.State.FAILED);
    }

    /**
     * Returns how it stands with the task of a recording; empty if it has none, or was done longer
     * ago than is remembered.
     *
     * @throws StateException if the store fails
     */
    public Optional<RecordingTask.State> state(CallRecording recording) {
        return store.find(namespace, key(recording))
                .map(entry -> TaskState.read(entry.text()).state());
    }

    @Override
    public String toString() {
        return "RecordingTasks[" + namespace + "]";
    }

    /** Collects the settings of {@link RecordingTasks}; not thread-safe. */
    public static final class Builder {

        private final String name;
        private final StateStore store;
        private Duration leaseTime = Duration.ofMinutes(10);
        private Duration firstPause = Duration.ofMinutes(1);
        private Duration memory = Duration.ofDays(7);
        private int attempts = 5;
        private Supplier<Instant> clock = Instant::now;

        private Builder(String name, StateStore store) {
            if (!name.matches("[A-Za-z0-9._-]{1,60}")) {
                throw new IllegalArgumentException(
                        "the name of tasks is 1 to 60 letters, digits, dots and dashes: " + name);
            }
            this.name = name;
            this.store = Objects.requireNonNull(store, "store");
        }

        /** Sets for how long a task is somebody's without a renewal; ten minutes by default. */
        public Builder leaseTime(Duration value) {
            this.leaseTime = positive(value, "leaseTime");
            return this;
        }

        /** Sets how often a task is tried; five times by default. */
        public Builder attempts(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("attempts(...) is 1 or more: " + value);
            }
            this.attempts = value;
            return this;
        }

        /** Sets the pause after the first failure, which doubles each time; a minute by default. */
        public Builder firstPause(Duration value) {
            this.firstPause = positive(value, "firstPause");
            return this;
        }

        /** Sets for how long is remembered what was done; seven days by default. */
        public Builder memory(Duration value) {
            this.memory = positive(value, "memory");
            return this;
        }

        /** Sets the clock; the machine's by default. Meant for tests. */
        public Builder time(Time value) {
            this.clock = value::now;
            return this;
        }

        private static Duration positive(Duration value, String setting) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(setting + "(...) must be positive: " + value);
            }
            return value;
        }

        /** Returns the tasks; touches nothing. */
        public RecordingTasks build() {
            return new RecordingTasks(this);
        }
    }
}
