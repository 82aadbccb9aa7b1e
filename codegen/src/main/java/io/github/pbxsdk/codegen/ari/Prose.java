package io.github.pbxsdk.codegen.ari;

import io.github.pbxsdk.codegen.Entry;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the sentences of the Javadoc. */
final class Prose {

    private Prose() {}

    static String type(Entry data) {
        return data.text("about") + "\n\n<p>" + versions(data) + " Immutable.\n";
    }

    static String accessor(Field field) {
        String about =
                field.data()
                        .find("about")
                        .orElse("{@code " + field.wire() + "}, as the server writes it");
        return "Returns " + about + "." + since(field.data()) + "\n";
    }

    static String method(Operation operation, List<Parameter> parameters) {
        return operation.data().text("about")
                + "\n\n<p>"
                + versions(operation.data())
                + " "
                + permission(operation)
                + "\n"
                + parameters.stream()
                        .map(Prose::parameter)
                        .collect(Collectors.joining("", "\n", ""))
                + "@throws AriRejectedException if the server refuses"
                + errors(operation)
                + "\n";
    }

    private static String permission(Operation operation) {
        return operation.isRead()
                ? "A read-only user may do this."
                : "A read-only user may not do this.";
    }

    private static String errors(Operation operation) {
        List<String> errors = operation.data().texts("errors");
        return errors.isEmpty()
                ? ""
                : "; documented are "
                        + errors.stream()
                                .map(status -> status.replace(".0", ""))
                                .collect(Collectors.joining(", "));
    }

    static String asynchronous(String name) {
        return "Does as {@link #" + name + "} without waiting; the future fails as that does.\n";
    }

    private static String parameter(Parameter parameter) {
        return "@param " + parameter.java() + " " + about(parameter) + "\n";
    }

    static String setter(Parameter parameter) {
        return "Sets " + about(parameter) + ".\n";
    }

    static String getter(Parameter parameter) {
        return "Returns " + about(parameter).replaceFirst("; .* by default", "") + ".\n";
    }

    private static String about(Parameter parameter) {
        return parameter.data().text("about")
                + parameter.preset().map(value -> "; " + value + " by default").orElse("")
                + since(parameter.data()).replaceFirst("^ (.*)\\.$", " ($1)");
    }

    private static String versions(Entry data) {
        if (!data.has("since")) {
            return "In Asterisk 16 to 23.";
        }
        String text = since(data).strip();
        return text.isEmpty() ? "In Asterisk 16 to 23." : text;
    }

    /** Returns since when there is something, where it has not always been there. */
    private static String since(Entry data) {
        if (!data.has("since")) {
            return "";
        }
        List<String> releases = new Since(data.entry("since")).telling();
        return releases.isEmpty() ? "" : " Since Asterisk " + listed(releases) + ".";
    }

    private static String listed(List<String> releases) {
        int last = releases.size() - 1;
        return last == 0
                ? releases.get(0)
                : String.join(", ", releases.subList(0, last)) + " and " + releases.get(last);
    }
}
