package io.github.pbxsdk.core.observe;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far long work has come.
 *
 * <p>Immutable. {@link #toString()} is a line for a log: {@code 30 of 400 recordings, 12 s:
 * q-1.wav}.
 */
public final class Progress {

    private static final long UNKNOWN = -1;

    private final long done;
    private final long total;
    private final String unit;
    private final Duration elapsed;
    private final @Nullable String detail;

    private Progress(
            long done, long total, String unit, Duration elapsed, @Nullable String detail) {
        this.done = done;
        this.total = total;
        this.unit = Objects.requireNonNull(unit, "unit");
        this.elapsed = Objects.requireNonNull(elapsed, "elapsed");
        this.detail = detail;
    }

    /**
     * Returns progress of work whose end is not known.
     *
     * @param unit what is counted, in the plural: {@code recordings}
     * @throws IllegalArgumentException if {@code done} is negative
     */
    public static Progress of(long done, String unit, Duration elapsed) {
        return new Progress(notNegative(done, "done"), UNKNOWN, unit, elapsed, null);
    }

    /**
     * Returns the same with what there is to do altogether; it can grow while the work goes on.
     *
     * @throws IllegalArgumentException if {@code value} is negative
     */
    public Progress withTotal(long value) {
        return new Progress(done, notNegative(value, "total"), unit, elapsed, detail);
    }

    /** Returns the same with what was done last, such as the name of a file. */
    public Progress withDetail(String value) {
        return new Progress(done, total, unit, elapsed, Objects.requireNonNull(value, "value"));
    }

    private static long notNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value);
        }
        return value;
    }

    /** Returns how much is done. */
    public long done() {
        return done;
    }

    /** Returns how much there is to do altogether, where that is known by now. */
    public OptionalLong total() {
        return total == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(total);
    }

    /** Returns what is counted, in the plural. */
    public String unit() {
        return unit;
    }

    /** Returns how long the work has been going on. */
    public Duration elapsed() {
        return elapsed;
    }

    /** Returns what was done last, where the work tells. */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }

    /** Returns the done part, from 0 to 1, where the total is known. */
    public OptionalDouble fraction() {
        if (total == UNKNOWN) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(total == 0 ? 1 : Math.min(1.0, (double) done / total));
    }

    @Override
    public String toString() {
        String of = total == UNKNOWN ? "" : " of " + total;
        String last = detail == null ? "" : ": " + detail;
        return done + of + " " + unit + ", " + elapsed.toSeconds() + " s" + last;
    }
}
