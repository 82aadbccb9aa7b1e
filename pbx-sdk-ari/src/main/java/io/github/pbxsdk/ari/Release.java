package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.AsteriskVersion;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What an Asterisk of a known version has and lacks.
 *
 * @param major the branch, such as 22
 */
record Release(AsteriskVersion version, int major) {

    /** The branches whose history is known; the server decides for those between. */
    private static final Set<Integer> KNOWN = Set.of(16, 18, 20, 22, 23);

    private static final int OLDEST = 16;

    /** Checks that nothing is null. */
    Release {
        Objects.requireNonNull(version, "version");
    }

    /** Returns the release of a version, if that has a number. */
    static Optional<Release> of(AsteriskVersion version) {
        return version.major().isPresent()
                ? Optional.of(new Release(version, version.major().getAsInt()))
                : Optional.empty();
    }

    /**
     * Tells whether this release has what came with the given ones, one for each branch that ever
     * got it, such as {@code 20.13.0 22.3.0 23.0.0}.
     */
    boolean has(String releases) {
        return Arrays.stream(releases.split(" ", -1))
                .flatMap(since -> of(AsteriskVersion.of(since)).stream())
                .filter(since -> since.major == major)
                .findFirst()
                .map(since -> version.isAtLeast(since.version))
                .orElse(!KNOWN.contains(major) && major >= OLDEST);
    }

    /**
     * Tells whether it hands out, and deletes, another recording than the one asked for: it
     * compares only as many characters as the name of the file has that it looks at.
     */
    boolean confusesRecordings() {
        return switch (major) {
            case 16 -> !version.isAtLeast(16, 26, 0);
            case 18 -> !version.isAtLeast(18, 12, 0);
            default -> major < 20;
        };
    }

    /** Tells whether it takes requests on the event socket; an older one ignores them. */
    boolean takesRequestsOnTheSocket() {
        return switch (major) {
            case 20 -> version.isAtLeast(20, 14, 0);
            case 22 -> version.isAtLeast(22, 4, 0);
            default -> major > 22;
        };
    }

    @Override
    public String toString() {
        return version.toString();
    }
}
