package io.github.pbxsdk.benchmarks;

import java.time.Duration;

/**
 * How long a benchmark is measured.
 *
 * @param rounds how often each side works, turn and turn about
 * @param warmUp how long a side works before it is measured
 * @param measured how long it works then
 */
record Plan(int rounds, Duration warmUp, Duration measured) {

    /** For a look: under ten seconds in all. */
    static final Plan QUICK = new Plan(3, Duration.ofMillis(300), Duration.ofMillis(300));

    /** Returns the plan for figures that are kept. */
    static Plan full(Benchmark benchmark) {
        return new Plan(5, benchmark.warmUp(), Duration.ofSeconds(2));
    }
}
