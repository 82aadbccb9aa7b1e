package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What {@code benchmarks/run} starts, in the root of the project.
 *
 * <p>It ends with 0 when all ran, 1 when one failed, 2 when it was called the wrong way.
 */
public final class Benchmarks {

    /** All benchmarks, in the order of the list. */
    static final List<Benchmark> ALL =
            List.of(
                    new EmptyLoop(),
                    new RootFutures(),
                    new AmiEvents(),
                    new AmiRoundTrips(),
                    new AmiRoundTrips.BesideTheLeast(),
                    new LegacyEvents(),
                    new SipTexts(),
                    new SipTexts.OverTcp(),
                    new SmsSends(),
                    new SmsSends.BesideTwilio(),
                    new SmsSends.BesideVonage(),
                    new SmsLedgers(),
                    new SmsSplits(),
                    new AriEvents(),
                    new AriOneType(),
                    new AriRecordings(),
                    new AriDownloads());

    private static final Path FRESH = Path.of("benchmarks", "target", "results");
    private static final Path KEPT = Path.of("benchmarks", "results");
    private static final Path PAGE = Path.of("docs", "benchmarks.md");
    private static final Path WORK = Path.of("benchmarks", "target", "forks");
    private static final Set<String> FLAGS = Set.of("--quick", "--save", "--report", "--help");

    private final PrintStream output;
    private final Consumer<String> progress;

    private Benchmarks(PrintStream output, Consumer<String> progress) {
        this.output = output;
        this.progress = progress;
    }

    /** Lists, runs or reports. */
    public static void main(String[] args) throws Exception {
        PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        boolean terminal = Boolean.getBoolean("pbxsdk.terminal");
        Consumer<String> progress = words -> errors.print("\r\u001B[K" + words);
        try {
            new Benchmarks(output, terminal ? progress : words -> {}).run(List.of(args));
        } catch (IllegalArgumentException e) {
            errors.println("benchmarks/run: " + e.getMessage());
            System.exit(2);
        } catch (BenchmarkException e) {
            errors.println("benchmarks/run: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run(List<String> line) throws IOException, InterruptedException {
        Set<String> flags =
                line.stream().filter(word -> word.startsWith("-")).collect(Collectors.toSet());
        List<Benchmark> chosen = chosen(line);
        check(flags, chosen);
        if (flags.contains("--help") || line.isEmpty()) {
            output.print(list());
        }
        if (!chosen.isEmpty()) {
            run(chosen, flags);
        }
        if (flags.contains("--report")) {
            report();
        }
    }

    private static List<Benchmark> chosen(List<String> line) {
        return line.stream()
                .filter(word -> !word.startsWith("-"))
                .distinct()
                .map(Benchmarks::named)
                .toList();
    }

    private static Benchmark named(String name) {
        return ALL.stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no benchmark \""
                                                + name
                                                + "\"; there are "
                                                + names()));
    }

    private static String names() {
        return ALL.stream().map(Benchmark::name).collect(Collectors.joining(", "));
    }

    private static void check(Set<String> flags, List<Benchmark> chosen) {
        Set<String> unknown = new HashSet<>(flags);
        unknown.removeAll(FLAGS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no option " + String.join(", ", unknown) + " (see --help)");
        }
        if (flags.contains("--quick") && flags.contains("--save")) {
            throw new IllegalArgumentException("a --quick result is not worth keeping: no --save");
        }
        if (chosen.isEmpty() && (flags.contains("--quick") || flags.contains("--save"))) {
            throw new IllegalArgumentException("which benchmark? There are " + names());
        }
    }

    private static String list() {
        StringBuilder text = new StringBuilder();
        text.append("usage: benchmarks/run [--quick | --save] NAME…   runs benchmarks\n");
        text.append(
                "       benchmarks/run --report                   writes docs/benchmarks.md\n\n");
        for (Benchmark benchmark : ALL) {
            text.append("  %-20s  %s%n".formatted(benchmark.name(), benchmark.what()));
        }
        text.append("\n  --quick   three short rounds, under ten seconds each benchmark\n");
        text.append("  --save    keeps the result in benchmarks/results, for --report\n");
        return text.toString();
    }

    private void run(List<Benchmark> chosen, Set<String> flags)
            throws IOException, InterruptedException {
        Path folder = flags.contains("--save") ? KEPT : FRESH;
        List<Result> results = new ArrayList<>();
        for (Benchmark benchmark : chosen) {
            Plan plan = flags.contains("--quick") ? Plan.QUICK : Plan.full(benchmark);
            Result result = measured(benchmark, plan);
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(benchmark.name() + ".json"), Results.json(result));
            results.add(result);
        }
        progress.accept("");
        output.print(Table.of(results));
        output.println("raw rounds: " + folder);
        results.stream().filter(Result::isRough).forEach(this::warn);
    }

    private void warn(Result result) {
        output.printf(
                Locale.ROOT,
                "%s: others used the machine (load %.1f on %d processors), so the figures are"
                        + " rough%n",
                result.benchmark(),
                result.load(),
                result.machine().processors());
    }

    private Result measured(Benchmark benchmark, Plan plan)
            throws IOException, InterruptedException {
        Instant start = Instant.now();
        Files.createDirectories(WORK);
        return new Result(
                benchmark.name(),
                benchmark.what(),
                benchmark.operations(),
                benchmark.peer(),
                start,
                Revision.here(),
                Machine.here(),
                Machine.load(),
                ForkedJvm.OPTIONS,
                plan,
                new Contest(benchmark, plan, WORK, progress).run());
    }

    private void report() throws IOException {
        Files.writeString(PAGE, Report.update(Files.readString(PAGE), Report.read(KEPT)));
        output.println("written: " + PAGE);
    }
}
