package io.github.pbxsdk.samples.runner;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a program is started with, apart from its arguments. */
record Surroundings(
        Map<String, String> environment,
        BufferedReader input,
        PrintStream output,
        PrintStream errors,
        boolean terminal,
        Pause pause) {

    /** How time passes while a sample works on other threads. */
    @FunctionalInterface
    interface Pause {

        void last(Duration time) throws InterruptedException;
    }

    /** Set by {@code samples/run}: Java 17 cannot tell whether standard error is a terminal. */
    private static final String TERMINAL = "pbxsdk.terminal";

    /** Returns those of this process; all text is UTF-8, whatever the locale says. */
    static Surroundings ofThisProcess() {
        return new Surroundings(
                System.getenv(),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                Boolean.getBoolean(TERMINAL),
                time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }
}
