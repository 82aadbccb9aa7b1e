package io.github.pbxsdk.ami.action;

import io.github.pbxsdk.ami.AmiFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Collects the lines of an action. */
final class ActionFields {

    /** Lines that the client writes itself, and the name of the event. */
    private static final Set<String> RESERVED = Set.of("action", "actionid", "userevent", "event");

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<AmiFields.Field> lines = new ArrayList<>();
    private final List<ConfigChange> changes = new ArrayList<>();

    /** Sets a header, also when it was set before. */
    ActionFields put(String name, String value) {
        Objects.requireNonNull(value, name);
        AmiFields.Field line = new AmiFields.Field(name, value);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).name().equals(name)) {
                lines.set(i, line);
                return this;
            }
        }
        lines.add(line);
        return this;
    }

    ActionFields put(String name, int value) {
        return put(name, String.valueOf(value));
    }

    ActionFields put(String name, boolean value) {
        return put(name, String.valueOf(value));
    }

    ActionFields yesNo(String name, boolean value) {
        return put(name, value ? "yes" : "no");
    }

    ActionFields onOff(String name, boolean value) {
        return put(name, value ? "on" : "off");
    }

    ActionFields oneZero(String name, boolean value) {
        return put(name, value ? "1" : "0");
    }

    /** Rounds up: a little must not become zero, which often means no limit. */
    ActionFields seconds(String name, Duration value) {
        requireNotNegative(name, value);
        return put(name, String.valueOf(value.plus(SECOND).minusNanos(1).toSeconds()));
    }

    /** Rounds up: a little must not become zero, which often means no limit. */
    ActionFields millis(String name, Duration value) {
        requireNotNegative(name, value);
        return put(name, String.valueOf(value.plusNanos(999_999).toMillis()));
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
    }

    ActionFields names(String name, List<String> values) {
        return put(name, String.join(",", values));
    }

    /** Sets a variable, also when it was set before. */
    ActionFields variable(String header, String name, String value) {
        String start = variableName(name) + "=";
        lines.removeIf(line -> line.name().equals(header) && line.value().startsWith(start));
        return addVariable(header, name, value);
    }

    /** Adds a variable, also when there is one of this name. */
    ActionFields addVariable(String header, String name, String value) {
        lines.add(new AmiFields.Field(header, variableName(name) + "=" + quoted(value)));
        return this;
    }

    /** Sets variables instead of those before. */
    ActionFields variables(String header, Map<String, String> variables) {
        lines.removeIf(line -> line.name().equals(header));
        variables.forEach((name, value) -> addVariable(header, name, value));
        return this;
    }

    private static String variableName(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || "=,\"\\".indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    "a variable's name must not be empty, nor have blanks or any of = , \" \\");
        }
        return name;
    }

    /** The server cuts at commas and takes quotes and backslashes for itself. */
    private static String quoted(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,").replace("\"", "\\\"");
    }

    /** Adds a line with a name of the user's choice. */
    ActionFields addHeader(String name, String value) {
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(name + " is not free: choose another name");
        }
        lines.add(new AmiFields.Field(name, Objects.requireNonNull(value, name)));
        return this;
    }

    ActionFields addChange(ConfigChange change) {
        changes.add(Objects.requireNonNull(change, "change"));
        return this;
    }

    ActionFields changes(List<ConfigChange> all) {
        List<ConfigChange> copy = List.copyOf(all);
        changes.clear();
        changes.addAll(copy);
        return this;
    }

    /**
     * Checks that there is a header.
     *
     * @throws IllegalStateException if not
     */
    void require(String name, String method) {
        boolean found =
                name.equals("Action-000000")
                        ? !changes.isEmpty()
                        : lines.stream().anyMatch(line -> line.name().equals(name));
        if (!found) {
            throw new IllegalStateException("set " + method + "(...) before build()");
        }
    }

    AmiFields toFields() {
        List<AmiFields.Field> all = new ArrayList<>(lines);
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i).addLines(i, all);
        }
        return AmiFields.of(all);
    }
}
