package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

    private final Workers workers = new Workers(Threads.unbounded("test"));
    private final ExecutorService from = Threads.unbounded("from");

    @AfterEach
    void close() {
        workers.close();
        from.shutdown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tasksOfOneWorkerRunInOrder() {
        List<Integer> order = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(1_000);
        // Nobody comes to help as long as this thread of the pool is the only one.
        Workers alone = new Workers(Executors.newSingleThreadExecutor());
        try (alone) {
            for (int i = 0; i < 1_000; i++) {
                int number = i;
                alone.execute(
                        () -> {
                            order.add(number);
                            all.countDown();
                        });
            }
            await(all);
        }

        assertThat(order).isSorted().hasSize(1_000);
    }

    @Test
    void aThreadThatCannotBeHadIsAskedForAgain() {
        ExecutorService threads =
                new ThreadPoolExecutor(0, 9, 1, TimeUnit.SECONDS, new SynchronousQueue<>()) {
                    private boolean refused;

                    @Override
                    public void execute(Runnable task) {
                        if (!refused) {
                            refused = true;
                            throw new OutOfMemoryError("no more threads, on purpose");
                        }
                        super.execute(task);
                    }
                };
        CountDownLatch both = new CountDownLatch(2);
        try (Workers later = new Workers(threads)) {
            assertThatThrownBy(() -> later.execute(both::countDown))
                    .isInstanceOf(OutOfMemoryError.class);
            later.execute(both::countDown);
            await(both);
        }
    }

    @Test
    void aTaskMayWaitForOneThatComesLater() {
        int depth = 50;
        List<CountDownLatch> latches =
                IntStream.rangeClosed(0, depth).mapToObj(i -> new CountDownLatch(1)).toList();
        for (int i = 0; i < depth; i++) {
            int number = i;
            workers.execute(
                    () -> {
                        await(latches.get(number + 1));
                        latches.get(number).countDown();
                    });
        }
        workers.execute(() -> latches.get(depth).countDown());

        await(latches.get(0));
    }

    @Test
    void aTaskStartedFromOneThatBlocksOnItRuns() {
        CountDownLatch done = new CountDownLatch(1);
        workers.execute(
                () -> {
                    CountDownLatch inner = new CountDownLatch(1);
                    workers.execute(inner::countDown);
                    await(inner);
                    done.countDown();
                });

        await(done);
    }

    @Test
    void whatIsGatheredWakesOneWorkerInTheEnd() {
        Queue<Runnable> started = new ArrayDeque<>();
        List<String> done = new ArrayList<>();
        try (Workers gathering = new Workers(startedBy(started))) {
            Workers.gather(
                    gathering,
                    () -> {
                        gathering.execute(() -> done.add("first"));
                        gathering.execute(() -> done.add("second"));
                        assertThat(started).isEmpty();
                    });
            assertThat(started).hasSize(1);
            started.remove().run();
        }

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void gatheringNothingWakesNobody() {
        Queue<Runnable> started = new ArrayDeque<>();
        try (Workers gathering = new Workers(startedBy(started))) {
            Workers.gather(gathering, () -> {});
        }

        assertThat(started).isEmpty();
    }

    @Test
    void whatWasGatheredRunsThoughTheRestFails() {
        CountDownLatch done = new CountDownLatch(1);

        assertThatThrownBy(
                        () ->
                                Workers.gather(
                                        workers,
                                        () -> {
                                            workers.execute(done::countDown);
                                            throw new IllegalStateException("on purpose");
                                        }))
                .isInstanceOf(IllegalStateException.class);

        await(done);
    }

    @Test
    void whatWasGatheredRunsThoughTheWorkersAreClosed() {
        List<String> done = new ArrayList<>();

        Workers.gather(
                workers,
                () -> {
                    workers.execute(() -> done.add("gathered"));
                    workers.close();
                });

        assertThat(done).containsExactly("gathered");
    }

    @Test
    void afterGatheringATaskRunsAtOnce() {
        Workers.gather(workers, () -> {});
        CountDownLatch done = new CountDownLatch(1);

        workers.execute(done::countDown);

        await(done);
    }

    /** Threads that start when the test says so. */
    private static ExecutorService startedBy(Queue<Runnable> started) {
        return new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>()) {
            @Override
            public void execute(Runnable loop) {
                started.add(loop);
            }
        };
    }

    @Test
    void aLentThreadGoesOnWithWhatItsWorkLeftToDo() {
        AtomicReference<Thread> worker = new AtomicReference<>();

        Workers.lend(
                workers, from, () -> workers.execute(() -> worker.set(Thread.currentThread())));

        assertThat(worker).hasValue(Thread.currentThread());
    }

    @Test
    void aTaskDoesNotWaitForALentThreadThatIsNotFree() {
        CountDownLatch done = new CountDownLatch(1);

        Workers.lend(
                workers,
                from,
                () -> {
                    workers.execute(done::countDown);
                    await(done);
                });

        assertThat(done.getCount()).isZero();
    }

    @Test
    void aThreadThatIsLentWorksThoughItsOwnWorkFails() {
        CountDownLatch done = new CountDownLatch(1);

        assertThatThrownBy(
                        () ->
                                Workers.lend(
                                        workers,
                                        from,
                                        () -> {
                                            workers.execute(done::countDown);
                                            throw new IllegalStateException("on purpose");
                                        }))
                .hasMessage("on purpose");

        assertThat(done.getCount()).isZero();
    }

    @Test
    void anInterruptOfTheWorkBeforeIsNotForTheTask() {
        AtomicReference<Boolean> interrupted = new AtomicReference<>();

        Workers.lend(
                workers,
                from,
                () -> {
                    workers.execute(() -> interrupted.set(Thread.currentThread().isInterrupted()));
                    Thread.currentThread().interrupt();
                });

        assertThat(interrupted).hasValue(false);
    }

    @Test
    void aThreadThatIsLentToSomeDoesNotWorkForOthers() {
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Thread> worker = new AtomicReference<>();
        try (Workers others = new Workers(Threads.unbounded("others"))) {
            Workers.lend(
                    workers,
                    from,
                    () ->
                            others.execute(
                                    () -> {
                                        worker.set(Thread.currentThread());
                                        done.countDown();
                                    }));
            await(done);
        }

        assertThat(worker.get()).isNotEqualTo(Thread.currentThread());
    }

    @Test
    void aLentThreadWhosePoolIsShutDownLeavesTheRestToOthers() {
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Thread> first = new AtomicReference<>();
        AtomicReference<Thread> second = new AtomicReference<>();

        Workers.lend(
                workers,
                from,
                () -> {
                    workers.execute(
                            () -> {
                                first.set(Thread.currentThread());
                                from.shutdown();
                            });
                    workers.execute(
                            () -> {
                                second.set(Thread.currentThread());
                                done.countDown();
                            });
                });

        await(done);
        assertThat(first).hasValue(Thread.currentThread());
        assertThat(second.get()).isNotEqualTo(Thread.currentThread());
    }

    @Test
    void whatALentThreadLeavesIsWorkForAnotherAtOnce() {
        Queue<Runnable> started = new ArrayDeque<>();
        List<String> done = new ArrayList<>();
        try (Workers others = new Workers(startedBy(started))) {
            Workers.lend(
                    others,
                    from,
                    () -> {
                        others.execute(from::shutdown);
                        others.execute(() -> done.add("rest"));
                    });
            assertThat(done).isEmpty();
            Runnable standBy = started.remove();
            started.remove().run();
            standBy.run();
        }

        assertThat(done).containsExactly("rest");
    }

    @Test
    void nothingIsForgottenWhateverComesWhen() throws InterruptedException {
        int each = 20_000;
        CountDownLatch all = new CountDownLatch(4 * each);
        List<Thread> callers =
                IntStream.range(0, 4)
                        .mapToObj(
                                caller ->
                                        new Thread(
                                                () -> {
                                                    for (int i = 0; i < each; i++) {
                                                        workers.execute(all::countDown);
                                                    }
                                                }))
                        .toList();
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }

        await(all);
    }

    @Test
    void aTaskThatFailsHurtsNoOther() {
        CountDownLatch next = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        workers.execute(
                () -> {
                    Thread.currentThread()
                            .setUncaughtExceptionHandler((thread, failure) -> told.countDown());
                    throw new IllegalStateException("fails on purpose");
                });
        workers.execute(next::countDown);

        await(told);
        await(next);
    }

    @Test
    void anInterruptDoesNotReachTheNextTask() {
        CountDownLatch clean = new CountDownLatch(1);
        workers.execute(
                () -> {
                    workers.execute(
                            () -> {
                                if (!Thread.currentThread().isInterrupted()) {
                                    clean.countDown();
                                }
                            });
                    Thread.currentThread().interrupt();
                });

        await(clean);
    }

    @Test
    void whatIsClosedTakesNoTasksAndEndsItsThreads() {
        CountDownLatch ran = new CountDownLatch(1);
        workers.execute(ran::countDown);
        await(ran);

        workers.close();

        assertThatThrownBy(() -> workers.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("pbx-sdk-test-"));
    }

    @Test
    void whatWasTakenBeforeClosingIsStillDone() {
        CountDownLatch all = new CountDownLatch(100);
        IntStream.range(0, 100).forEach(i -> workers.execute(all::countDown));

        workers.close();

        assertThat(all.getCount()).isZero();
    }
}
