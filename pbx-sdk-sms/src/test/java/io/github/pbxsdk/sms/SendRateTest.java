package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** How fast a sender sends. */
class SendRateTest {

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);

    private Duration waitOf(SendRate rate, int segments) {
        return Duration.ofNanos(rate.take(segments));
    }

    @Test
    void aTextOfThreeSegmentsMakesTheNextWaitForThree() {
        SendRate rate = new SendRate(1, time);

        assertThat(waitOf(rate, 3)).isZero();
        assertThat(waitOf(rate, 1)).isEqualTo(Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(3));
        assertThat(waitOf(rate, 1)).isZero();
        assertThat(waitOf(rate, 1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anHourOfSilenceIsNotSavedUp() {
        SendRate rate = new SendRate(10, time);
        time.advance(Duration.ofHours(1));

        assertThat(waitOf(rate, 1)).isZero();
        assertThat(waitOf(rate, 1)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void tooFastHalvesTheRateOnceForWhatWasUnderWayAndItRecovers() {
        SendRate rate = new SendRate(10, time);
        rate.take(1);
        rate.slowDown(Duration.ofSeconds(5));
        rate.slowDown(Duration.ofSeconds(5));

        assertThat(waitOf(rate, 1)).isEqualTo(Duration.ofSeconds(5));
        time.advance(Duration.ofSeconds(5));
        assertThat(waitOf(rate, 1)).isZero();
        assertThat(waitOf(rate, 1)).isEqualTo(Duration.ofMillis(200));

        time.advance(Duration.ofSeconds(10));
        assertThat(waitOf(rate, 1)).isZero();
        assertThat(waitOf(rate, 1)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void withoutARateNothingWaitsUntilTheProviderSaysTooFast() {
        SendRate rate = new SendRate(Double.POSITIVE_INFINITY, time);
        for (int i = 0; i < 1000; i++) {
            assertThat(waitOf(rate, 3)).isZero();
        }

        rate.slowDown(Duration.ZERO);

        assertThat(waitOf(rate, 1)).isEqualTo(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(30));
        assertThat(waitOf(rate, 1)).isZero();
        assertThat(waitOf(rate, 1)).isZero();
    }

    @Property(tries = 300)
    void overAnyLengthOfTimeTheRateHolds(
            @ForAll @DoubleRange(min = 0.5, max = 2000) double perSecond,
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 7) Integer> texts,
            @ForAll @IntRange(max = 20) int lateness) {
        ManualTime clock = ManualTime.startingAt(Instant.EPOCH);
        SendRate rate = new SendRate(perSecond, clock);
        long began = clock.nanos();
        int sent = 0;
        int last = 0;
        for (int segments : texts) {
            long wait = rate.take(segments);
            while (wait > 0) {
                clock.advance(Duration.ofNanos(wait).plusMillis(lateness));
                wait = rate.take(segments);
            }
            sent += segments;
            last = segments;
        }
        double seconds = (clock.nanos() - began) / 1e9;
        assertThat((double) sent - last).isLessThanOrEqualTo(perSecond * (seconds + 0.1) + 1);
    }
}
