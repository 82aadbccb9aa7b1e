package io.github.pbxsdk.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallRecordQueryTest {

    private static final Instant FROM = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-22T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T23:59:59Z, false",
        "2026-11-21T00:00:00Z, true",
        "2026-11-21T23:59:59Z, true",
        "2026-11-22T00:00:00Z, false"
    })
    void wantsTheFirstInstantAndNotTheLast(Instant start, boolean wanted) {
        CallRecord record = CallRecordTest.answered().start(start).build();

        assertThat(CallRecordQuery.between(FROM, TO).build().matches(record)).isEqualTo(wanted);
    }

    @Test
    void neverLosesARecordForWantOfAReadableStart() {
        CallRecord record = CallRecord.builder("1.1").build();

        assertThat(CallRecordQuery.between(FROM, TO).build().matches(record)).isTrue();
    }

    @Test
    void wantsExactlyWhatIsAsked() {
        assertWanted(query().source("101"));
        assertNotWanted(query().source("10"));
        assertWanted(query().destination("8102"));
        assertNotWanted(query().destination("102"));
        assertWanted(query().direction(CallDirection.INTERNAL));
        assertNotWanted(query().direction(CallDirection.INBOUND));
        assertWanted(query().uniqueid("1795219616.168"));
        assertNotWanted(query().uniqueid("1795219616.16"));
        assertWanted(query().linkedid("1795219616.168"));
        assertNotWanted(query().linkedid("other"));
        assertNotWanted(query().source("101").destination("other"));
    }

    @Test
    void tellsWhatIsAsked() {
        CallRecordQuery query =
                query().source("1").destination("2").direction(CallDirection.INBOUND).build();

        assertThat(query.from()).isEqualTo(FROM);
        assertThat(query.to()).isEqualTo(TO);
        assertThat(query.source()).contains("1");
        assertThat(query.destination()).contains("2");
        assertThat(query.direction()).contains(CallDirection.INBOUND);
        assertThat(query.uniqueid()).isEmpty();
        assertThat(query.linkedid()).isEmpty();
    }

    @Test
    void doesNotRunBackwards() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallRecordQuery.between(TO, FROM))
                .withMessageContaining("ends before it begins");
    }

    @Test
    void aListIsTheWholeStreamAndClosesIt() {
        List<String> seen = new ArrayList<>();
        CallRecordSource archive = new Archive(seen);

        assertThat(archive.list(query().source("101").build()))
                .containsExactly(CallRecordTest.answered().build());
        assertThat(seen).containsExactly("closed");
    }

    private static CallRecordQuery.Builder query() {
        return CallRecordQuery.between(FROM, TO);
    }

    private static void assertWanted(CallRecordQuery.Builder query) {
        assertThat(query.build().matches(CallRecordTest.answered().build())).isTrue();
    }

    private static void assertNotWanted(CallRecordQuery.Builder query) {
        assertThat(query.build().matches(CallRecordTest.answered().build())).isFalse();
    }

    /** A source as an application may bring it. */
    private record Archive(List<String> seen) implements CallRecordSource {

        @Override
        public String name() {
            return "archive";
        }

        @Override
        public Stream<CallRecord> stream(CallRecordQuery query) {
            return Stream.of(
                            CallRecordTest.answered().build(),
                            CallRecordTest.answered().source("102").build())
                    .filter(query::matches)
                    .onClose(() -> seen.add("closed"));
        }
    }
}
