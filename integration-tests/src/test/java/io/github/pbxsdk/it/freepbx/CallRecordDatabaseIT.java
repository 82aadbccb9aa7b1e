package io.github.pbxsdk.it.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.call.CallDisposition;
import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.call.CallRecordQuery;
import io.github.pbxsdk.freepbx.CallEvent;
import io.github.pbxsdk.freepbx.CallRecordDatabase;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.it.lab.MariaDb;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Call records and call events of a FreePBX 16, read from a real MariaDB. */
class CallRecordDatabaseIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Path CALLS = Path.of("..", "recorded", "freepbx16", "calls");
    private static final CallRecordQuery BOTH_DAYS =
            between("2026-11-20T00:00:00Z", "2026-11-22T00:00:00Z").build();
    private static final Pattern MEMBER =
            Pattern.compile("\"(\\w+)\": (?:\"((?:[^\"\\\\]|\\\\.)*)\"|([0-9]+))");

    private static DataSource owner;
    private static DataSource reader;

    @BeforeAll
    static void connect() {
        MariaDb server = MariaDb.running();
        owner = server.owner("asteriskcdrdb");
        reader = server.reader("asteriskcdrdb");
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM cdr");
            statement.executeUpdate("DELETE FROM cel");
        }
    }

    private static CallRecordDatabase in(ZoneId zone) {
        return CallRecordDatabase.builder().dataSource(reader).zone(zone).build();
    }

    private static CallRecordQuery.Builder between(String from, String to) {
        return CallRecordQuery.between(Instant.parse(from), Instant.parse(to));
    }

    private static void insert(String table, List<Map<String, String>> rows) throws SQLException {
        try (Connection connection = owner.getConnection()) {
            for (Map<String, String> row : rows) {
                String columns = String.join(",", row.keySet());
                String marks = row.keySet().stream().map(c -> "?").collect(Collectors.joining(","));
                try (PreparedStatement statement =
                        connection.prepareStatement(
                                "INSERT INTO %s (%s) VALUES (%s)"
                                        .formatted(table, columns, marks))) {
                    int place = 1;
                    for (String value : row.values()) {
                        statement.setString(place++, value);
                    }
                    statement.executeUpdate();
                }
            }
        }
    }

    private static Map<String, String> call(String calldate, String uniqueid, int sequence) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("calldate", calldate);
        row.put("uniqueid", uniqueid);
        row.put("linkedid", uniqueid);
        row.put("sequence", String.valueOf(sequence));
        row.put("duration", "10");
        row.put("billsec", "7");
        row.put("disposition", "ANSWERED");
        return row;
    }

    static List<String> calls() throws IOException {
        try (Stream<Path> folders = Files.list(CALLS)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** The rows of a recorded call, as the PBX wrote them. */
    private static List<Map<String, String>> recorded(String call, String file) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        String json = Files.readString(CALLS.resolve(call).resolve(file));
        // The values of cel hold braces, too; an object ends on a line of its own.
        for (String object : json.split("\n }", -1)) {
            Map<String, String> row = new LinkedHashMap<>();
            Matcher member = MEMBER.matcher(object);
            while (member.find()) {
                String text = member.group(2);
                row.put(
                        member.group(1),
                        text == null
                                ? member.group(3)
                                : text.replace("\\\"", "\"").replace("\\\\", "\\"));
            }
            if (!row.isEmpty()) {
                rows.add(row);
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("calls")
    void readsEveryRecordedCallAsThePbxWroteIt(String call) throws Exception {
        List<Map<String, String>> rows = recorded(call, "cdr.json");
        List<Map<String, String>> rowsOfEvents = recorded(call, "cel.json");
        insert("cdr", rows);
        insert("cel", rowsOfEvents);
        CallRecordDatabase records = in(ZoneId.of("UTC"));

        List<CallRecord> found = records.list(BOTH_DAYS);

        assertThat(found).hasSameSizeAs(rows);
        for (Map<String, String> row : rows) {
            assertThat(found)
                    .filteredOn(one -> one.raw().find("sequence").equals(get(row, "sequence")))
                    .singleElement()
                    .satisfies(
                            one ->
                                    row.forEach(
                                            (column, value) ->
                                                    assertThat(one.raw().find(column).orElse(""))
                                                            .as(column)
                                                            .isIn(value, value + ".0")));
        }
        try (Stream<CallEvent> events = records.events(found.get(0).linkedid().orElseThrow())) {
            assertThat(events.map(event -> event.id() + " " + event.type()))
                    .containsExactlyElementsOf(
                            rowsOfEvents.stream()
                                    .map(row -> row.get("id") + " " + row.get("eventtype"))
                                    .toList());
        }
    }

    private static Optional<String> get(Map<String, String> row, String column) {
        return Optional.ofNullable(row.get(column));
    }

    @Test
    void readsARingGroupAsThePbxWroteIt() throws Exception {
        insert("cdr", recorded("04-ring-group", "cdr.json"));
        insert("cel", recorded("04-ring-group", "cel.json"));
        CallRecordDatabase records = in(ZoneId.of("UTC"));

        CallRecord first = records.list(BOTH_DAYS).get(0);

        assertThat(first.start()).contains(Instant.parse("2026-11-20T23:58:10Z"));
        assertThat(first.disposition()).isEqualTo(CallDisposition.NO_ANSWER);
        assertThat(first.direction()).isEqualTo(CallDirection.INTERNAL);
        assertThat(first.recordingFile()).contains("rg-602-2000-20261120-235810-1795219090.21.wav");
        assertThat(first.callerId()).contains("\"ringall2000  Range\" <2000>");
        assertThat(first.raw().find("cnam")).contains("2000  Range");
        assertThat(records.newest()).isPresent();
        try (Stream<CallEvent> events = records.events("1795219090.21")) {
            List<CallEvent> all = events.toList();
            assertThat(all.get(0).type()).isEqualTo("CHAN_START");
            assertThat(all.get(0).time()).contains(Instant.parse("2026-11-20T23:58:10Z"));
            try (Stream<CallEvent> later = records.eventsAfter(all.get(0).id(), 3)) {
                assertThat(later.map(CallEvent::id))
                        .containsExactlyElementsOf(
                                all.subList(1, 4).stream().map(CallEvent::id).toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/New_York"})
    void theZoneOfThisMachineDoesNotMatter(String machine) throws SQLException {
        insert("cdr", List.of(call("2026-03-29 03:00:01", "1774746001.1", 1)));
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(machine));
        try {
            assertThat(
                            in(BERLIN)
                                    .list(
                                            between("2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z")
                                                    .build()))
                    .singleElement()
                    .satisfies(
                            record ->
                                    assertThat(record.start())
                                            .contains(Instant.parse("2026-03-29T01:00:01Z")));
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void tellsTheHourThatComesTwiceApartAndSortsIt() throws SQLException {
        long twoThirty = Instant.parse("2026-10-25T00:30:00Z").getEpochSecond();
        insert(
                "cdr",
                List.of(
                        call("2026-10-25 03:00:00", (twoThirty + 5400) + ".1", 5),
                        call("2026-10-25 02:10:00", (twoThirty + 2400) + ".1", 3),
                        call("2026-10-25 02:30:00", twoThirty + ".1", 1),
                        call("2026-10-25 02:50:00", (twoThirty + 1200) + ".1", 2),
                        call("2026-10-25 02:30:00", (twoThirty + 3600) + ".1", 4),
                        call("2026-10-25 01:59:00", (twoThirty - 1860) + ".1", 0)));

        List<CallRecord> all =
                in(BERLIN).list(between("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z").build());

        assertThat(all)
                .extracting(record -> record.sequence().getAsLong())
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(all)
                .extracting(record -> record.start().orElseThrow())
                .isSorted()
                .contains(
                        Instant.parse("2026-10-25T00:30:00Z"),
                        Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(in(BERLIN).list(between("2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z").build()))
                .extracting(record -> record.sequence().getAsLong())
                .containsExactly(3L, 4L);
    }

    @Test
    void losesNothingInTheNightThatIsAnHourShorter() throws SQLException {
        insert(
                "cdr",
                List.of(
                        call("2026-03-29 03:00:00", "1774746000.1", 3),
                        call("2026-03-29 01:59:59", "1774745999.1", 2),
                        call("2026-03-29 00:00:00", "1774738800.1", 1),
                        call("2026-03-29 23:59:59", "1774821599.1", 4)));

        List<CallRecord> day =
                in(BERLIN).list(between("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z").build());

        assertThat(day)
                .extracting(record -> record.start().orElseThrow())
                .containsExactly(
                        Instant.parse("2026-03-28T23:00:00Z"),
                        Instant.parse("2026-03-29T00:59:59Z"),
                        Instant.parse("2026-03-29T01:00:00Z"),
                        Instant.parse("2026-03-29T21:59:59Z"));
        assertThat(in(BERLIN).list(between("2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z").build()))
                .extracting(record -> record.sequence().getAsLong())
                .containsExactly(2L);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 2026-10-24T22:30:00Z, PT0S",
        "1, 0, 2026-10-25T00:30:00Z, PT0S",
        "0, 1, 2026-10-24T22:30:00Z, PT2M30S"
    })
    void readsTimesAsThePbxSaysThatItWritesThem(
            String utc, String batch, Instant start, Duration delay) throws SQLException {
        insert("cdr", List.of(call("2026-10-25 00:30:00", "1.1", 1)));
        try (FakeFreePbx fake = new FakeFreePbx();
                FreePbxClient pbx =
                        FreePbxClient.builder()
                                .baseUri(fake.url())
                                .credentials(
                                        Credentials.of(
                                                FakeFreePbx.CLIENT_ID, FakeFreePbx.CLIENT_SECRET))
                                .build()) {
            fake.setting("PHPTIMEZONE", "Europe/Berlin");
            fake.setting("CDRUSEGMT", utc);
            fake.setting("CDR_BATCH", batch);
            fake.setting("CDR_BATCH_TIME", "150");

            CallRecordDatabase records =
                    CallRecordDatabase.builder()
                            .dataSource(reader)
                            .times(pbx.callRecords().times())
                            .build();

            assertThat(records.newest()).contains(start);
            Instant now = Instant.parse("2026-10-25T12:00:00Z");
            assertThat(records.completeUntil(now)).isEqualTo(now.minus(delay));
        }
    }

    @Test
    void recordsInUtcNeedNoZone() throws SQLException {
        insert("cdr", List.of(call("2026-10-25 00:30:00", "1.1", 1)));
        CallRecordDatabase utc = CallRecordDatabase.builder().dataSource(reader).utc().build();

        assertThat(utc.list(between("2026-10-25T00:30:00Z", "2026-10-25T00:30:01Z").build()))
                .hasSize(1);
        assertThat(utc.list(between("2026-10-25T00:30:01Z", "2026-10-25T01:00:00Z").build()))
                .isEmpty();
    }

    @Test
    void filtersInTheDatabase() throws SQLException {
        Map<String, String> in = call("2026-11-20 10:00:00", "1.1", 1);
        in.put("src", "15550001");
        in.put("did", "1555");
        Map<String, String> out = call("2026-11-20 11:00:00", "2.1", 2);
        out.put("src", "1001");
        out.put("dst", "'; DROP TABLE cdr; --");
        insert("cdr", List.of(in, out));
        CallRecordDatabase records = in(ZoneId.of("UTC"));

        CallRecordQuery.Builder day = between("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z");
        assertThat(records.list(day.source("1001").build())).hasSize(1);
        assertThat(
                        records.list(
                                between("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z")
                                        .destination("'; DROP TABLE cdr; --")
                                        .build()))
                .hasSize(1);
        assertThat(
                        records.list(
                                between("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z")
                                        .direction(CallDirection.INBOUND)
                                        .build()))
                .extracting(CallRecord::uniqueid)
                .containsExactly("1.1");
    }

    @Test
    void streamsMoreThanItHolds() throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO cdr (calldate, uniqueid, linkedid, sequence, duration)"
                            + " SELECT '2026-11-01 00:00:00' + INTERVAL seq SECOND, CONCAT(seq, '.1'),"
                            + " CONCAT(seq, '.1'), seq, 1 FROM seq_1_to_200000");
        }
        CallRecordQuery month =
                CallRecordQuery.between(
                                Instant.parse("2026-11-01T00:00:00Z"),
                                Instant.parse("2026-12-01T00:00:00Z"))
                        .build();
        long started = System.nanoTime();
        try (Stream<CallRecord> records = in(ZoneId.of("UTC")).stream(month)) {
            assertThat(records.limit(10).count()).isEqualTo(10);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        try (Stream<CallRecord> records = in(ZoneId.of("UTC")).stream(month)) {
            assertThat(records.count()).isEqualTo(200_000);
        }
    }

    @Test
    void neverWritesAndSaysWhatTheDatabaseRefuses() {
        CallRecordDatabase wrong =
                CallRecordDatabase.builder()
                        .dataSource(reader)
                        .utc()
                        .table("asterisk.no_such_table")
                        .build();

        assertThatThrownBy(
                        () ->
                                wrong.list(
                                        between("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z")
                                                .build()))
                .isInstanceOf(PbxException.class)
                .hasMessageContaining("no_such_table");
    }
}
