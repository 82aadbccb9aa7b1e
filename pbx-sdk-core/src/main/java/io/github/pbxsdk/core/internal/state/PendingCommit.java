package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.StateException;
import org.jspecify.annotations.Nullable;

/** A batch on its way to the disk, and what became of it. */
public final class PendingCommit {

    private final Batch batch;
    private long version;
    private @Nullable RuntimeException failure;

    /** Creates one for a batch that nobody has looked at. */
    public PendingCommit(Batch batch) {
        this.batch = batch;
    }

    /** Returns the batch. */
    public Batch batch() {
        return batch;
    }

    /** Tells that it will be stored under this version. */
    public void accept(long newVersion) {
        version = newVersion;
    }

    /** Tells that it is not stored, or may not be; the last word counts. */
    public void fail(RuntimeException cause) {
        failure = cause;
    }

    /**
     * Returns the version.
     *
     * @throws StateException if it was not stored, or may not have been
     */
    public long result() {
        if (failure != null) {
            // It was met by the thread that wrote the group; the reader of it is in this one.
            failure.fillInStackTrace();
            throw failure;
        }
        if (version == 0) {
            throw new StateException("the commit was not carried out to its end", null, true);
        }
        return version;
    }
}
