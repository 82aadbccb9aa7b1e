package io.github.pbxsdk.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs {@code lab/asterisk}, or another program of the lab. */
final class LabScript {

    private static final int NOT_INSTALLED = 4;
    private static final Duration FOR_DOWNLOADS = Duration.ofMinutes(15);
    private static final Duration FOR_THE_REST = Duration.ofMinutes(2);

    private final Path path;

    private LabScript(Path path) {
        this.path = path;
    }

    /** Finds it in this directory or one above: tests run in the directory of their module. */
    static Optional<LabScript> find() {
        return find("asterisk");
    }

    /** Finds another program of the lab. */
    static Optional<LabScript> find(String program) {
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            Path candidate = folder.resolve("lab").resolve(program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(new LabScript(candidate));
            }
        }
        return Optional.empty();
    }

    void install(List<Integer> versions) {
        List<String> words = new ArrayList<>(List.of("install"));
        versions.forEach(version -> words.add(version.toString()));
        run(FOR_DOWNLOADS, words).orFail();
    }

    boolean isInstalled(int version) {
        Outcome outcome = run("env", version);
        if (outcome.exitCode == NOT_INSTALLED) {
            return false;
        }
        outcome.orFail();
        return true;
    }

    Map<String, String> environment(int version) {
        return run("env", version)
                .orFail()
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    void start(int version) {
        run("start", version).orFail();
    }

    void stop(int version) {
        run("stop", version).orFail();
    }

    /** Runs a command without a version; empty if nothing is installed. */
    Optional<String> ask(String command) {
        Outcome outcome = run(FOR_DOWNLOADS, List.of(command));
        return outcome.exitCode == NOT_INSTALLED ? Optional.empty() : Optional.of(outcome.orFail());
    }

    String cli(int version, String command) {
        return run(FOR_THE_REST, List.of("cli", Integer.toString(version), command)).orFail();
    }

    private Outcome run(String command, int version) {
        return run(FOR_THE_REST, List.of(command, Integer.toString(version)));
    }

    private Outcome run(Duration limit, List<String> words) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(words);
        Path output = null;
        try {
            // A file, not a pipe: nobody has to read while it runs.
            output = Files.createTempFile("lab", ".out");
            int exitCode = run(limit, command, output);
            return new Outcome(String.join(" ", command), exitCode, Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + String.join(" ", command), e);
        } finally {
            delete(output);
        }
    }

    private static int run(Duration limit, List<String> command, Path output) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("no end after " + limit + ":\n" + Files.readString(output));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Outcome(String command, int exitCode, String output) {

        String orFail() {
            if (exitCode != 0) {
                throw new IllegalStateException(
                        command + " ended with " + exitCode + ":\n" + output);
            }
            return output;
        }
    }
}
