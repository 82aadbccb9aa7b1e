package io.github.pbxsdk.codegen;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes names for Java out of those on the wire: acronyms are words, {@code SipUri}. */
public final class JavaNames {

    private static final Pattern WORD =
            Pattern.compile("[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+");

    private JavaNames() {}

    /** Returns the name of a type. */
    public static String type(String wire) {
        return words(wire).stream().map(JavaNames::capitalized).collect(Collectors.joining());
    }

    /** Returns the name of a method or variable. */
    public static String member(String wire) {
        return decapitalized(type(wire));
    }

    /** Returns a name with a small first letter. */
    public static String decapitalized(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static List<String> words(String wire) {
        return WORD.matcher(wire).results().map(MatchResult::group).toList();
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT)
                + word.substring(1).toLowerCase(Locale.ROOT);
    }
}
