package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One side in one round: its JVM, with the generator where there is one, and what it has done. */
final class Contestant implements AutoCloseable {

    private final @Nullable ForkedJvm generator;
    private final ForkedJvm jvm;
    private @Nullable Measurement done;

    /**
     * Starts the processes.
     *
     * @param folder for what they write
     * @throws BenchmarkException if the generator does not come up
     */
    Contestant(Benchmark benchmark, Side side, Path folder)
            throws IOException, InterruptedException {
        if (benchmark.generator().isEmpty()) {
            this.generator = null;
            this.jvm = ForkedJvm.side(benchmark, folder, side, "");
            return;
        }
        ForkedJvm started = ForkedJvm.generator(benchmark, side, folder);
        try {
            String address = started.awaitResult(ForkedJvm.START_LIMIT);
            this.jvm = ForkedJvm.side(benchmark, folder, side, address);
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.close();
            throw e;
        }
        this.generator = started;
    }

    /**
     * Lets it work without counting.
     *
     * @throws BenchmarkException if it fails, or does not come to its end in time
     */
    void warmUp(Duration length) throws IOException, InterruptedException {
        jvm.ask(Fork.WARM_UP, length);
    }

    /** Lets it work, and adds that to what it has done; throws as {@link #warmUp} does. */
    void work(Duration length) throws IOException, InterruptedException {
        Measurement turn = Results.measurement(jvm.ask(Fork.WORK, length));
        done = done == null ? turn : done.plus(turn);
    }

    /** Returns what it has done, and lost when more was asked of it than it may be able to keep. */
    Measurement end() throws IOException, InterruptedException {
        String lost = jvm.ask(Fork.COUNT_LOST, Duration.ZERO);
        if (done == null) {
            throw new IllegalStateException("work(...) before end()");
        }
        return lost.isEmpty() ? done : done.withLost(OptionalLong.of(Long.parseLong(lost)));
    }

    @Override
    public void close() throws IOException {
        try {
            jvm.close();
        } finally {
            if (generator != null) {
                generator.close();
            }
        }
    }
}
