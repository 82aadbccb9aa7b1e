package io.github.pbxsdk.samples.runner;

import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.testing.FakePbx;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program that shows one thing: its name, what it is started with, and the work itself.
 *
 * <pre>{@code
 * public static final Sample SAMPLE =
 *         Sample.named("ami-watch", "shows what happens on the PBX, live")
 *                 .needs(PbxSetting.AMI_HOST, PbxSetting.AMI_USER, PbxSetting.AMI_SECRET)
 *                 .option("for", "TIME", "how long to watch", "10s")
 *                 .running(AmiWatch::run);
 *
 * public static void main(String[] args) {
 *     SAMPLE.start(args);
 * }
 * }</pre>
 *
 * <p>The work throws what the SDK throws; the exit code and the one sentence on standard error are
 * made here. Immutable.
 */
public final class Sample {

    private static final List<Option> COMMON =
            List.of(
                    Option.flag("json", "print one JSON object per line"),
                    Option.flag("verbose", "log what the SDK does, and show where a failure began"),
                    Option.flag("help", "print this"));

    private final String name;
    private final String oneLine;
    private final @Nullable String words;
    private final Map<String, Option> own;
    private final Map<PbxSetting, Need> settings;
    private final @Nullable Consumer<FakePbx> story;
    private final Work work;

    private Sample(Builder builder, Work work) {
        this.name = builder.name;
        this.oneLine = builder.oneLine;
        this.words = builder.words;
        this.own = new LinkedHashMap<>(builder.options);
        this.settings = new EnumMap<>(builder.settings);
        this.story = builder.story;
        this.work = work;
    }

    /**
     * Begins a sample.
     *
     * @param oneLine what it does, for the list of samples
     */
    public static Builder named(String name, String oneLine) {
        return new Builder(name, oneLine);
    }

    /** Returns the name by which {@code samples/run} knows it. */
    public String name() {
        return name;
    }

    /** Returns what it does, in one line. */
    public String oneLine() {
        return oneLine;
    }

    /**
     * Runs the sample as the program: the process ends with its exit code, and Ctrl-C lets it close
     * what it opened.
     */
    public void start(String[] args) {
        Programs.run(surroundings -> execute(List.of(args), surroundings));
    }

    /** Runs the sample in the given surroundings. */
    ExitCode execute(List<String> line, Surroundings surroundings) {
        boolean verbose = line.contains("--verbose");
        Output output = new Output(surroundings, line.contains("--json"));
        if (verbose) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
        }
        try {
            Arguments arguments = Arguments.parse(line, allowed());
            if (arguments.has("help")) {
                surroundings.output().print(Help.of(this));
                return ExitCode.DONE;
            }
            run(arguments, surroundings, output);
            return ExitCode.DONE;
        } catch (Exception e) {
            return failed(e, verbose, output, surroundings);
        }
    }

    private void run(Arguments arguments, Surroundings surroundings, Output output)
            throws Exception {
        Settings found = new Settings(arguments, surroundings.environment());
        Consumer<FakePbx> played = story;
        if (played == null || settings.keySet().stream().anyMatch(found::isGiven)) {
            run(arguments, found, surroundings, output);
            return;
        }
        try (FakePbx pbx = FakePbx.asterisk22()) {
            output.note("no settings are given: this runs on a fake PBX inside this program");
            Stories.begin(pbx, played);
            run(arguments, new Settings(arguments, pbx.settings()), surroundings, output);
        }
    }

    private void run(Arguments arguments, Settings found, Surroundings surroundings, Output output)
            throws Exception {
        requireComplete(arguments, found);
        work.run(new SampleContext(this, arguments, found, surroundings, output));
    }

    private void requireComplete(Arguments arguments, Settings found) {
        if (words == null && !arguments.words().isEmpty()) {
            throw new UsageException(
                    "cannot do anything with \"" + arguments.words().get(0) + "\" (see --help)");
        }
        List<String> missing =
                Stream.concat(missingOptions(arguments), found.missing(needed()).stream()).toList();
        if (!missing.isEmpty()) {
            throw new UsageException("missing: " + String.join(", ", missing));
        }
    }

    private Stream<String> missingOptions(Arguments arguments) {
        return own.values().stream()
                .filter(option -> option.required() && !arguments.has(option.name()))
                .map(Option::usage);
    }

    private Stream<PbxSetting> needed() {
        return settings.keySet().stream().filter(this::isNeeded);
    }

    private ExitCode failed(
            Exception failure, boolean verbose, Output output, Surroundings surroundings) {
        ExitCode code = ExitCode.of(failure);
        if (code != ExitCode.DONE && code != ExitCode.INTERRUPTED) {
            output.complain(name + ": " + Sentence.of(failure));
        }
        if (verbose) {
            failure.printStackTrace(surroundings.errors());
        }
        return code;
    }

    /** Returns what may stand on the command line, settings included. */
    private Map<String, Option> allowed() {
        Map<String, Option> allowed = new LinkedHashMap<>(own);
        for (PbxSetting setting : settings.keySet()) {
            for (Option option : optionsOf(setting)) {
                allowed.put(option.name(), option);
            }
        }
        COMMON.forEach(option -> allowed.put(option.name(), option));
        return allowed;
    }

    private static List<Option> optionsOf(PbxSetting setting) {
        String argument = Settings.argument(setting);
        return List.of(
                new Option(argument, setting.placeholder(), setting.meaning(), false, null),
                new Option(argument + "-file", "FILE", setting.meaning(), false, null));
    }

    /** Returns the words that may follow, such as {@code list | sync}; null when there are none. */
    @Nullable String words() {
        return words;
    }

    List<Option> options() {
        return Stream.concat(own.values().stream(), COMMON.stream()).toList();
    }

    List<PbxSetting> settings() {
        return List.copyOf(settings.keySet());
    }

    boolean isNeeded(PbxSetting setting) {
        return settings.get(setting) == Need.REQUIRED;
    }

    void requireDeclared(PbxSetting setting) {
        if (!settings.containsKey(setting)) {
            throw new IllegalStateException(name + " does not declare the setting " + setting);
        }
    }

    Option declared(String option) {
        return Objects.requireNonNull(
                own.get(option), () -> name + " does not declare the option --" + option);
    }

    private enum Need {
        REQUIRED,
        OPTIONAL
    }

    /** What a sample does. */
    @FunctionalInterface
    public interface Work {

        /** Does it; the failure decides about the exit code. */
        void run(SampleContext sample) throws Exception;
    }

    /** Collects what a sample is started with; not thread-safe. */
    public static final class Builder {

        private final String name;
        private final String oneLine;
        private final Map<String, Option> options = new LinkedHashMap<>();
        private final Map<PbxSetting, Need> settings = new EnumMap<>(PbxSetting.class);
        private @Nullable Consumer<FakePbx> story;
        private @Nullable String words;

        private Builder(String name, String oneLine) {
            this.name = name;
            this.oneLine = oneLine;
        }

        /** Names settings without which the sample cannot run. */
        public Builder needs(PbxSetting... values) {
            Arrays.asList(values).forEach(setting -> settings.put(setting, Need.REQUIRED));
            return this;
        }

        /**
         * Lets the sample run on a {@link FakePbx} where none of its settings is given.
         *
         * @param value what happens on it meanwhile, on another thread
         */
        public Builder onFakePbx(Consumer<FakePbx> value) {
            story = value;
            return this;
        }

        /** Names settings that the sample can do without. */
        public Builder uses(PbxSetting... values) {
            Arrays.asList(values).forEach(setting -> settings.put(setting, Need.OPTIONAL));
            return this;
        }

        /** Adds an option that must be given. */
        public Builder required(String option, String placeholder, String meaning) {
            return add(new Option(option, placeholder, meaning, true, null));
        }

        /** Adds an option that may be absent. */
        public Builder option(String option, String placeholder, String meaning) {
            return add(new Option(option, placeholder, meaning, false, null));
        }

        /** Adds an option with the value it has where it is not given. */
        public Builder option(String option, String placeholder, String meaning, String fallback) {
            return add(new Option(option, placeholder, meaning, false, fallback));
        }

        /** Adds an option without a value. */
        public Builder flag(String option, String meaning) {
            return add(Option.flag(option, meaning));
        }

        /**
         * Allows words that are no options; the text shows in help, such as {@code list | sync}.
         */
        public Builder words(String value) {
            words = value;
            return this;
        }

        private Builder add(Option option) {
            options.put(option.name(), option);
            return this;
        }

        /** Returns the sample that does this work. */
        public Sample running(Work work) {
            return new Sample(this, work);
        }
    }
}
