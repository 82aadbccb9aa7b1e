package io.github.pbxsdk.samples.runner;

import io.github.pbxsdk.pbx.PbxSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a setting: on the command line, in the environment, or in the file that either names.
 *
 * <p>{@code AMI_HOST} can be given as {@code --ami-host} too, or read from the file that {@code
 * AMI_HOST_FILE} or {@code --ami-host-file} names.
 */
final class Settings {

    private final Arguments arguments;
    private final Map<String, String> environment;

    Settings(Arguments arguments, Map<String, String> environment) {
        this.arguments = arguments;
        this.environment = environment;
    }

    /** Returns the argument of a setting without its dashes, such as {@code ami-host}. */
    static String argument(PbxSetting setting) {
        return setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value of a setting; an empty variable counts as not set.
     *
     * @throws UsageException if it is given both as a value and as a file, or the file is
     *     unreadable
     */
    Optional<String> find(PbxSetting setting) {
        return fromArguments(setting).or(() -> fromEnvironment(setting));
    }

    /** Tells whether a setting is given, in whatever form. */
    boolean isGiven(PbxSetting setting) {
        String argument = argument(setting);
        return arguments.find(argument).isPresent()
                || arguments.find(argument + "-file").isPresent()
                || variable(setting.name()).isPresent()
                || variable(setting.name() + "_FILE").isPresent();
    }

    private Optional<String> fromArguments(PbxSetting setting) {
        String name = argument(setting);
        return one(
                "--" + name,
                arguments.find(name),
                "--" + name + "-file",
                arguments.find(name + "-file"));
    }

    private Optional<String> fromEnvironment(PbxSetting setting) {
        String name = setting.name();
        return one(name, variable(name), name + "_FILE", variable(name + "_FILE"));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static Optional<String> one(
            String name, Optional<String> value, String fileName, Optional<String> file) {
        if (value.isPresent() && file.isPresent()) {
            throw new UsageException(name + " and " + fileName + " are both given: keep one");
        }
        return value.or(() -> file.map(path -> content(fileName, path)));
    }

    private static String content(String fileName, String path) {
        try {
            // Editors and `echo` end a file with a line break that is no part of a secret.
            String text = Files.readString(Path.of(path)).replaceFirst("\\R\\z", "");
            if (text.isEmpty()) {
                throw new UsageException(fileName + ": the file " + path + " is empty");
            }
            return text;
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(fileName + ": cannot read the file " + path, e);
        }
    }

    /** Returns, for each setting that is missing, how to give it. */
    List<String> missing(Stream<PbxSetting> needed) {
        return needed.filter(setting -> find(setting).isEmpty())
                .map(
                        setting ->
                                setting.name()
                                        + (" (or --" + argument(setting))
                                        + (" " + setting.placeholder() + ")"))
                .toList();
    }
}
