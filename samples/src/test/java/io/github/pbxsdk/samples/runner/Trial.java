package io.github.pbxsdk.samples.runner;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs samples in surroundings that a test can look into. */
final class Trial {

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private String input = "";
    private boolean terminal;
    private OutputStream target = output;

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

    Surroundings surroundings() {
        return new Surroundings(
                environment,
                new BufferedReader(new StringReader(input)),
                new PrintStream(target, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                terminal);
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
