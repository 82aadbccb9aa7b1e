package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.ReconnectOptions;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses that grow with each failure; used by one thread. */
final class Backoff {

    private final ReconnectOptions options;
    private Duration delay;

    Backoff(ReconnectOptions options) {
        this.options = options;
        this.delay = options.firstDelay();
    }

    /** Returns the pause before the next try: random, between half of the delay and the whole. */
    Duration next() {
        long whole = delay.toNanos();
        Duration doubled = delay.multipliedBy(2);
        Duration longest = options.longestDelay();
        delay = doubled.compareTo(longest) < 0 ? doubled : longest;
        return Duration.ofNanos(whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }

    /**
     * Begins anew after a connection that has proved itself.
     *
     * <p>One that is accepted and closed at once, as Asterisk does over its session limit, counts
     * as a failure.
     */
    void noteConnection(Duration lasted) {
        if (lasted.compareTo(delay) >= 0) {
            delay = options.firstDelay();
        }
    }
}
