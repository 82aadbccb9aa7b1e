package io.github.pbxsdk.benchmarks;

import java.time.Instant;
import java.util.List;

/**
 * All that is known about one run of one benchmark; the raw rounds, nothing derived.
 *
 * @param load how many processes wanted to run in the minute before the start
 */
record Result(
        String benchmark,
        String what,
        String operations,
        String peer,
        Instant startedAt,
        Revision revision,
        Machine machine,
        double load,
        List<String> jvmOptions,
        Plan plan,
        List<Round> rounds) {

    Result {
        jvmOptions = List.copyOf(jvmOptions);
        rounds = List.copyOf(rounds);
    }

    /** Tells whether others used the machine, too: its figures are rough then. */
    boolean isRough() {
        return load > machine.processors() / 2.0;
    }
}
