package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.observe.Tags;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class AmiMetricsTest {

    private final Map<Metric, LongSupplier> watched = new ConcurrentHashMap<>();

    private final PbxObserver observer =
            new PbxObserver() {
                @Override
                public Subscription watch(Metric metric, Tags tags, LongSupplier value) {
                    assertThat(tags.asMap()).containsEntry("client", "ami").containsKey("host");
                    watched.put(metric, value);
                    return () -> watched.remove(metric);
                }
            };

    private long value(Metric metric) {
        return watched.get(metric).getAsLong();
    }

    @Test
    void whatGoesOverTheWireIsCounted() {
        try (FakeAmi server = FakeAmi.asterisk22();
                PbxResources resources = PbxResources.builder().observer(observer).build();
                AmiClient client = TestClients.builder(server).resources(resources).build()) {
            client.connect();
            long before = value(AmiMetrics.ACTIONS);
            server.slow(Duration.ofMillis(50));
            client.send(PingAction.create());
            assertThatThrownBy(() -> client.send(AmiAction.raw("Nope")))
                    .isInstanceOf(AmiRejectedException.class);

            assertThat(before).as("log-in and questions").isEqualTo(server.actions().size() - 2);
            assertThat(value(AmiMetrics.ACTIONS) - before).isEqualTo(2);
            assertThat(value(AmiMetrics.ANSWERS)).isEqualTo(server.actions().size());
            assertThat(value(AmiMetrics.REFUSALS)).isEqualTo(1);
            assertThat(value(AmiMetrics.PINGS)).isEqualTo(1);
            assertThat(Duration.ofNanos(value(AmiMetrics.ROUND_TRIP)))
                    .isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
        }
        assertThat(watched).doesNotContainKey(AmiMetrics.ACTIONS);
    }
}
