package io.github.pbxsdk.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A workload that begins the next operation as soon as fewer than so many are under way. */
abstract class UnderWay implements Workload {

    private final int most;
    private final Semaphore free;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    UnderWay(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    @Override
    public void run(long operations) throws Exception {
        for (long i = 0; i < operations; i++) {
            take(1);
            begin().whenComplete(this::ended);
        }
        take(most);
        free.release(most);
        Throwable reason = failure.get();
        if (reason != null) {
            throw new IllegalStateException("an operation failed", reason);
        }
    }

    private void take(int permits) throws InterruptedException {
        if (!free.tryAcquire(permits, 30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("an operation was not answered");
        }
    }

    abstract CompletableFuture<?> begin() throws Exception;

    private void ended(@Nullable Object result, @Nullable Throwable reason) {
        if (result != null) {
            Sink.keep(result);
        }
        failure.compareAndSet(null, reason);
        free.release();
    }
}
