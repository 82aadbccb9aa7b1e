package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsStatusTest {

    @ParameterizedTest
    @CsvSource({
        "ACCEPTED, SENT, SENT",
        "SENT, QUEUED, SENT",
        "SENT, DELIVERED, DELIVERED",
        "DELIVERED, SENT, DELIVERED",
        "DELIVERED, READ, READ",
        "DELIVERED, FAILED, DELIVERED",
        "READ, DELIVERED, READ",
        "SENT, UNKNOWN, SENT",
        "UNKNOWN, QUEUED, QUEUED",
        "REJECTED, DELIVERED, REJECTED"
    })
    void neverGoesBack(SmsState before, SmsState report, SmsState after) {
        assertThat(status(before).mergedWith(status(report)).state()).isEqualTo(after);
    }

    @Test
    void aPhoneMayBeSwitchedOnLater() {
        SmsStatus expired = status(SmsState.EXPIRED).withTime(Instant.ofEpochSecond(10));
        SmsStatus delivered = status(SmsState.DELIVERED);

        assertThat(expired.mergedWith(delivered.withTime(Instant.ofEpochSecond(11))).state())
                .isEqualTo(SmsState.DELIVERED);
        assertThat(expired.mergedWith(delivered.withTime(Instant.ofEpochSecond(9))).state())
                .isEqualTo(SmsState.EXPIRED);
        assertThat(expired.mergedWith(delivered).state()).isEqualTo(SmsState.EXPIRED);
    }

    @Property
    void whatIsFinalStaysFinalWhateverComes(@ForAll List<SmsState> reports) {
        SmsStatus status = status(SmsState.ACCEPTED);
        for (SmsState report : reports) {
            SmsStatus next = status.mergedWith(status(report));
            assertThat(!status.state().isFinal() || next.state().isFinal()).isTrue();
            status = next;
        }
    }

    private static SmsStatus status(SmsState state) {
        return SmsStatus.of(state, state.name());
    }
}
