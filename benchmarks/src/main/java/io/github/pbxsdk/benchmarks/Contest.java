package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs the rounds of one benchmark, each side in a new JVM.
 *
 * <p>Within a round the sides take turns: a machine whose speed drifts is the same for both.
 */
final class Contest {

    /** How often each side works in a round. */
    private static final int TURNS = 4;

    /** Whoever rests for longer while the other one warms up loses connections and threads. */
    private static final Duration LONGEST_BREAK = Duration.ofSeconds(2);

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
            rounds.add(number % 2 == 1 ? round(Side.OURS, Side.PEER) : round(Side.PEER, Side.OURS));
        }
        return rounds;
    }

    private Round round(Side first, Side second) throws IOException, InterruptedException {
        try (Contestant one = new Contestant(benchmark, first, folder);
                Contestant other = new Contestant(benchmark, second, folder)) {
            for (Duration left = plan.warmUp(); isSome(left); left = left.minus(LONGEST_BREAK)) {
                one.warmUp(shorter(left, LONGEST_BREAK));
                other.warmUp(shorter(left, LONGEST_BREAK));
            }
            for (int turn = 1; turn <= TURNS; turn++) {
                one.work(plan.measured().dividedBy(TURNS));
                other.work(plan.measured().dividedBy(TURNS));
            }
            Measurement ofOne = one.end();
            Measurement ofOther = other.end();
            return first == Side.OURS ? new Round(ofOne, ofOther) : new Round(ofOther, ofOne);
        }
    }

    private static boolean isSome(Duration length) {
        return !length.isNegative() && !length.isZero();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
