package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the rounds of one benchmark, each side in a new JVM. */
final class Contest {

    private final Benchmark benchmark;
    private final Plan plan;
    private final Path folder;
    private final Consumer<String> progress;

    /**
     * Prepares a contest.
     *
     * @param folder for what the processes write
     */
    Contest(Benchmark benchmark, Plan plan, Path folder, Consumer<String> progress) {
        this.benchmark = benchmark;
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Runs all rounds; the sides take turns in going first.
     *
     * @throws BenchmarkException if a side fails or does not come to its end in time
     */
    List<Round> run() throws IOException, InterruptedException {
        List<Round> rounds = new ArrayList<>();
        for (int number = 1; number <= plan.rounds(); number++) {
            progress.accept(benchmark.name() + ": round " + number + " of " + plan.rounds());
            rounds.add(number % 2 == 1 ? oursFirst() : peerFirst());
        }
        return rounds;
    }

    private Round oursFirst() throws IOException, InterruptedException {
        Measurement ours = measure(Side.OURS);
        return new Round(ours, measure(Side.PEER));
    }

    private Round peerFirst() throws IOException, InterruptedException {
        Measurement peer = measure(Side.PEER);
        return new Round(measure(Side.OURS), peer);
    }

    private Measurement measure(Side side) throws IOException, InterruptedException {
        if (benchmark.generator().isEmpty()) {
            return measure(side, "");
        }
        try (ForkedJvm generator = ForkedJvm.generator(benchmark, folder)) {
            return measure(side, generator.awaitResult(ForkedJvm.START_LIMIT));
        }
    }

    private Measurement measure(Side side, String address)
            throws IOException, InterruptedException {
        try (ForkedJvm jvm = ForkedJvm.side(benchmark, folder, side, address, plan)) {
            return Results.measurement(
                    jvm.awaitResult(
                            ForkedJvm.START_LIMIT.plus(plan.warmUp()).plus(plan.measured())));
        }
    }
}
