package io.github.pbxsdk.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process with a JVM of its own that writes what it has to say into a file. */
final class ForkedJvm implements AutoCloseable {

    /** How long a process may take over its measured time, on a machine that is busy. */
    static final Duration START_LIMIT = Duration.ofSeconds(30);

    /** The same for both sides, and part of each kept result. */
    static final List<String> OPTIONS =
            List.of(
                    "-Xms512m",
                    "-Xmx512m",
                    "-XX:+UseG1GC",
                    // Some peers log a line for each event.
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                    // And this one at that level, for each event that it loses.
                    "-Dorg.slf4j.simpleLogger.log.org.asteriskjava.manager=off");

    private static final long LOOK_EVERY_MILLIS = 10;
    private static final long GRACE_SECONDS = 2;
    private static final int LINES_SHOWN = 5;

    private final String name;
    private final Process process;
    private final Path result;
    private final Path log;

    private ForkedJvm(String name, Path folder, List<String> arguments) throws IOException {
        this.name = name;
        this.result = result(folder, name);
        this.log = folder.resolve(name + ".log");
        Files.deleteIfExists(result);
        this.process =
                new ProcessBuilder(command(arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
    }

    static ForkedJvm side(Benchmark benchmark, Path folder, Side side, String address)
            throws IOException {
        String name = benchmark.name() + "-" + side;
        Path result = result(folder, name);
        return new ForkedJvm(name, folder, Fork.side(benchmark, result, side, address));
    }

    static ForkedJvm generator(Benchmark benchmark, Side side, Path folder) throws IOException {
        String name = benchmark.name() + "-generator-of-" + side;
        return new ForkedJvm(name, folder, Fork.generator(benchmark, result(folder, name)));
    }

    private static Path result(Path folder, String name) {
        return folder.resolve(name + ".result");
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Fork.class.getName());
        command.addAll(arguments);
        return command;
    }

    /**
     * Asks a side to work for so long, and waits for what it has to say.
     *
     * @throws BenchmarkException as {@link #awaitResult} does
     */
    String ask(String question, Duration length) throws IOException, InterruptedException {
        tell(question, length);
        return awaitResult(START_LIMIT.plus(length));
    }

    /** Asks without waiting; a process that has ended is noticed by who waits. */
    void tell(String question, Duration length) {
        try {
            OutputStream asked = process.getOutputStream();
            asked.write((question + " " + length.toMillis() + "\n").getBytes(US_ASCII));
            asked.flush();
        } catch (IOException e) {
            // Its last words say more than this.
        }
    }

    /**
     * Waits for what the process has to say.
     *
     * @throws BenchmarkException if it ends without a word, or says nothing in time
     */
    String awaitResult(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            boolean ended = process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (Files.exists(result)) {
                String said = Files.readString(result);
                Files.delete(result);
                return said;
            }
            if (ended) {
                throw new BenchmarkException(name + " failed:\n" + lastWords());
            }
        }
        throw new BenchmarkException(
                name + " was not ready after " + limit.toSeconds() + " s\n" + lastWords());
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(0, Math.min(lines.size(), LINES_SHOWN)));
    }

    /** Ends the process, and returns when it has ended: the next one has the machine to itself. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
