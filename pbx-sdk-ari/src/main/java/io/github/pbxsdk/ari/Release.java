package io.github.pbxsdk.ari;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of an Asterisk release.
 *
 * @param major the branch, such as 22
 */
record Release(int major, int minor, int patch) {

    /** The branches whose history is known; the server decides for those between. */
    private static final Set<Integer> KNOWN = Set.of(16, 18, 20, 22, 23);

    private static final int OLDEST = 16;

    private static final Pattern NUMBERS =
            Pattern.compile(
                    "(?:^|[^0-9a-z.])(\\d{1,2})(?!\\d)(?:\\.(\\d{1,3}))?(?:\\.(\\d{1,3}))?");

    /**
     * Reads the number in a text such as {@code 22.10.1}, {@code certified/18.9-cert3}, {@code
     * 16.28.0~dfsg-0+deb11u4} or {@code GIT-22-a1b2c3}.
     */
    static Optional<Release> of(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.find()
                ? Optional.of(
                        new Release(number(numbers, 1), number(numbers, 2), number(numbers, 3)))
                : Optional.empty();
    }

    private static int number(Matcher numbers, int group) {
        String digits = numbers.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /**
     * Tells whether this release has what came with the given ones, one for each branch that ever
     * got it, such as {@code 20.13.0 22.3.0 23.0.0}.
     */
    boolean has(String releases) {
        return all(releases).stream()
                .filter(since -> since.major == major)
                .findFirst()
                .map(this::isAtLeast)
                .orElse(!KNOWN.contains(major) && major >= OLDEST);
    }

    /**
     * Tells whether it hands out, and deletes, another recording than the one asked for: it
     * compares only as many characters as the name of the file has that it looks at.
     */
    boolean confusesRecordings() {
        if (major >= 20) {
            return false;
        }
        boolean isFixed = (major == 16 && minor >= 26) || (major == 18 && minor >= 12);
        return !isFixed;
    }

    private boolean isAtLeast(Release other) {
        if (major != other.major) {
            return major > other.major;
        }
        return minor != other.minor ? minor > other.minor : patch >= other.patch;
    }

    private static List<Release> all(String releases) {
        return Arrays.stream(releases.split(" ", -1)).map(text -> of(text).orElseThrow()).toList();
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
