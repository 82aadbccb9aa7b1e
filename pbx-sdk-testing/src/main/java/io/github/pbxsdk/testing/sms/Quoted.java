package io.github.pbxsdk.testing.sms;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts in JSON, as far as the fakes need them. */
final class Quoted {

    private static final Pattern ESCAPE = Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)");

    private Quoted() {}

    /** Returns the text in quotation marks, or {@code null} for none. */
    static String of(Optional<String> text) {
        return text.map(Quoted::of).orElse("null");
    }

    /** Returns the text in quotation marks. */
    static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(
                        unit -> {
                            if (unit == '"' || unit == '\\' || unit < ' ') {
                                quoted.append(String.format("\\u%04x", unit));
                            } else {
                                quoted.append((char) unit);
                            }
                        });
        return quoted.append('"').toString();
    }

    /** Returns the first member with this name, if it is a text. */
    static Optional<String> find(String json, String name) {
        return findAll(json, name).stream().findFirst();
    }

    /** Returns the members with this name that are texts, in their order. */
    static List<String> findAll(String json, String name) {
        return Pattern.compile("\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(json)
                .results()
                .map(member -> unescaped(member.group(1)))
                .toList();
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(meant(escape)));
    }

    private static String meant(MatchResult escape) {
        if (escape.group(2) != null) {
            return String.valueOf((char) Integer.parseInt(escape.group(2), 16));
        }
        return switch (escape.group(1)) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            default -> escape.group(1);
        };
    }
}
