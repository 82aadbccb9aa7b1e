package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.call.CallRecordQuery;
import io.github.pbxsdk.core.call.CallRecordSource;
import io.github.pbxsdk.core.internal.Futures;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The call records that FreePBX gives over GraphQL.
 *
 * <p>FreePBX gives whole days, unsorted and with repeats, and its pages don't work; so a day is
 * read at a time, and sorted, filtered and freed of repeats here. For months at a time, and for
 * CEL, read the database: {@link CallRecordDatabase}.
 */
public final class GraphQlCallRecords implements CallRecordSource {

    private static final String COLUMNS =
            "uniqueid calldate timestamp clid src dst dcontext channel dstchannel lastapp lastdata"
                    + " duration billsec disposition accountcode userfield did recordingfile cnum"
                    + " outbound_cnum outbound_cnam dst_cnam linkedid peeraccount sequence";

    /** More than any PBX has in a day; without a number there are five. */
    private static final int ALL_OF_A_DAY = 1_000_000;

    private static final Comparator<CallRecord> BY_START =
            Comparator.comparing((CallRecord one) -> one.start().orElse(Instant.EPOCH))
                    .thenComparing(one -> one.sequence().orElse(-1));

    private final FreePbxCalls calls;

    GraphQlCallRecords(FreePbxCalls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "call records of " + calls.settings().host() + " over GraphQL";
    }

    @Override
    public Stream<CallRecord> stream(CallRecordQuery query) {
        RecordTimes times = Futures.await(timesAsync());
        PbxClock clock = new PbxClock(times.zone());
        LocalDate first = clock.earliestFrom(query.from()).toLocalDate();
        LocalDate last = clock.latestBefore(query.to()).toLocalDate();
        return first.datesUntil(last.plusDays(1))
                .flatMap(day -> day(day, clock).stream())
                .filter(query::matches);
    }

    private List<CallRecord> day(LocalDate day, PbxClock clock) {
        return Futures.await(
                calls.read("callRecords.day", session -> records(session, day, day, clock)));
    }

    static List<CallRecord> records(
            FreePbxSession session, LocalDate first, LocalDate last, PbxClock clock) {
        FreePbxObject answer =
                session.graphQl(
                        GraphQlRequest.query("fetchAllCdrs")
                                .argument("first", "Int", ALL_OF_A_DAY)
                                .argument("startDate", "String", first.toString())
                                .argument("endDate", "String", last.toString())
                                .select("cdrs{" + COLUMNS + "}"));
        List<CallRecord> records = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (FreePbxObject row : answer.objects("cdrs")) {
            CallRows.record(fields(row), clock)
                    .filter(record -> seen.add(identity(record)))
                    .ifPresent(records::add);
        }
        records.sort(BY_START);
        return records;
    }

    /** One that tells no sequence is the same only if all of it is. */
    private static Object identity(CallRecord record) {
        return record.sequence().isPresent()
                ? List.of(record.uniqueid(), record.sequence().getAsLong())
                : record;
    }

    private static RawFields fields(FreePbxObject row) {
        RawFields.Builder fields = RawFields.builder();
        row.names().forEach(name -> row.find(name).ifPresent(value -> fields.add(name, value)));
        return fields.build();
    }

    /** Returns the start of the newest record of yesterday and today. */
    static Optional<Instant> newest(FreePbxSession session, Instant now) {
        PbxClock clock = new PbxClock(times(session).zone());
        LocalDate today = clock.wallClock(now).toLocalDate();
        List<CallRecord> records = records(session, today.minusDays(1), today, clock);
        return records.isEmpty() ? Optional.empty() : records.get(records.size() - 1).start();
    }

    /**
     * Returns the first record with this unique id. There may be more: a call makes several, and
     * they can share it.
     */
    public Optional<CallRecord> find(String uniqueid) {
        return Futures.await(findAsync(uniqueid));
    }

    /** Looks without waiting; the future fails as {@link #find} does. */
    public CompletableFuture<Optional<CallRecord>> findAsync(String uniqueid) {
        Objects.requireNonNull(uniqueid, "uniqueid");
        return calls.read("callRecords.find", session -> find(session, uniqueid));
    }

    private static Optional<CallRecord> find(FreePbxSession session, String uniqueid) {
        PbxClock clock = new PbxClock(times(session).zone());
        try {
            return CallRows.record(
                    fields(
                            session.graphQl(
                                    GraphQlRequest.query("fetchCdr")
                                            .argument("id", "ID", uniqueid)
                                            .select(COLUMNS))),
                    clock);
        } catch (FreePbxRejectedException e) {
            if (e.kind() == FreePbxRejectedException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns how this PBX writes the times of its records, and how late. */
    public RecordTimes times() {
        return Futures.await(timesAsync());
    }

    /** Asks without waiting; the future fails as {@link #times} does. */
    public CompletableFuture<RecordTimes> timesAsync() {
        return calls.read("callRecords.times", GraphQlCallRecords::times);
    }

    static RecordTimes times(FreePbxSession session) {
        boolean utc = isOne(session, "CDRUSEGMT");
        ZoneId zone = session.settings().zone();
        if (utc) {
            zone = ZoneOffset.UTC;
        } else if (zone == null) {
            zone =
                    PbxSystem.setting(session, "PHPTIMEZONE")
                            .flatMap(GraphQlCallRecords::zone)
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "the PBX does not tell its time zone (PHPTIMEZONE); say"
                                                            + " zone(...) when building the client"));
        }
        return new RecordTimes(zone, delay(session));
    }

    private static Duration delay(FreePbxSession session) {
        if (!isOne(session, "CDR_BATCH")) {
            return Duration.ZERO;
        }
        String seconds = PbxSystem.setting(session, "CDR_BATCH_TIME").orElse("");
        return Duration.ofSeconds(seconds.matches("[0-9]{1,6}") ? Long.parseLong(seconds) : 300);
    }

    private static boolean isOne(FreePbxSession session, String keyword) {
        String value = PbxSystem.setting(session, keyword).orElse("");
        return value.equals("1") || value.equalsIgnoreCase("yes") || value.equals("true");
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            return name.isBlank() ? Optional.empty() : Optional.of(ZoneId.of(name.strip()));
        } catch (DateTimeException e) {
            // Not the name of a zone: the same as none.
            return Optional.empty();
        }
    }

    /**
     * How a PBX writes the times of its call records.
     *
     * @param zone the zone they are in
     * @param delay how late a record may be, where the PBX writes them in batches
     */
    public record RecordTimes(ZoneId zone, Duration delay) {

        /** Checks that nothing is null. */
        public RecordTimes {
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(delay, "delay");
        }

        /** Returns until when records are complete; later ones may still be missing. */
        public Instant completeUntil(Instant now) {
            return now.minus(delay);
        }
    }
}
