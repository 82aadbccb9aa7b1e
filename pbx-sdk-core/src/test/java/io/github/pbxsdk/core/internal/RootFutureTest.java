package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class RootFutureTest {

    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "users-executor"));
    private final AtomicInteger cancelled = new AtomicInteger();

    @AfterEach
    void endExecutor() {
        executor.shutdownNow();
    }

    private RootFuture<String> operation() {
        RootFuture<String> future = new RootFuture<>(executor);
        future.onCancel(cancelled::incrementAndGet);
        return future;
    }

    @Test
    void cancellingRunsTheCancelActionOnce() {
        RootFuture<String> future = operation();

        assertThat(future.cancel(true)).isTrue();
        assertThat(future.cancel(true)).isFalse();

        assertThat(cancelled).hasValue(1);
        assertThat(future).isCancelled();
        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void aTimeOutSetByTheCallerEndsTheOperation() {
        CompletableFuture<String> future = operation().orTimeout(1, TimeUnit.MILLISECONDS);

        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void aValueSetByTheCallerEndsTheOperation() {
        RootFuture<String> future = operation();

        future.complete("enough");

        assertThat(future.join()).isEqualTo("enough");
        assertThat(cancelled).hasValue(1);
        assertThat(future.succeed("late")).isFalse();
    }

    @Test
    void anAnsweredOperationCannotBeCancelled() {
        RootFuture<String> future = operation();

        future.succeed("answer");

        assertThat(future.cancel(true)).isFalse();
        assertThat(cancelled).hasValue(0);
        assertThat(future.join()).isEqualTo("answer");
        assertThat(future.getNow("none")).isEqualTo("answer");
    }

    @Test
    void cancellingMeansWhatThePhaseSays() {
        RootFuture<String> future = operation();
        List<String> actions = new ArrayList<>();
        future.onCancel(() -> actions.add("second phase"));

        future.cancel(true);

        assertThat(actions).containsExactly("second phase");
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void aPhaseThatBeginsAfterTheEndIsCancelledAtOnce() {
        RootFuture<String> future = new RootFuture<>(executor);
        future.cancel(true);

        future.onCancel(cancelled::incrementAndGet);

        assertThat(cancelled).hasValue(1);
    }

    @Test
    void abortingFailsTheFutureAndRunsTheCancelAction() {
        RootFuture<String> future = operation();

        assertThat(future.abort(new IllegalStateException("late"))).isTrue();

        assertThat(cancelled).hasValue(1);
        assertThatThrownBy(future::join).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(future).isCompletedExceptionally();
    }

    @Test
    void continuationsRunOnTheExecutor() {
        RootFuture<String> future = new RootFuture<>(executor);
        CompletableFuture<String> thread =
                future.thenApply(value -> Thread.currentThread().getName());

        future.succeed("answer");

        assertThat(thread.join()).isEqualTo("users-executor");
    }

    @Test
    void theEndIsToldOnceAndFirst() {
        List<String> told = new ArrayList<>();
        RootFuture<String> future =
                new RootFuture<>(Runnable::run, failure -> told.add("ended: " + failure));
        future.thenAccept(value -> told.add("went on with " + value));

        future.succeed("answer");
        future.fail(new IllegalStateException("late"));

        assertThat(told).containsExactly("ended: null", "went on with answer");
    }

    @Test
    void theEndIsToldWithItsReason() {
        List<Throwable> told = new ArrayList<>();
        IllegalStateException reason = new IllegalStateException("refused");

        new RootFuture<>(executor, told::add).fail(reason);
        new RootFuture<>(executor, told::add).cancel(true);

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isSameAs(reason);
        assertThat(told.get(1)).isInstanceOf(CancellationException.class);
    }

    @Test
    void waitingNeedsNoThreadOfTheExecutor() throws Exception {
        RootFuture<String> future = new RootFuture<>(executor);
        CountDownLatch waiting = new CountDownLatch(1);
        // As a listener would: it occupies the only thread and waits for an answer.
        CompletableFuture<String> listener =
                CompletableFuture.supplyAsync(
                        () -> {
                            waiting.countDown();
                            return Futures.await(future);
                        },
                        executor);
        waiting.await();

        future.succeed("answer");

        assertThat(listener.get(10, TimeUnit.SECONDS)).isEqualTo("answer");
    }

    private interface Door {
        String await(RootFuture<String> future) throws Exception;
    }

    static List<Named<Door>> doors() {
        return List.of(
                Named.of("get", RootFuture::get),
                Named.of("get in time", future -> future.get(30, TimeUnit.SECONDS)),
                Named.of("join", RootFuture::join));
    }

    @ParameterizedTest
    @MethodSource("doors")
    void waitingNeedsNoMoreThreadsOfAForkJoinPool(Door door) throws Exception {
        ForkJoinPool pool = poolThatCannotGrow();
        RootFuture<String> future = new RootFuture<>(executor);
        Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
        Callable<String> task =
                () -> {
                    waiting.add(Thread.currentThread());
                    return door.await(future);
                };
        try {
            List<Future<String>> tasks = List.of(pool.submit(task), pool.submit(task));
            await().until(() -> waiting.size() == 2 && waiting.stream().allMatch(this::isAtRest));

            future.succeed("answer");

            for (Future<String> each : tasks) {
                assertThat(each.get(10, TimeUnit.SECONDS)).isEqualTo("answer");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static ForkJoinPool poolThatCannotGrow() {
        return new ForkJoinPool(
                2,
                ForkJoinPool.defaultForkJoinWorkerThreadFactory,
                null,
                false,
                2,
                2,
                2,
                null,
                1,
                TimeUnit.SECONDS);
    }

    private boolean isAtRest(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    void aForkJoinPoolMayHaveItsTimeOutAndItsInterrupt() throws Exception {
        ForkJoinPool pool = poolThatCannotGrow();
        RootFuture<String> future = new RootFuture<>(executor);
        try {
            assertThatThrownBy(
                            () ->
                                    pool.submit(() -> future.get(1, TimeUnit.MILLISECONDS))
                                            .get(10, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(TimeoutException.class);
            Callable<String> interrupted =
                    () -> {
                        Thread.currentThread().interrupt();
                        executor.execute(() -> future.succeed("answer"));
                        return future.join() + ", interrupted: " + Thread.interrupted();
                    };
            assertThat(pool.submit(interrupted).get(10, TimeUnit.SECONDS))
                    .isEqualTo("answer, interrupted: true");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aFailureIsNeverNothing() {
        RootFuture<String> future = operation();

        assertThatNullPointerException().isThrownBy(() -> future.fail(null));
        assertThatNullPointerException().isThrownBy(() -> future.abort(null));
        assertThatNullPointerException().isThrownBy(() -> future.completeExceptionally(null));

        assertThat(future.succeed("answer")).isTrue();
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void anExecutorThatIsGoneDoesNotSwallowTheAnswer() {
        RootFuture<String> future = new RootFuture<>(executor);
        CompletableFuture<String> next = future.thenApply(value -> value + "!");
        executor.shutdownNow();

        future.succeed("answer");

        assertThat(next.join()).isEqualTo("answer!");
    }

    @Test
    void whatHasBeenSentCanBeTakenBackByAnAnswer() {
        RootFuture<String> future = new RootFuture<>(executor);
        assertThat(future.mayHaveBeenSent()).isFalse();

        future.markSent();
        assertThat(future.mayHaveBeenSent()).isTrue();

        future.markUnprocessed();
        assertThat(future.mayHaveBeenSent()).isFalse();
    }
}
