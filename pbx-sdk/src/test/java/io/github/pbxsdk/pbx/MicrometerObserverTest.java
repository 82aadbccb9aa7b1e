package io.github.pbxsdk.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.observe.PbxMetrics;
import io.github.pbxsdk.core.observe.Tags;
import io.github.pbxsdk.testing.FakePbx;
import io.github.pbxsdk.testing.OnFakePbx;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnFakePbx.class)
class MicrometerObserverTest {

    private static final Tags TAGS = Tags.of("client", "ami").and("host", "pbx");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerObserver observer = MicrometerObserver.of(registry);

    @Test
    void countsAndTimesWithTheirTags() {
        observer.count(PbxMetrics.RETRIES, TAGS, 2);
        observer.count(PbxMetrics.RETRIES, TAGS, 1);
        observer.time(PbxMetrics.REQUESTS, TAGS, 5_000_000);

        assertThat(registry.get("pbx.retries").tag("host", "pbx").counter().count()).isEqualTo(3);
        assertThat(registry.get("pbx.requests").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(5);
    }

    @Test
    void watchesALevelUntilTheSubscriptionIsClosed() {
        Subscription watched = observer.watch(PbxMetrics.QUEUE_BYTES, TAGS, () -> 42);

        assertThat(registry.get("pbx.queue.bytes").gauge().value()).isEqualTo(42);
        watched.close();
        assertThat(registry.find("pbx.queue.bytes").gauge()).isNull();
    }

    @Test
    void clientsWithTheSameTagsShareAMeterThatNeverFalls() {
        Subscription first = observer.watch(PbxMetrics.EVENTS, TAGS, () -> 5);
        Subscription second = observer.watch(PbxMetrics.EVENTS, TAGS, () -> 7);

        assertThat(registry.get("pbx.events").functionCounter().count()).isEqualTo(12);
        first.close();
        assertThat(registry.get("pbx.events").functionCounter().count()).isEqualTo(12);
        second.close();
        assertThat(registry.find("pbx.events").functionCounter()).isNull();
    }

    @Test
    void aLagIsShownAsATime() {
        observer.watch(PbxMetrics.LAG, TAGS, () -> 2_000_000_000L);

        assertThat(registry.get("pbx.lag").timeGauge().value(TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void tellsTheFiguresOfAClientAtWork(FakePbx fake) {
        try (PbxResources resources = PbxResources.builder().observer(observer).build();
                Pbx pbx = Pbx.builder().settings(fake.settings()).resources(resources).build()) {
            pbx.health();

            assertThat(registry.get("pbx.requests").tag("client", "ami").timers())
                    .isNotEmpty()
                    .allMatch(timer -> timer.count() > 0);
        }
    }
}
