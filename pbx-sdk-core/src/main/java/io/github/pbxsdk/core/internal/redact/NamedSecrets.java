package io.github.pbxsdk.core.internal.redact;

import io.github.pbxsdk.core.internal.redact.Extent.Separator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks what stands behind a secret name in a text: {@code password=…}, {@code Secret: …}. */
public final class NamedSecrets {

    /** Stands where a secret was. */
    public static final String MASK = "***";

    /** The rest of a longer name is enough to know it by, and keeps the cost down. */
    private static final int NAME_LIMIT = 128;

    /** What may close a name, then the separator, then blanks; possessive and bounded, so cheap. */
    private static final Pattern SEPARATOR =
            Pattern.compile(
                    "(?:[\\\\\"'\\])]|%5[Dd]|%22){0,64}+[ \\t]*+(=>?|%3[Dd]|:|%3[Aa]|>)[ \\t]*+");

    private static final Pattern SEPARATOR_OVER_LINES =
            Pattern.compile("(?:[\\\\\"'\\])]|%5[Dd]|%22){0,64}+\\s*+(=>?|%3[Dd]|:|%3[Aa]|>)\\s*+");

    private static final Pattern SCHEME = Pattern.compile("(?:Basic|Bearer|Digest)[ \\t]++");

    private final String text;
    private final Extent extent;
    private final Matcher separator;
    private final StringBuilder masked = new StringBuilder();
    private int copied;

    private NamedSecrets(String text, Extent extent) {
        this.text = text;
        this.extent = extent;
        Pattern pattern = extent == Extent.SYNTAX ? SEPARATOR_OVER_LINES : SEPARATOR;
        this.separator = pattern.matcher(text);
    }

    /** Returns the text with the values masked, or the text itself if there are none. */
    public static String mask(String text, Extent extent) {
        return new NamedSecrets(text, extent).mask();
    }

    private String mask() {
        int position = 0;
        while (position < text.length()) {
            int end = endOfName(position);
            position = end == position ? position + 1 : maskBehind(position, end);
        }
        return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
    }

    private int endOfName(int start) {
        int end = start;
        while (end < text.length() && isNameCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '.';
    }

    private int maskBehind(int start, int end) {
        String name = text.substring(Math.max(start, end - NAME_LIMIT), end);
        if (!SecretNames.isSecret(name)) {
            return end;
        }
        separator.region(end, text.length());
        if (!separator.lookingAt()) {
            return end;
        }
        int value = afterScheme(name, separator.end());
        int stop = extent.end(text, value, kindOf(separator.group(1)));
        if (stop <= value) {
            return Math.max(end, value);
        }
        masked.append(text, copied, value).append(MASK);
        copied = stop;
        return stop;
    }

    /** Keeps how somebody logs in, without what they log in with. */
    private int afterScheme(String name, int value) {
        if (!name.toLowerCase(Locale.ROOT).endsWith("authorization")) {
            return value;
        }
        Matcher scheme = SCHEME.matcher(text).region(value, text.length());
        return scheme.lookingAt() ? scheme.end() : value;
    }

    private static Separator kindOf(String text) {
        return switch (text) {
            case ":", "%3A", "%3a" -> Separator.COLON;
            case ">" -> Separator.TAG;
            default -> Separator.EQUALS;
        };
    }
}
