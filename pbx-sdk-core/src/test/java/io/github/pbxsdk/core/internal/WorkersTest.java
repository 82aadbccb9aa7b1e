package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

    private final Workers workers = new Workers(Threads.unbounded("test"));

    @AfterEach
    void close() {
        workers.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shortTasksRunInOrderOnFewThreads() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(1_000);
        CountDownLatch begin = new CountDownLatch(1);
        // In one task, so that none of them waits long enough for help to come.
        workers.execute(
                () -> {
                    for (int i = 0; i < 1_000; i++) {
                        int number = i;
                        workers.execute(
                                () -> {
                                    order.add(number);
                                    threads.add(Thread.currentThread());
                                    all.countDown();
                                });
                    }
                    begin.countDown();
                });
        await(begin);
        await(all);

        assertThat(order).hasSize(1_000);
        assertThat(threads).hasSizeLessThanOrEqualTo(1 + Runtime.getRuntime().availableProcessors());
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
                                                        if (i % 64 == caller) {
                                                            Thread.yield();
                                                        }
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
