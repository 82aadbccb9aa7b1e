package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.Threads;
import java.util.concurrent.ExecutorService;

/** Threads for what blocks: ledgers in databases, and handlers of what was polled. */
final class SmsThreads implements AutoCloseable {

    private final ExecutorService threads = Threads.unbounded("sms");

    private SmsThreads() {}

    static SmsThreads of(PbxResources resources) {
        return ResourcesAccess.get().part(resources, SmsThreads.class, SmsThreads::new);
    }

    void run(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        Threads.end(threads);
    }
}
