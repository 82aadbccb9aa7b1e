package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PacingTest {

    private static final AmiFields EVENT = AmiFields.of("Event", "VarSet");
    private static final AmiFields ANSWER = AmiFields.of("Response", "Success");

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final Pacing pacing = new Pacing(time);

    private void take(int events, Duration within) {
        for (int i = 0; i < events; i++) {
            pacing.took(EVENT);
        }
        time.advance(within);
    }

    @Test
    void manyEventsInAShortTimeAreAFlood() {
        take(100, Duration.ofMillis(5));

        assertThat(pacing.isFlood()).isTrue();
    }

    @Test
    void aFloodIsOverWhenFewerCome() {
        take(100, Duration.ofMillis(5));
        assertThat(pacing.isFlood()).isTrue();

        take(100, Duration.ofSeconds(1));

        assertThat(pacing.isFlood()).isFalse();
    }

    @Test
    void theEventsOfACallAreNone() {
        take(24, Duration.ofMillis(5));

        assertThat(pacing.isFlood()).isFalse();
    }

    @Test
    void anAnswerIsNeverKeptWaiting() {
        take(100, Duration.ofMillis(5));
        assertThat(pacing.isFlood()).isTrue();

        pacing.took(ANSWER);
        assertThat(pacing.isFlood()).isFalse();
        take(100, Duration.ofMillis(5));

        assertThat(pacing.isFlood()).as("in a time with answers").isFalse();
    }
}
