package io.github.pbxsdk.pbx;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.Threads;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** Threads for what asks several clients one after the other, and blocks meanwhile. */
final class PbxThreads implements AutoCloseable {

    private final ExecutorService threads = Threads.unbounded("pbx");

    private PbxThreads() {}

    static PbxThreads of(PbxResources resources) {
        return ResourcesAccess.get().part(resources, PbxThreads.class, PbxThreads::new);
    }

    /** Runs a task; cancelling the future interrupts it. */
    static <T> RootFuture<T> call(PbxResources resources, Supplier<T> task) {
        RootFuture<T> root = new RootFuture<>(resources.executor());
        var running =
                of(resources)
                        .threads
                        .submit(
                                () -> {
                                    try {
                                        root.succeed(task.get());
                                    } catch (Throwable e) {
                                        root.fail(e);
                                    }
                                });
        root.onCancel(() -> running.cancel(true));
        return root;
    }

    @Override
    public void close() {
        Threads.end(threads);
    }
}
