package io.github.pbxsdk.freepbx;

import java.time.Duration;
import java.util.Objects;

/**
 * A configuration that is live now.
 *
 * @param duration how long the PBX took, with the time it was busy with another reload
 * @param words what the PBX said about it
 */
public record ApplyResult(Duration duration, String words) {

    /** Checks that nothing is null. */
    public ApplyResult {
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(words, "words");
    }
}
