package io.github.pbxsdk.samples.runner;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs samples in surroundings that a test can look into. */
final class Trial {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private String input = "";
    private boolean terminal;
    private OutputStream target = output;
    private Surroundings.Pause pause = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

    Trial environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Trial input(String text) {
        input = text;
        return this;
    }

    Trial onTerminal() {
        terminal = true;
        return this;
    }

    Trial outputTo(OutputStream stream) {
        target = stream;
        return this;
    }

    /** Ends what a sample waits for as soon as its output shows it, however long that takes. */
    Trial until(String shown) {
        return until(shown, 1);
    }

    /** Ends what a sample waits for as soon as its output shows it so many times. */
    Trial until(String shown, int times) {
        Pattern pattern = Pattern.compile(shown, Pattern.LITERAL);
        pause =
                time ->
                        await().atMost(LIMIT)
                                .pollInterval(Duration.ofMillis(20))
                                .until(() -> pattern.matcher(output()).results().count() >= times);
        return this;
    }

    Surroundings surroundings() {
        return new Surroundings(
                environment,
                new BufferedReader(new StringReader(input)),
                new PrintStream(target, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                terminal,
                pause);
    }

    ExitCode run(Sample sample, String... line) {
        return sample.execute(List.of(line), surroundings());
    }

    String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }
}
