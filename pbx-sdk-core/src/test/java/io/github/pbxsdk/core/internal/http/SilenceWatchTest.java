package io.github.pbxsdk.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final AtomicInteger told = new AtomicInteger();
    private final SilenceWatch watch = watchOver(Duration.ofSeconds(60));

    private SilenceWatch watchOver(Duration limit) {
        return new SilenceWatch(time, limit, told::incrementAndGet);
    }

    private void assertSilentAfter(int seconds) {
        time.advance(Duration.ofSeconds(seconds).minusNanos(1));
        assertThat(watch.hasNoticed()).isFalse();
        assertThat(told).hasValue(0);

        time.advance(Duration.ofNanos(1));
        assertThat(watch.hasNoticed()).isTrue();
        time.advance(Duration.ofHours(1));
        assertThat(told).hasValue(1);
    }

    @Test
    void tellsOnceWhenAReadHasBroughtNothingForThatLong() {
        watch.begin();

        assertSilentAfter(60);
    }

    @Test
    void eachReadHasTheWholeTime() {
        watch.begin();
        time.advance(Duration.ofSeconds(50));
        watch.pause();
        watch.begin();

        assertSilentAfter(60);
    }

    @Test
    void timeInWhichNobodyReadsDoesNotCount() {
        watch.begin();
        watch.pause();
        time.advance(Duration.ofSeconds(3599));
        assertThat(watch.hasNoticed()).isFalse();
        watch.begin();

        assertSilentAfter(60);
    }

    @Test
    void aPeerThatGoesOnCostsOneAlarmAtATime() {
        for (int i = 0; i < 100; i++) {
            watch.begin();
            time.advance(Duration.ofSeconds(59));
            watch.pause();

            assertThat(time.pending()).hasSize(1);
        }
        assertThat(told).hasValue(0);
    }

    @Test
    void nothingIsLeftOfItAtTheEnd() {
        watch.begin();
        watch.end();
        assertThat(time.pending()).isEmpty();

        SilenceWatch endedBefore = watchOver(Duration.ofSeconds(60));
        endedBefore.end();
        endedBefore.begin();
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void withoutALimitItSetsNoAlarm() {
        SilenceWatch none = new SilenceWatch(time, null, told::incrementAndGet);

        none.begin();

        assertThat(time.pending()).isEmpty();
    }
}
