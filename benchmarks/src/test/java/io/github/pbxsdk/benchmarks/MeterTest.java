package io.github.pbxsdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeterTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void countsWhatWasDoneAfterTheWarmUp() throws Exception {
        AtomicLong done = new AtomicLong();

        Measurement measured =
                measured(
                        operations -> {
                            for (long turn = 0; turn < operations; turn++) {
                                Sink.keep(done.incrementAndGet());
                            }
                        });

        assertThat(measured.operations()).isPositive().isLessThan(done.get());
        assertThat(measured.nanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    private static Measurement measured(Workload workload) throws Exception {
        Meter meter = new Meter(workload);
        meter.warmUp(SHORT);
        return meter.measure(SHORT);
    }

    @Test
    void countsTheBytesOfOtherThreadsToo() throws Exception {
        Measurement measured = measured(MeterTest::allocateElsewhere);

        assertThat(measured.bytesPerOperation()).isBetween(1_000_000.0, 1_500_000.0);
    }

    @Test
    void countsLivingThreadsWhereTheJvmHasNoTotal() {
        OtherThread.INSTANCE.allocateMegabyte();
        long before = Allocation.ofLivingThreads();

        OtherThread.INSTANCE.allocateMegabyte();

        assertThat(Allocation.ofLivingThreads() - before).isBetween(1_000_000L, 3_000_000L);
    }

    private static void allocateElsewhere(long operations) {
        for (long turn = 0; turn < operations; turn++) {
            OtherThread.INSTANCE.allocateMegabyte();
        }
    }

    @Test
    void noticesThatThereIsNoWork() {
        Meter meter = new Meter(operations -> {});

        assertThatThrownBy(() -> meter.warmUp(SHORT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("takes no time");
    }

    /** A thread that lives on between operations. */
    private static final class OtherThread {

        static final OtherThread INSTANCE = new OtherThread();

        private final ExecutorService executor =
                Executors.newSingleThreadExecutor(
                        task -> {
                            Thread thread = new Thread(task, "allocates");
                            thread.setDaemon(true);
                            return thread;
                        });

        void allocateMegabyte() {
            try {
                executor.submit(() -> Sink.keep(new byte[1_000_000])).get();
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }
}
