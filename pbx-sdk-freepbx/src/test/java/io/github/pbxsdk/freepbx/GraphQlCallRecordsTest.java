package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.call.CallDisposition;
import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.call.CallRecordQuery;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphQlCallRecordsTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");

    private final FakeFreePbx fake = new FakeFreePbx();
    private final FreePbxClient pbx = TestClients.client(fake);

    @AfterEach
    void close() {
        pbx.close();
        fake.close();
    }

    private void add(String uniqueid, int sequence, String calldate, String... more) {
        Map<String, Object> row = new HashMap<>();
        row.put("uniqueid", uniqueid);
        row.put("linkedid", uniqueid);
        row.put("sequence", String.valueOf(sequence));
        row.put("calldate", calldate);
        row.put("duration", 10);
        row.put("billsec", 7);
        row.put("disposition", "ANSWERED");
        for (int i = 0; i < more.length; i += 2) {
            row.put(more[i], more[i + 1]);
        }
        fake.addCallRecord(row);
    }

    private List<CallRecord> day() {
        return pbx.callRecords()
                .list(CallRecordQuery.between(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(1))).build());
    }

    @Test
    void sortsAndTakesOutRepeats() {
        add("1795215324.4", 4, "2026-11-20 22:55:24");
        add("1795215322.0", 0, "2026-11-20 22:55:22");
        add("1795215322.0", 1, "2026-11-20 22:55:22");
        add("1795215324.4", 4, "2026-11-20 22:55:24");

        List<CallRecord> records = day();

        assertThat(records)
                .extracting(one -> one.sequence().getAsLong())
                .containsExactly(0L, 1L, 4L);
        assertThat(records.get(0).start()).contains(Instant.parse("2026-11-20T22:55:22Z"));
        assertThat(records.get(0).answer()).contains(Instant.parse("2026-11-20T22:55:25Z"));
        assertThat(records.get(0).disposition()).isEqualTo(CallDisposition.ANSWERED);
    }

    @Test
    void readsEveryRecordOfADayAndOnlyTheDaysThatAreAsked() {
        for (int i = 0; i < 40; i++) {
            add("17952153" + (10 + i) + ".1", i, "2026-11-20 10:00:" + (10 + i % 50));
        }
        add("1795301722.1", 99, "2026-11-21 22:55:22");

        assertThat(day()).hasSize(40);
        assertThat(fake.requests("fetchAllCdrs")).hasSize(2);
    }

    @Test
    void readsADayWhenTheStreamGetsThere() {
        for (int i = 0; i < 3; i++) {
            add("1795" + i + "15322.1", i, "2026-11-2" + i + " 22:55:22");
        }
        CallRecordQuery month =
                CallRecordQuery.between(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(30))).build();
        try (var records = pbx.callRecords().stream(month)) {
            assertThat(records.findFirst()).isPresent();
        }
        assertThat(fake.requests("fetchAllCdrs")).hasSize(1);
    }

    @Test
    void filters() {
        add("1795215322.1", 1, "2026-11-20 10:00:00", "src", "1001", "dst", "1002");
        add("1795215323.1", 2, "2026-11-20 11:00:00", "src", "1777", "dst", "1001", "did", "1555");
        add(
                "1795215324.1",
                3,
                "2026-11-20 12:00:00",
                "src",
                "1001",
                "dst",
                "15550001",
                "outbound_cnum",
                "1555");

        CallRecordQuery.Builder query =
                CallRecordQuery.between(MIDNIGHT, MIDNIGHT.plus(Duration.ofHours(13)));
        assertThat(pbx.callRecords().list(query.source("1001").build())).hasSize(2);
        assertThat(pbx.callRecords().list(query.direction(CallDirection.OUTBOUND).build()))
                .extracting(CallRecord::uniqueid)
                .containsExactly("1795215324.1");
        assertThat(day())
                .extracting(CallRecord::direction)
                .containsExactly(
                        CallDirection.INTERNAL, CallDirection.INBOUND, CallDirection.OUTBOUND);
    }

    @Test
    void readsTheZoneOfThePbx() {
        fake.setting("PHPTIMEZONE", "Australia/Sydney");
        add("1795215322.0", 0, "2026-11-21 09:55:22");

        assertThat(day().get(0).start()).contains(Instant.parse("2026-11-20T22:55:22Z"));
        assertThat(pbx.callRecords().times().zone()).isEqualTo(ZoneId.of("Australia/Sydney"));
    }

    @Test
    void wantsAZoneWhereThePbxTellsNone() {
        fake.setting("PHPTIMEZONE", "");

        assertThatThrownBy(this::day)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("zone(...)");
    }

    @Test
    void utcCountsBeforeTheZone() {
        fake.setting("PHPTIMEZONE", "Australia/Sydney");
        fake.setting("CDRUSEGMT", "1");
        add("1795215322.0", 0, "2026-11-20 22:55:22");

        assertThat(day().get(0).start()).contains(Instant.parse("2026-11-20T22:55:22Z"));
    }

    @Test
    void tellsHowLateRecordsCanBe() {
        assertThat(pbx.callRecords().times().delay()).isZero();
        fake.setting("CDR_BATCH", "1");
        fake.setting("CDR_BATCH_TIME", "120");

        assertThat(pbx.callRecords().times().completeUntil(MIDNIGHT))
                .isEqualTo(MIDNIGHT.minusSeconds(120));
    }

    @Test
    void tellsTheHourThatComesTwiceApart() {
        fake.setting("PHPTIMEZONE", "Europe/Berlin");
        // 02:30 twice, on 25 October 2026: at 00:30 and at 01:30 UTC.
        long first = Instant.parse("2026-10-25T00:30:00Z").getEpochSecond();
        add((first + 3600) + ".2", 2, "2026-10-25 02:30:00");
        add(first + ".1", 1, "2026-10-25 02:30:00");

        List<CallRecord> records =
                pbx.callRecords()
                        .list(
                                CallRecordQuery.between(
                                                Instant.ofEpochSecond(first - 60),
                                                Instant.ofEpochSecond(first + 7200))
                                        .build());

        assertThat(records)
                .extracting(one -> one.start().orElseThrow().getEpochSecond())
                .containsExactly(first, first + 3600);
        assertThat(
                        pbx.callRecords()
                                .list(
                                        CallRecordQuery.between(
                                                        Instant.ofEpochSecond(first + 1800),
                                                        Instant.ofEpochSecond(first + 7200))
                                                .build()))
                .hasSize(1);
    }

    @Test
    void knowsThatAnHourIsMissingInSpring() {
        fake.setting("PHPTIMEZONE", "Europe/Berlin");
        add("1774746000.1", 1, "2026-03-29 01:59:59");
        add("1774746002.1", 2, "2026-03-29 03:00:01");

        assertThat(
                        pbx.callRecords()
                                .list(
                                        CallRecordQuery.between(
                                                        Instant.parse("2026-03-29T00:00:00Z"),
                                                        Instant.parse("2026-03-29T02:00:00Z"))
                                                .build()))
                .extracting(one -> one.start().orElseThrow())
                .containsExactly(
                        Instant.parse("2026-03-29T00:59:59Z"),
                        Instant.parse("2026-03-29T01:00:01Z"));
    }

    @Test
    void findsOneByItsUniqueId() {
        add("1795215322.1", 1, "2026-11-20 10:00:00", "src", "1001");

        assertThat(pbx.callRecords().find("1795215322.1").orElseThrow().source()).contains("1001");
        assertThat(pbx.callRecords().find("1.1")).isEmpty();
    }
}
