package io.github.pbxsdk.samples.runner;

import io.github.pbxsdk.pbx.PbxSetting;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a sample is run with: its settings and options, and where it prints.
 *
 * <p>Printing is thread-safe.
 */
public final class SampleContext {

    private final Sample sample;
    private final Arguments arguments;
    private final Settings settings;
    private final BufferedReader input;
    private final Surroundings.Pause pause;
    private final Output output;

    SampleContext(
            Sample sample,
            Arguments arguments,
            Settings settings,
            Surroundings surroundings,
            Output output) {
        this.sample = sample;
        this.arguments = arguments;
        this.settings = settings;
        this.input = surroundings.input();
        this.pause = surroundings.pause();
        this.output = output;
    }

    /** Returns a setting that the sample needs. */
    public String get(PbxSetting setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalStateException("declare it: needs(" + setting + ")"));
    }

    /** Returns a setting that the sample uses where it is given. */
    public Optional<String> find(PbxSetting setting) {
        sample.requireDeclared(setting);
        return settings.find(setting);
    }

    /** Returns all settings of the sample that are given, by their names in the environment. */
    public Map<String, String> settings() {
        Map<String, String> given = new TreeMap<>();
        for (PbxSetting setting : sample.settings()) {
            settings.find(setting).ifPresent(value -> given.put(setting.name(), value));
        }
        return given;
    }

    /** Returns the value of an option that is required or has a default. */
    public String option(String name) {
        return findOption(name)
                .orElseThrow(() -> new IllegalStateException("--" + name + " may be absent"));
    }

    /** Returns the value of an option that may be absent. */
    public Optional<String> findOption(String name) {
        Option option = sample.declared(name);
        return arguments.find(name).or(() -> Optional.ofNullable(option.fallback()));
    }

    /**
     * Returns the value of an option as a length of time, such as {@code 250ms}, {@code 10s},
     * {@code 2m} or {@code 1h}.
     *
     * @throws UsageException if it is something else
     */
    public Duration duration(String name) {
        return Durations.parse("--" + name, option(name));
    }

    /**
     * Waits for as long as an option says, while the sample does its work on other threads.
     *
     * @throws InterruptedException if somebody presses Ctrl-C
     */
    public void waitFor(String name) throws InterruptedException {
        pause.last(duration(name));
    }

    /** Tells whether a flag was given. */
    public boolean flag(String name) {
        return arguments.has(sample.declared(name).name());
    }

    /** Returns the words that are no options. */
    public List<String> words() {
        return arguments.words();
    }

    /** Returns standard input, in UTF-8. */
    public BufferedReader input() {
        return input;
    }

    /** Prints the words or, with {@code --json}, the line. */
    public void print(JsonLine line, String words) {
        output.print(line, words);
    }

    /** Prints words that programs do not need: nothing with {@code --json}. */
    public void say(String words) {
        output.say(words);
    }

    /**
     * Shows how far the work is, in one line that the next one replaces.
     *
     * <p>It goes to standard error, and nowhere without a terminal.
     */
    public void progress(String words) {
        output.progress(words);
    }
}
