package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.PbxResources;
import java.util.concurrent.ExecutorService;

/**
 * Threads for writing on connections, which may block; one set for all clients on the same
 * resources.
 *
 * <p>They are apart from the completion executor, which may be the user's and have one thread.
 */
public final class Senders implements AutoCloseable {

    private final ExecutorService threads = Threads.unbounded("sender");

    private Senders() {}

    /** Returns those of the resources. */
    public static Senders of(PbxResources resources) {
        return ResourcesAccess.get().part(resources, Senders.class, Senders::new);
    }

    /** Runs a task on a thread of its own. */
    public void start(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        Threads.end(threads);
    }
}
