package io.github.pbxsdk.codegen.ami;

import io.github.pbxsdk.codegen.Entry;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the sentences of the Javadoc. */
final class Prose {

    /** Phrases that go without an article. */
    private static final Pattern CLAUSE =
            Pattern.compile(
                    "(how|when|whether|where|why|what|who|in how|for how|by whom|until when|from"
                            + " the|as |\\{|the ).*",
                    Pattern.DOTALL);

    private static final List<String> ALL = List.of("16", "18", "20", "22", "23");

    private Prose() {}

    static String action(Entry action) {
        return action.text("about") + "\n\n<p>" + versions(action) + rights(action) + "\n";
    }

    static String event(Entry event) {
        return event.text("about")
                + "\n\n<p>"
                + versions(event)
                + classes(event)
                + "\n\n@param fields everything the server sent\n";
    }

    static String accessor(Header field) {
        return "Returns "
                + field.about()
                        .map(Prose::withArticle)
                        .orElse("{@code " + field.wire() + "}, as the server writes it")
                + "."
                + words(field)
                + missing(field)
                + "\n";
    }

    static String setter(Header header) {
        return "Sets "
                + phrase(header)
                + "."
                + words(header)
                + preset(header)
                + missing(header)
                + "\n";
    }

    static String parameter(Header header) {
        return phrase(header) + words(header).replaceFirst("^ (.*)\\.$", " ($1)");
    }

    static String phrase(Header header) {
        return header.about()
                .map(Prose::withArticle)
                .orElse("the header {@code " + header.wire() + "}");
    }

    private static String withArticle(String phrase) {
        return CLAUSE.matcher(phrase).matches() ? phrase : "the " + phrase;
    }

    private static String words(Header header) {
        if (header.knownWords().isEmpty() || !header.type().equals("text")) {
            return "";
        }
        return header.knownWords().stream()
                .collect(Collectors.joining("}, {@code ", " Documented are {@code ", "}."));
    }

    private static String preset(Header header) {
        return header.defaultValue().map(value -> " By default {@code " + value + "}.").orElse("");
    }

    private static String missing(Header header) {
        return header.isMissingIn16() ? " Not in Asterisk 16.25." : "";
    }

    private static String versions(Entry entry) {
        List<String> branches = entry.texts("branches");
        String first = branches.get(0);
        String last = branches.get(branches.size() - 1);
        String since =
                first.equals(ALL.get(0))
                        ? "In Asterisk 16 to " + last + "."
                        : "Since Asterisk " + first + ". Not in 16.25.";
        String gone = last.equals("20") ? " Gone in 22." : "";
        return since + gone;
    }

    private static String rights(Entry action) {
        String rights = String.join(" or ", action.texts("privilege"));
        return rights.isEmpty()
                ? " Any user may run it."
                : " Needs write permission for {@code " + rights + "}.";
    }

    private static String classes(Entry event) {
        String classes = String.join("} and {@code ", event.texts("classes"));
        if (event.is("listOnly")) {
            return " Comes only to the one who asked.";
        }
        return classes.isEmpty() ? "" : " Needs read permission for {@code " + classes + "}.";
    }
}
