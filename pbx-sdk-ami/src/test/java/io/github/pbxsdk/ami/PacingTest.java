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
        pacing.beforeReading();
    }

    @Test
    void manyEventsInAShortTimeGather() {
        take(100, Duration.ofMillis(5));

        assertThat(pacing.letsGather()).isTrue();
    }

    @Test
    void aFloodIsOverWhenFewerCome() {
        take(100, Duration.ofMillis(5));
        assertThat(pacing.letsGather()).isTrue();

        take(100, Duration.ofSeconds(1));

        assertThat(pacing.letsGather()).isFalse();
    }

    @Test
    void theEventsOfACallDoNot() {
        take(24, Duration.ofMillis(5));

        assertThat(pacing.letsGather()).isFalse();
    }

    @Test
    void whereMuchComesAtOnceNothingNeedsToGather() {
        take(100, Duration.ofMillis(5));
        pacing.read(4096);
        assertThat(pacing.letsGather()).isFalse();

        pacing.read(4095);

        assertThat(pacing.letsGather()).isTrue();
    }

    @Test
    void anAnswerIsNeverKeptWaiting() {
        take(100, Duration.ofMillis(5));
        assertThat(pacing.letsGather()).isTrue();

        pacing.took(ANSWER);
        assertThat(pacing.letsGather()).isFalse();
        take(100, Duration.ofMillis(5));

        assertThat(pacing.letsGather()).as("in a time with answers").isFalse();
    }
}
