package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.ReconnectOptions;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a registration waits: after failures longer and longer, and before it is prolonged. */
final class RegistrationPauses {

    private static final Duration LONG_GRANT = Duration.ofMinutes(2);

    /** How long a registration may be gone without anybody having noticed. */
    private static final Duration LONGEST_BLINDNESS = Duration.ofMinutes(1);

    /** Enough for a prolongation that fails after the longest time. */
    private static final Duration RESERVE = Duration.ofSeconds(32);

    private final ReconnectOptions options;
    private int failures;

    RegistrationPauses(ReconnectOptions options) {
        this.options = options;
    }

    /** Begins anew, for it has worked or is to be tried at once. */
    void reset() {
        failures = 0;
    }

    /** Doubles from the first delay to the longest, then takes a random part above the half. */
    Duration afterFailure() {
        long first = options.firstDelay().toMillis();
        long longest = options.longestDelay().toMillis();
        long whole = Math.max(1, Math.min(longest, first << Math.min(failures, 20)));
        failures++;
        return Duration.ofMillis(whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }

    /** Returns a random time from 75 to 90 % of what was granted. */
    static Duration beforeProlonging(Duration grant) {
        double part = 0.75 + 0.15 * ThreadLocalRandom.current().nextDouble();
        Duration pause = Duration.ofMillis((long) (grant.toMillis() * part));
        if (grant.compareTo(LONG_GRANT) >= 0 && pause.compareTo(grant.minus(RESERVE)) > 0) {
            pause = grant.minus(RESERVE);
        }
        return longer(pause, Duration.ofSeconds(1));
    }

    /**
     * Returns a random time, so that many do not look at once; before the prolonging, which would
     * push out whoever has taken the place.
     */
    static Duration beforeLooking(Duration grant) {
        long whole = Math.min(LONGEST_BLINDNESS.toMillis(), grant.toMillis() / 2);
        return Duration.ofMillis(whole - ThreadLocalRandom.current().nextLong(whole / 5 + 1));
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
