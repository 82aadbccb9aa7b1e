package io.github.pbxsdk.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The program of the processes that a benchmark starts: one side of one round, or its generator.
 *
 * <p>They end when their standard input does, and so with the process that started them, however
 * that one ends.
 */
final class Fork {

    /** Asks a side to work for so many milliseconds, uncounted. */
    static final String WARM_UP = "warm-up";

    /** Asks a side to work for so many milliseconds. */
    static final String WORK = "work";

    /** Asks a side what it loses; the last question. */
    static final String COUNT_LOST = "count-lost";

    private Fork() {}

    /** Arguments of a side: class, file for the results, side, address. */
    static List<String> side(Benchmark benchmark, Path result, Side side, String address) {
        return List.of(
                benchmark.getClass().getName(),
                result.toString(),
                side.name().toLowerCase(Locale.ROOT),
                address);
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
            serve(benchmark, result, args);
        }
        // Threads that a workload left behind must not hold up the next one.
        System.exit(0);
    }

    /** Does what it is asked until it is asked what was lost. */
    private static void serve(Benchmark benchmark, Path result, String[] args) throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        readUntilTheParentEnds(asked);
        Side side = Side.valueOf(args[2].toUpperCase(Locale.ROOT));
        try (Workload workload = benchmark.open(side, args[3])) {
            Meter meter = new Meter(workload);
            for (String line = asked.take(); !line.startsWith(COUNT_LOST); line = asked.take()) {
                publish(result, answer(meter, line));
            }
            OptionalLong lost = workload.lost();
            publish(result, lost.isPresent() ? String.valueOf(lost.getAsLong()) : "");
        }
    }

    private static String answer(Meter meter, String line) throws Exception {
        String[] words = line.split(" ", 2);
        Duration length = Duration.ofMillis(Long.parseLong(words[1]));
        if (words[0].equals(WORK)) {
            return Results.json(meter.measure(length));
        }
        meter.warmUp(length);
        return "";
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

    private static void readUntilTheParentEnds(Queue<String> lines) {
        Runnable reading =
                () -> {
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))
                            .lines()
                            .forEach(lines::add);
                    Runtime.getRuntime().halt(1);
                };
        Thread thread = new Thread(reading, "ends-with-the-parent");
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
