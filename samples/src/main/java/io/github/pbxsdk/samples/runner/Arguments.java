package io.github.pbxsdk.samples.runner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line, taken apart: {@code --name value}, {@code --name=value}, {@code --flag} and the
 * words between them; everything after {@code --} is a word.
 */
final class Arguments {

    private final Map<String, String> values = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    private Arguments() {}

    /**
     * Takes a command line apart.
     *
     * @throws UsageException if it has an option that is not among the given ones
     */
    static Arguments parse(List<String> line, Map<String, Option> options) {
        Arguments arguments = new Arguments();
        Deque<String> rest = new ArrayDeque<>(line);
        while (!rest.isEmpty()) {
            String next = rest.remove();
            if (next.equals("--")) {
                arguments.words.addAll(rest);
                break;
            }
            if (next.startsWith("--")) {
                arguments.add(next.substring(2), rest, options);
            } else {
                arguments.words.add(next);
            }
        }
        return arguments;
    }

    private void add(String text, Deque<String> rest, Map<String, Option> options) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        Option option = options.get(name);
        if (option == null) {
            throw new UsageException(
                    "there is no option --"
                            + name
                            + Suggestions.didYouMean(name, options.keySet(), "--")
                            + " (--help shows all)");
        }
        String value = equals < 0 ? following(option, rest) : text.substring(equals + 1);
        if (option.isFlag() && equals >= 0) {
            throw new UsageException("--" + name + " takes no value");
        }
        if (values.putIfAbsent(name, value) != null) {
            throw new UsageException("--" + name + " was given twice");
        }
    }

    private static String following(Option option, Deque<String> rest) {
        if (option.isFlag()) {
            return "";
        }
        String next = rest.peek();
        if (next == null || next.startsWith("--")) {
            throw new UsageException("--" + option.name() + " needs a value: " + option.usage());
        }
        return rest.remove();
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    Optional<String> find(String option) {
        return Optional.ofNullable(values.get(option));
    }

    List<String> words() {
        return List.copyOf(words);
    }
}
