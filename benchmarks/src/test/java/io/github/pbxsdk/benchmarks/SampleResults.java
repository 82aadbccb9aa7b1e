package io.github.pbxsdk.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** A result made up for tests. */
final class SampleResults {

    private SampleResults() {}

    /** Returns a result of which we lost nothing. */
    static Result result(String name) {
        Round first = new Round(ours(3_000_000_000L, 3_000_000_001L), peer(3_000_000_000L));
        Round second = new Round(ours(3_200_000_000L, 3_000_000_000L), peer(3_100_000_000L));
        return result(
                name,
                List.of(
                        new Round(lost(first.ours(), 0), lost(first.peer(), 900)),
                        new Round(lost(second.ours(), 0), lost(second.peer(), 920))));
    }

    /** Returns a result that does not count what is lost. */
    static Result uncounted(String name) {
        return result(
                name,
                List.of(new Round(ours(3_000_000_000L, 3_000_000_001L), peer(3_000_000_000L))));
    }

    private static Measurement ours(long operations, long nanos) {
        return new Measurement(operations, nanos, 24 * operations);
    }

    private static Measurement peer(long nanos) {
        return new Measurement(1_000_000_000L, nanos, 64_000_000_000L);
    }

    private static Measurement lost(Measurement measurement, long lost) {
        return measurement.withLost(OptionalLong.of(lost));
    }

    private static Result result(String name, List<Round> rounds) {
        return new Result(
                name,
                "reads events",
                "events",
                "another library 1.0",
                Instant.parse("2026-03-04T05:06:07Z"),
                new Revision("0123456789ab", false),
                new Machine("Linux 6.1 amd64", "A \"Processor\"", 2, 8L << 30, "Vendor 17.0.1+1"),
                0.5,
                List.of("-Xmx512m"),
                new Plan(rounds.size(), Duration.ofSeconds(5), Duration.ofSeconds(2)),
                rounds);
    }
}
