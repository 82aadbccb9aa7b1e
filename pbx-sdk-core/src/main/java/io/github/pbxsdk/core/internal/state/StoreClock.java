package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.time.Time;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The clock by which entries and leases of one process expire.
 *
 * <p>It is set once, when the store opens, and then follows the monotonic clock: whoever sets the
 * clock of the machine, forward or back, neither ends a lease nor brings an entry back.
 */
public final class StoreClock {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanos;
    private final long startNanos;
    private final long startMillis;

    private StoreClock(LongSupplier nanos, long startMillis) {
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.startMillis = startMillis;
    }

    /** Returns a clock that begins with the time of the machine. */
    public static StoreClock ofMachine() {
        return new StoreClock(System::nanoTime, Instant.now().toEpochMilli());
    }

    /** Returns a clock that begins with the given time. */
    public static StoreClock of(Time time) {
        return new StoreClock(time::nanos, time.now().toEpochMilli());
    }

    /** Returns a clock that goes on from this one, or from a later time that was seen already. */
    public StoreClock notBefore(long seenMillis) {
        return new StoreClock(nanos, Math.max(millis(), seenMillis));
    }

    /** Returns the milliseconds since the epoch. */
    public long millis() {
        return startMillis + (nanos.getAsLong() - startNanos) / NANOS_PER_MILLI;
    }
}
