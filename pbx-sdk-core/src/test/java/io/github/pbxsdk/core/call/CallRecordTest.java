package io.github.pbxsdk.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.pbxsdk.core.RawFields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallRecordTest {

    @Test
    void holdsARowOfTheDatabase() {
        CallRecord record = answered().build();

        assertThat(record.uniqueid()).isEqualTo("1795219616.168");
        assertThat(record.linkedid()).contains("1795219616.168");
        assertThat(record.sequence()).hasValue(31);
        assertThat(record.start()).contains(Instant.parse("2026-11-21T00:06:56Z"));
        assertThat(record.answer()).contains(Instant.parse("2026-11-21T00:06:58Z"));
        assertThat(record.end()).contains(Instant.parse("2026-11-21T00:07:02Z"));
        assertThat(record.duration()).isEqualTo(Duration.ofSeconds(6));
        assertThat(record.billableDuration()).isEqualTo(Duration.ofSeconds(4));
        assertThat(record.disposition()).isEqualTo(CallDisposition.ANSWERED);
        assertThat(record.source()).contains("101");
        assertThat(record.destination()).contains("8102");
        assertThat(record.callerId()).contains("\"Alice\" <101>");
        assertThat(record.channel()).contains("PJSIP/101-00000015");
        assertThat(record.destinationChannel()).contains("PJSIP/102-00000016");
        assertThat(record.recordingFile()).isPresent();
        assertThat(record.raw().find("amaflags")).contains("DOCUMENTATION");
    }

    @Test
    void takesAnEmptyColumnForNone() {
        CallRecord record = answered().did("").accountCode("").linkedid("").build();

        assertThat(record.did()).isEmpty();
        assertThat(record.accountCode()).isEmpty();
        assertThat(record.linkedid()).isEmpty();
    }

    @Test
    void isFineWithWhatLittleASourceTells() {
        CallRecord record = CallRecord.builder("1795219616.168").build();

        assertThat(record.start()).isEmpty();
        assertThat(record.sequence()).isEmpty();
        assertThat(record.duration()).isZero();
        assertThat(record.direction()).isEqualTo(CallDirection.UNKNOWN);
        assertThat(record.disposition()).isEqualTo(CallDisposition.OTHER);
    }

    @Test
    void needsAUniqueid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallRecord.builder(""))
                .withMessageContaining("uniqueid");
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWERED, ANSWERED",
        "NO ANSWER, NO_ANSWER",
        "no answer, NO_ANSWER",
        "BUSY, BUSY",
        "FAILED, FAILED",
        "CONGESTION, CONGESTION",
        "TELEPORTED, OTHER",
        "'', OTHER"
    })
    void keepsTheWordOfTheServerBesideItsMeaning(String word, CallDisposition meaning) {
        CallRecord record = answered().disposition(word).build();

        assertThat(record.disposition()).isEqualTo(meaning);
        assertThat(record.dispositionText()).isEqualTo(word);
    }

    @Test
    void differsInEveryColumn() {
        List<UnaryOperator<CallRecord.Builder>> changes =
                List.of(
                        row -> row.linkedid("x"),
                        row -> row.sequence(99),
                        row -> row.direction(CallDirection.INBOUND),
                        row -> row.start(Instant.MAX),
                        row -> row.answer(Instant.MAX),
                        row -> row.end(Instant.MAX),
                        row -> row.duration(Duration.ZERO),
                        row -> row.billableDuration(Duration.ZERO),
                        row -> row.disposition("BUSY"),
                        row -> row.source("x"),
                        row -> row.destination("x"),
                        row -> row.destinationContext("x"),
                        row -> row.did("x"),
                        row -> row.callerId("x"),
                        row -> row.channel("x"),
                        row -> row.destinationChannel("x"),
                        row -> row.lastApplication("x"),
                        row -> row.lastData("x"),
                        row -> row.accountCode("x"),
                        row -> row.recordingFile("x"),
                        row -> row.raw(RawFields.empty()));

        assertThat(answered().build())
                .isEqualTo(answered().build())
                .hasSameHashCodeAs(answered().build());
        assertThat(changes)
                .allSatisfy(
                        change ->
                                assertThat(change.apply(answered()).build())
                                        .isNotEqualTo(answered().build()));
    }

    @Test
    void showsNoNumbersInLogs() {
        CallRecord record =
                answered()
                        .source("+61491570156")
                        .destination("+61491570157")
                        .callerId("\"Jane\" <+61491570156>")
                        .recordingFile("in-61491570110-61491570156-20261121.wav")
                        .build();

        assertThat(record.toString())
                .contains("1795219616.168", "#31", "ANSWERED")
                .doesNotContain("61491570", "Jane");
    }

    static CallRecord.Builder answered() {
        return CallRecord.builder("1795219616.168")
                .linkedid("1795219616.168")
                .sequence(31)
                .direction(CallDirection.INTERNAL)
                .start(Instant.parse("2026-11-21T00:06:56Z"))
                .answer(Instant.parse("2026-11-21T00:06:58Z"))
                .end(Instant.parse("2026-11-21T00:07:02Z"))
                .duration(Duration.ofSeconds(6))
                .billableDuration(Duration.ofSeconds(4))
                .disposition("ANSWERED")
                .source("101")
                .destination("8102")
                .destinationContext("from-internal")
                .callerId("\"Alice\" <101>")
                .channel("PJSIP/101-00000015")
                .destinationChannel("PJSIP/102-00000016")
                .lastApplication("Dial")
                .lastData("PJSIP/102,10,Ttr")
                .recordingFile("internal-102-101-20261121-000656-1795219616.168.wav")
                .raw(RawFields.of(Map.of("amaflags", "DOCUMENTATION")));
    }
}
