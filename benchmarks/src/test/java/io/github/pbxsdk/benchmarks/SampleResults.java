package io.github.pbxsdk.benchmarks;

import java.time.Instant;
import java.util.List;

/** A result made up for tests. */
final class SampleResults {

    private SampleResults() {}

    static Result result(String name) {
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
                new Plan(2, Plan.FULL.warmUp(), Plan.FULL.measured()),
                List.of(
                        new Round(
                                new Measurement(3_000_000_000L, 3_000_000_001L, 72_000_000_000L),
                                new Measurement(1_000_000_000L, 3_000_000_000L, 64_000_000_000L)),
                        new Round(
                                new Measurement(3_200_000_000L, 3_000_000_000L, 76_800_000_000L),
                                new Measurement(1_000_000_000L, 3_100_000_000L, 64_000_000_000L))));
    }
}
