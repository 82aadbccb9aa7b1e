package io.github.pbxsdk.ami.action;

import io.github.pbxsdk.ami.AmiFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One change of a configuration file, for {@link UpdateConfigAction}.
 *
 * <p>The server makes the changes in their order, and none if one of them fails. Immutable.
 */
public final class ConfigChange {

    private final String action;
    private final Map<String, String> parts;

    private ConfigChange(String action, Map<String, String> parts) {
        this.action = action;
        this.parts = parts;
    }

    private static ConfigChange of(String action, String... namesAndValues) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parts.put(
                    namesAndValues[i],
                    Objects.requireNonNull(namesAndValues[i + 1], namesAndValues[i]));
        }
        return new ConfigChange(action, parts);
    }

    /** Adds a section. */
    public static ConfigChange newCategory(String category) {
        return of("NewCat", "Cat", category);
    }

    /**
     * Adds a section with options, separated by commas: {@code allowdups}, {@code template}, {@code
     * inherit="a,b"}.
     */
    public static ConfigChange newCategory(String category, String options) {
        return of("NewCat", "Cat", category, "Options", options);
    }

    /** Gives a section another name. */
    public static ConfigChange renameCategory(String category, String newName) {
        return of("RenameCat", "Cat", category, "Value", newName);
    }

    /** Deletes a section. */
    public static ConfigChange deleteCategory(String category) {
        return of("DelCat", "Cat", category);
    }

    /** Deletes all that is in a section. */
    public static ConfigChange emptyCategory(String category) {
        return of("EmptyCat", "Cat", category);
    }

    /** Gives a setting that is there another value. */
    public static ConfigChange update(String category, String name, String value) {
        return of("Update", "Cat", category, "Var", name, "Value", value);
    }

    /** Gives a setting another value where it has a certain one, among several of its name. */
    public static ConfigChange update(String category, String name, String match, String value) {
        return of("Update", "Cat", category, "Var", name, "Value", value, "Match", match);
    }

    /** Deletes a setting. */
    public static ConfigChange delete(String category, String name) {
        return of("Delete", "Cat", category, "Var", name);
    }

    /** Deletes a setting where it has a certain value, among several of its name. */
    public static ConfigChange delete(String category, String name, String match) {
        return of("Delete", "Cat", category, "Var", name, "Match", match);
    }

    /** Adds a setting at the end of a section. */
    public static ConfigChange append(String category, String name, String value) {
        return of("Append", "Cat", category, "Var", name, "Value", value);
    }

    /**
     * Adds a setting at a place in a section.
     *
     * @param line how many settings stand before it
     */
    public static ConfigChange insert(String category, int line, String name, String value) {
        String place = String.valueOf(line);
        return of("Insert", "Cat", category, "Line", place, "Var", name, "Value", value);
    }

    /** Adds the lines of this change with its number. */
    void addLines(int number, List<AmiFields.Field> lines) {
        String suffix = String.format(Locale.ROOT, "-%06d", number);
        lines.add(new AmiFields.Field("Action" + suffix, action));
        parts.forEach((name, value) -> lines.add(new AmiFields.Field(name + suffix, value)));
    }

    /** Shows what is done where, no values: they can be secrets. */
    @Override
    public String toString() {
        return "ConfigChange[" + action + " " + parts.get("Cat") + "]";
    }
}
