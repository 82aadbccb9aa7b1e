package io.github.pbxsdk.benchmarks;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import java.util.concurrent.CompletableFuture;

/**
 * What one operation pays for the future it hands out: made, settled, awaited.
 *
 * <p>Ours wakes waiting threads apart from continuations and can be cancelled for real; this says
 * what that costs over the plain one.
 */
public final class RootFutures implements Benchmark {

    @Override
    public String name() {
        return "root-future";
    }

    @Override
    public String what() {
        return "a future made, settled and awaited on one thread";
    }

    @Override
    public String operations() {
        return "futures";
    }

    @Override
    public String peer() {
        return "java.util.concurrent.CompletableFuture";
    }

    @Override
    public Workload open(Side side, String address) {
        return side == Side.OURS ? RootFutures::ours : RootFutures::plain;
    }

    private static void ours(long operations) {
        for (long number = 0; number < operations; number++) {
            RootFuture<Long> future = new RootFuture<>(Runnable::run);
            future.succeed(number);
            Sink.keep(Futures.await(future));
        }
    }

    private static void plain(long operations) throws Exception {
        for (long number = 0; number < operations; number++) {
            CompletableFuture<Long> future = new CompletableFuture<>();
            future.complete(number);
            Sink.keep(future.get());
        }
    }
}
