package io.github.pbxsdk.core.observe;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A figure that clients report: its name, its kind and its unit.
 *
 * <p>Immutable; two metrics are equal when their names are. Those of this SDK are the constants of
 * {@link PbxMetrics} and of the modules.
 */
public final class Metric {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)*");

    private final String name;
    private final Kind kind;
    private final Unit unit;
    private final String description;

    private Metric(String name, Kind kind, Unit unit, String description) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a metric is named in lower-case words with dots between, not " + name);
        }
        this.name = name;
        this.kind = kind;
        this.unit = Objects.requireNonNull(unit, "unit");
        this.description = Objects.requireNonNull(description, "description");
    }

    /**
     * Returns a metric that only ever rises.
     *
     * @throws IllegalArgumentException if the name is not made of lower-case words and dots
     */
    public static Metric counter(String name, Unit unit, String description) {
        return new Metric(name, Kind.COUNTER, unit, description);
    }

    /**
     * Returns a metric of how long something takes, in nanoseconds.
     *
     * @throws IllegalArgumentException if the name is not made of lower-case words and dots
     */
    public static Metric timer(String name, String description) {
        return new Metric(name, Kind.TIMER, Unit.NANOSECONDS, description);
    }

    /**
     * Returns a metric that rises and falls.
     *
     * @throws IllegalArgumentException if the name is not made of lower-case words and dots
     */
    public static Metric gauge(String name, Unit unit, String description) {
        return new Metric(name, Kind.GAUGE, unit, description);
    }

    /** Returns the name, such as {@code pbx.retries}; it stays for ever. */
    public String name() {
        return name;
    }

    /** Returns how its values are to be read. */
    public Kind kind() {
        return kind;
    }

    /** Returns what its values count. */
    public Unit unit() {
        return unit;
    }

    /** Returns a sentence about it, for dashboards. */
    public String description() {
        return description;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Metric that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    /** How the values of a metric are to be read. */
    public enum Kind {
        /** Only ever rises: each value is added to those before. */
        COUNTER,
        /** How long something took: each value stands for one time that it happened. */
        TIMER,
        /** A level, which rises and falls. */
        GAUGE
    }

    /** What the values of a metric count. */
    public enum Unit {
        /** Things: requests, events, attempts. */
        COUNT,
        /** Bytes. */
        BYTES,
        /** Nanoseconds. */
        NANOSECONDS
    }
}
