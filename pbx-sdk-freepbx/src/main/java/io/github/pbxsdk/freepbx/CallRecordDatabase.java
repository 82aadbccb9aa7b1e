package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.call.CallRecordQuery;
import io.github.pbxsdk.core.call.CallRecordSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The call records and call events of a PBX, read from its database {@code asteriskcdrdb}.
 *
 * <pre>{@code
 * CallRecordDatabase records = CallRecordDatabase.builder()
 *         .dataSource(dataSource)                     // of a user who may only SELECT
 *         .zone(ZoneId.of("Australia/Sydney"))        // of the PBX
 *         .build();
 *
 * try (Stream<CallRecord> year = records.stream(CallRecordQuery.between(start, end).build())) {
 *     year.forEach(report::add);
 * }
 * }</pre>
 *
 * <p>Rows are read while the stream is walked, so that a year fits into a small heap; a stream
 * holds a connection until it is closed. Nothing is ever written. The database writes times as the
 * wall clock of the PBX showed them: the hour that comes twice when summer time ends is told apart
 * by the unique id. Thread-safe, as far as the {@code DataSource} is.
 */
public final class CallRecordDatabase implements CallRecordSource {

    private final DataSource dataSource;
    private final String name;
    private final String table;
    private final String eventTable;
    private final PbxClock clock;
    private final Duration delay;
    private final Duration timeout;

    private CallRecordDatabase(Builder builder, DataSource dataSource, ZoneId zone) {
        this.dataSource = dataSource;
        this.name = builder.name;
        this.table = builder.table;
        this.eventTable = builder.eventTable;
        this.clock = new PbxClock(zone);
        this.delay = builder.delay;
        this.timeout = builder.timeout;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stream<CallRecord> stream(CallRecordQuery query) {
        SqlText sql = new SqlText("SELECT * FROM " + table + " WHERE calldate BETWEEN ? AND ?");
        sql.add(CallRows.write(clock.earliestFrom(query.from())));
        sql.add(CallRows.write(clock.latestBefore(query.to())));
        query.source().ifPresent(value -> sql.and("src = ?", value));
        query.destination().ifPresent(value -> sql.and("dst = ?", value));
        query.uniqueid().ifPresent(value -> sql.and("uniqueid = ?", value));
        query.linkedid().ifPresent(value -> sql.and("linkedid = ?", value));
        sql.end(" ORDER BY calldate, sequence");
        Stream<CallRecord> records =
                SqlRows.stream(dataSource, sql, timeout, name)
                        .flatMap(row -> CallRows.record(row, clock).stream());
        return TwiceSorted.sorted(records, this::isTwice).filter(query::matches);
    }

    /** Only in the hour that comes twice the order of the wall clock is not that of time. */
    private boolean isTwice(CallRecord record) {
        return record.raw()
                .find("calldate")
                .flatMap(CallRows::written)
                .map(clock::isTwice)
                .orElse(false);
    }

    /**
     * Returns the call events ({@code cel}) of a call, in the order they were written; to be
     * closed.
     *
     * @param linkedid the id that all channels of the call share
     */
    public Stream<CallEvent> events(String linkedid) {
        SqlText sql = new SqlText("SELECT * FROM " + eventTable + " WHERE linkedid = ?");
        sql.add(Objects.requireNonNull(linkedid, "linkedid"));
        sql.end(" ORDER BY id");
        return SqlRows.stream(dataSource, sql, timeout, name).map(row -> CallEvent.of(row, clock));
    }

    /**
     * Returns the call events that were written after one, in their order; to be closed.
     *
     * <p>Their id only rises: keep the last one, and go on from there.
     *
     * @param id the last one known, or 0
     * @param limit how many at most
     */
    public Stream<CallEvent> eventsAfter(long id, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
        SqlText sql = new SqlText("SELECT * FROM " + eventTable + " WHERE id > ?");
        sql.add(id);
        sql.end(" ORDER BY id LIMIT " + limit);
        return SqlRows.stream(dataSource, sql, timeout, name).map(row -> CallEvent.of(row, clock));
    }

    /**
     * Returns until when records are complete; later ones may still be missing, where the PBX
     * writes them in batches and {@link Builder#times} told so.
     */
    public Instant completeUntil(Instant now) {
        return now.minus(delay);
    }

    /** Returns the start of the newest record, if there is any. */
    public Optional<Instant> newest() {
        SqlText sql = new SqlText("SELECT * FROM " + table);
        sql.end(" ORDER BY calldate DESC LIMIT 1");
        try (Stream<CallRecord> rows =
                SqlRows.stream(dataSource, sql, timeout, name)
                        .flatMap(row -> CallRows.record(row, clock).stream())) {
            return rows.findFirst().flatMap(CallRecord::start);
        }
    }

    @Override
    public String toString() {
        return "CallRecordDatabase[" + name + "]";
    }

    /** Collects the settings of a {@link CallRecordDatabase}; not thread-safe. */
    public static final class Builder {

        private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)?");

        private @Nullable DataSource dataSource;
        private @Nullable ZoneId zone;
        private String name = "call records in the database";
        private String table = "cdr";
        private String eventTable = "cel";
        private Duration delay = Duration.ZERO;
        private Duration timeout = Duration.ofMinutes(1);

        private Builder() {}

        /**
         * Sets where connections come from; needed. They need the right {@code SELECT} on {@code
         * asteriskcdrdb}, and should have no other.
         */
        public Builder dataSource(DataSource value) {
            this.dataSource = Objects.requireNonNull(value, "dataSource");
            return this;
        }

        /**
         * Sets the time zone of the PBX; needed, because the database tells none. Where the PBX
         * writes its records in UTC ({@code CDRUSEGMT}) say {@link #utc()}, and where there is an
         * API, {@link #times}.
         */
        public Builder zone(ZoneId value) {
            this.zone = Objects.requireNonNull(value, "zone");
            return this;
        }

        /** Says that the PBX writes its records in UTC. */
        public Builder utc() {
            return zone(ZoneOffset.UTC);
        }

        /** Takes zone and delay from what {@link GraphQlCallRecords#times()} asked the PBX. */
        public Builder times(GraphQlCallRecords.RecordTimes value) {
            this.delay = value.delay();
            return zone(value.zone());
        }

        /** Sets what it is called in logs. */
        public Builder name(String value) {
            this.name = Objects.requireNonNull(value, "name");
            return this;
        }

        /** Sets the table of call records; {@code cdr} by default, or {@code asteriskcdrdb.cdr}. */
        public Builder table(String value) {
            this.table = checked(value);
            return this;
        }

        /** Sets the table of call events; {@code cel} by default. */
        public Builder eventTable(String value) {
            this.eventTable = checked(value);
            return this;
        }

        private static String checked(String table) {
            if (!TABLE.matcher(table).matches()) {
                throw new IllegalArgumentException("not the name of a table: " + table);
            }
            return table;
        }

        /** Sets how long the database may think about a query; 1 minute by default. */
        public Builder timeout(Duration value) {
            if (value.toSeconds() < 1) {
                throw new IllegalArgumentException("timeout is at least a second, not " + value);
            }
            this.timeout = value;
            return this;
        }

        /**
         * Returns the source; opens nothing.
         *
         * @throws IllegalStateException if a setting is missing
         */
        public CallRecordDatabase build() {
            DataSource from = dataSource;
            if (from == null) {
                throw new IllegalStateException("set dataSource(...) before build()");
            }
            ZoneId where = zone;
            if (where == null) {
                throw new IllegalStateException(
                        "set zone(...), utc() or times(...) before build()");
            }
            return new CallRecordDatabase(this, from, where);
        }
    }
}
