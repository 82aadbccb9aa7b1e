package io.github.pbxsdk.core.internal.flight;

import io.github.pbxsdk.core.observe.FlightRecord.Direction;

/** A message on its way into a recording, secrets still in it. */
final class FlightEntry {

    private static final int OVERHEAD_BYTES = 128;

    final Direction direction;
    final String connection;
    final Scrubber scrubber;
    final byte[] bytes;
    final int length;
    final long nanos;

    /** How many were thrown away between the entry before and this one. */
    long missingBefore;

    FlightEntry(
            Direction direction,
            String connection,
            Scrubber scrubber,
            byte[] bytes,
            int length,
            long nanos) {
        this.direction = direction;
        this.connection = connection;
        this.scrubber = scrubber;
        this.bytes = bytes;
        this.length = length;
        this.nanos = nanos;
    }

    int cost() {
        return bytes.length + OVERHEAD_BYTES;
    }
}
