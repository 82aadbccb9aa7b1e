package io.github.pbxsdk.core.call;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which call records are wanted: those that start in a span of time, and whatever else is asked.
 *
 * <pre>{@code
 * CallRecordQuery today = CallRecordQuery.between(midnight, now).source("101").build();
 * }</pre>
 *
 * <p>There is always a span, because a PBX keeps the records of years. Immutable.
 */
public final class CallRecordQuery {

    private final Instant from;
    private final Instant to;
    private final @Nullable String source;
    private final @Nullable String destination;
    private final @Nullable CallDirection direction;
    private final @Nullable String uniqueid;
    private final @Nullable String linkedid;

    private CallRecordQuery(Builder builder) {
        this.from = builder.from;
        this.to = builder.to;
        this.source = builder.source;
        this.destination = builder.destination;
        this.direction = builder.direction;
        this.uniqueid = builder.uniqueid;
        this.linkedid = builder.linkedid;
    }

    /**
     * Returns a builder of a query for the records that start in this span.
     *
     * @param from the first instant that belongs to it
     * @param to the first instant that does not
     * @throws IllegalArgumentException if it ends before it begins
     */
    public static Builder between(Instant from, Instant to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(
                    "the span ends before it begins: " + from + ", " + to);
        }
        return new Builder(from, to);
    }

    /** Returns the first instant of the span. */
    public Instant from() {
        return from;
    }

    /** Returns the first instant after the span. */
    public Instant to() {
        return to;
    }

    /** Returns the wanted {@link CallRecord#source()}. */
    public Optional<String> source() {
        return Optional.ofNullable(source);
    }

    /** Returns the wanted {@link CallRecord#destination()}. */
    public Optional<String> destination() {
        return Optional.ofNullable(destination);
    }

    /** Returns the wanted direction. */
    public Optional<CallDirection> direction() {
        return Optional.ofNullable(direction);
    }

    /** Returns the wanted {@link CallRecord#uniqueid()}. */
    public Optional<String> uniqueid() {
        return Optional.ofNullable(uniqueid);
    }

    /** Returns the wanted {@link CallRecord#linkedid()}. */
    public Optional<String> linkedid() {
        return Optional.ofNullable(linkedid);
    }

    /**
     * Returns whether a record is wanted, for sources whose server can't choose by itself.
     *
     * <p>A record without a readable start counts as within the span: better one too many than one
     * lost.
     */
    public boolean matches(CallRecord record) {
        return record.start().map(this::isWithin).orElse(true)
                && isWanted(source, record.source())
                && isWanted(destination, record.destination())
                && isWanted(direction, Optional.of(record.direction()))
                && isWanted(uniqueid, Optional.of(record.uniqueid()))
                && isWanted(linkedid, record.linkedid());
    }

    private boolean isWithin(Instant start) {
        return !start.isBefore(from) && start.isBefore(to);
    }

    private static <T> boolean isWanted(@Nullable T wanted, Optional<T> actual) {
        return wanted == null || actual.filter(wanted::equals).isPresent();
    }

    /** Collects what is wanted; not thread-safe. */
    public static final class Builder {

        private final Instant from;
        private final Instant to;
        private @Nullable String source;
        private @Nullable String destination;
        private @Nullable CallDirection direction;
        private @Nullable String uniqueid;
        private @Nullable String linkedid;

        private Builder(Instant from, Instant to) {
            this.from = from;
            this.to = to;
        }

        /** Wants exactly this calling number. */
        public Builder source(String value) {
            this.source = Objects.requireNonNull(value, "source");
            return this;
        }

        /** Wants exactly this dialled number. */
        public Builder destination(String value) {
            this.destination = Objects.requireNonNull(value, "destination");
            return this;
        }

        /** Wants this direction; calls whose direction is unknown are not among them. */
        public Builder direction(CallDirection value) {
            this.direction = Objects.requireNonNull(value, "direction");
            return this;
        }

        /** Wants the records of this calling channel. */
        public Builder uniqueid(String value) {
            this.uniqueid = Objects.requireNonNull(value, "uniqueid");
            return this;
        }

        /** Wants the records of this call. */
        public Builder linkedid(String value) {
            this.linkedid = Objects.requireNonNull(value, "linkedid");
            return this;
        }

        /** Returns the query. */
        public CallRecordQuery build() {
            return new CallRecordQuery(this);
        }
    }
}
