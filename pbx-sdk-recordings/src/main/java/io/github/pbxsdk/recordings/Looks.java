package io.github.pbxsdk.recordings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the regular looks of a sync came to.
 *
 * @param lookedAt when the last one went through
 * @param failingSince when the first of those failed that fail since then
 * @param reason why the last one failed
 */
record Looks(@Nullable Instant lookedAt, @Nullable Instant failingSince, @Nullable String reason) {

    static final Looks NONE = new Looks(null, null, null);

    Looks wentThrough(Instant now) {
        return new Looks(now, null, null);
    }

    Looks failed(Instant now, String why) {
        return new Looks(lookedAt, failingSince == null ? now : failingSince, why);
    }

    /** Another instance has the turn: what hindered this one is not known any more. */
    Looks leftToAnother() {
        return new Looks(lookedAt, null, null);
    }
}
