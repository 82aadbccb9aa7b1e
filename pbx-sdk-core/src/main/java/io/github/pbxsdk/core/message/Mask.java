package io.github.pbxsdk.core.message;

import java.util.regex.Pattern;

/** Shortens what identifies a person, so that logs can be matched but nobody be called. */
final class Mask {

    private static final String HIDDEN = "•••";
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{7,}");
    private static final Pattern NOT_FOR_LOGS = Pattern.compile("[^ -~]");
    private static final int LONG_NUMBER = 11;
    private static final int SHORTEST_TO_SHOW = 7;

    private Mask() {}

    /** Shows both ends of 7 digits or more, and never more than four digits in a row. */
    static String number(String text) {
        int prefix = text.startsWith("+") ? 1 : 0;
        int shown = text.length() - prefix >= LONG_NUMBER ? 4 : 2;
        return ends(text, prefix + shown, shown);
    }

    /** Shows two characters at each end of a text, and nothing of a short one. */
    static String text(String text) {
        String printable = NOT_FOR_LOGS.matcher(text).replaceAll("?");
        if (NUMBER.matcher(printable).matches()) {
            return number(printable);
        }
        return printable.length() < SHORTEST_TO_SHOW ? HIDDEN : ends(printable, 2, 2);
    }

    /** Shows what is as short as an extension, and the ends of all else. */
    static String unlessShort(String text) {
        return text.length() < SHORTEST_TO_SHOW ? text : text(text);
    }

    private static String ends(String text, int head, int tail) {
        return text.substring(0, head) + HIDDEN + text.substring(text.length() - tail);
    }
}
