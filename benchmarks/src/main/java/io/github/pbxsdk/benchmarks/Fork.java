package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The program of the processes that a benchmark starts: one side of one round, or its generator.
 *
 * <p>They end when their standard input does, and so with the process that started them, however
 * that one ends.
 */
final class Fork {

    private Fork() {}

    /** Arguments of a side: class, file for the result, side, address, warm-up and length in ms. */
    static List<String> side(
            Benchmark benchmark, Path result, Side side, String address, Plan plan) {
        return List.of(
                benchmark.getClass().getName(),
                result.toString(),
                side.name().toLowerCase(Locale.ROOT),
                address,
                String.valueOf(plan.warmUp().toMillis()),
                String.valueOf(plan.measured().toMillis()));
    }

    /** Arguments of a generator: class, file for the address. */
    static List<String> generator(Benchmark benchmark, Path result) {
        return List.of(benchmark.getClass().getName(), result.toString());
    }

    public static void main(String[] args) throws Exception {
        Benchmark benchmark =
                Class.forName(args[0])
                        .asSubclass(Benchmark.class)
                        .getDeclaredConstructor()
                        .newInstance();
        Path result = Path.of(args[1]);
        if (args.length == 2) {
            generate(benchmark, result);
        } else {
            endWithTheParent();
            measure(benchmark, result, args);
        }
        // Threads that a workload left behind must not hold up the next one.
        System.exit(0);
    }

    private static void measure(Benchmark benchmark, Path result, String[] args) throws Exception {
        Plan plan =
                new Plan(
                        1,
                        Duration.ofMillis(Long.parseLong(args[4])),
                        Duration.ofMillis(Long.parseLong(args[5])));
        Side side = Side.valueOf(args[2].toUpperCase(Locale.ROOT));
        try (Workload workload = benchmark.open(side, args[3])) {
            Measurement measured = new Meter(workload).measure(plan);
            publish(result, Results.json(measured.withLost(workload.lost())));
        }
    }

    private static void generate(Benchmark benchmark, Path result) throws Exception {
        try (Generator generator = benchmark.generator().orElseThrow().start()) {
            publish(result, generator.address());
            awaitEndOfInput();
        }
    }

    /** Whoever sees the file sees all of it. */
    private static void publish(Path result, String text) throws IOException {
        Path draft = result.resolveSibling(result.getFileName() + ".draft");
        Files.writeString(draft, text);
        Files.move(draft, result);
    }

    private static void endWithTheParent() {
        Runnable watch =
                () -> {
                    awaitEndOfInput();
                    Runtime.getRuntime().halt(1);
                };
        Thread thread = new Thread(watch, "end-with-the-parent");
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said; only the end counts.
            }
        } catch (IOException e) {
            // As good as the end.
        }
    }
}
