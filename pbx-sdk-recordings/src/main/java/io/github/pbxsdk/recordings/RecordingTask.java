package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.StateException;
import java.util.Optional;

/** A recording that something is to be done with; see {@link RecordingTasks}. Thread-safe. */
public final class RecordingTask {

    private final RecordingTasks tasks;
    private final String key;
    private final TaskState task;
    private volatile long version;

    RecordingTask(RecordingTasks tasks, String key, long version, TaskState task) {
        this.tasks = tasks;
        this.key = key;
        this.version = version;
        this.task = task;
    }

    /** How it stands with a task. */
    public enum State {
        /** Nobody has tried it. */
        NEW,
        /** Somebody has it. */
        TAKEN,
        /** It was tried, and is going to be tried again. */
        RETRY,
        /** It is done. */
        DONE,
        /** It was tried as often as may be. */
        FAILED
    }

    /** Returns which recording it is about. */
    public CallRecording recording() {
        return task.recording();
    }

    /** Returns how it stood when it was read or taken. */
    public State state() {
        return task.state();
    }

    /** Returns how often it was taken, this time included. */
    public int attempts() {
        return task.attempts();
    }

    /** Returns why it failed the last time. */
    public Optional<String> lastFailure() {
        return task.reason().isEmpty() ? Optional.empty() : Optional.of(task.reason());
    }

    /**
     * Notes that it is done.
     *
     * @return false if its time was over and somebody else has taken it
     * @throws StateException if the store fails
     */
    public boolean finish() {
        return tasks.finish(key, version, task);
    }

    /**
     * Gives it back, to be tried again after a while, or given up after the last attempt.
     *
     * @param reason why, for whoever looks at it later; no secrets
     * @return false if its time was over and somebody else has taken it
     * @throws StateException if the store fails
     */
    public boolean fail(String reason) {
        return tasks.fail(key, version, task, reason);
    }

    /**
     * Asks for its whole time again.
     *
     * @return false if its time was over and somebody else has taken it
     * @throws StateException if the store fails
     */
    public boolean renew() {
        Optional<Long> renewed = tasks.renew(key, version, task);
        renewed.ifPresent(now -> version = now);
        return renewed.isPresent();
    }

    @Override
    public String toString() {
        return "RecordingTask["
                + task.state()
                + ", attempt "
                + attempts()
                + ", "
                + recording()
                + "]";
    }
}
