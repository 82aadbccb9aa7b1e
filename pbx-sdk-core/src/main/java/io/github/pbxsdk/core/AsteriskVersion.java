package io.github.pbxsdk.core;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of an Asterisk, as far as it can be read.
 *
 * <p>Vendors write what they like: {@code 22.10.1}, {@code certified/18.9-cert3}, {@code
 * 16.28.0~dfsg-0+deb11u4}, {@code GIT-22-a1b2c3}. A text without a number means a server that is as
 * new as can be. Immutable; equal when the texts are.
 */
public final class AsteriskVersion {

    private static final Pattern NUMBERS =
            Pattern.compile(
                    "(?:^|[^0-9a-z.])(\\d{1,2})(?!\\d)(?:\\.(\\d{1,3}))?(?:\\.(\\d{1,3}))?");

    private final String text;
    private final int major;
    private final int minor;
    private final int patch;

    private AsteriskVersion(String text, int major, int minor, int patch) {
        this.text = text;
        this.major = major;
        this.minor = minor;
        this.patch = patch;
    }

    /** Returns the version that a text names; an empty one stands for a server that told none. */
    public static AsteriskVersion of(String text) {
        Matcher numbers = NUMBERS.matcher(Objects.requireNonNull(text, "text"));
        return numbers.find()
                ? new AsteriskVersion(
                        text, number(numbers, 1, 0), number(numbers, 2, 0), number(numbers, 3, 0))
                : new AsteriskVersion(text, Integer.MAX_VALUE, 0, 0);
    }

    private static int number(Matcher numbers, int group, int otherwise) {
        String digits = numbers.group(group);
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    /** Returns the text as the server wrote it; empty when it told none. */
    public String text() {
        return text;
    }

    /** Returns the first number, such as 22, where there is one. */
    public OptionalInt major() {
        return major == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(major);
    }

    /** Tells whether it is the given version or a later one; true for a version without number. */
    public boolean isAtLeast(int atMajor, int atMinor, int atPatch) {
        if (major != atMajor) {
            return major > atMajor;
        }
        return minor != atMinor ? minor > atMinor : patch >= atPatch;
    }

    /** Tells whether it is the other version or a later one. */
    public boolean isAtLeast(AsteriskVersion other) {
        return isAtLeast(other.major, other.minor, other.patch);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AsteriskVersion that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "unknown" : text;
    }
}
