package io.github.pbxsdk.core.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class PbxObserverTest {

    private static final Tags TAGS = Tags.of("client", "ami").and("host", "pbx.example");

    @Test
    void resourcesGiveWhatIsReportedToTheObserver() {
        Recorder recorder = new Recorder();
        try (PbxResources resources = PbxResources.builder().observer(recorder).build()) {
            resources.observer().count(PbxMetrics.RETRIES, TAGS, 2);
            resources.observer().time(PbxMetrics.REQUESTS, TAGS, 1500);
        }

        assertThat(recorder.told)
                .containsExactly(
                        "pbx.retries {client=ami, host=pbx.example} 2",
                        "pbx.requests {client=ami, host=pbx.example} 1500");
    }

    @Test
    void watchedValueIsReadUntilTheSubscriptionIsClosed() {
        Recorder recorder = new Recorder();
        try (PbxResources resources = PbxResources.builder().observer(recorder).build()) {
            Subscription watched =
                    resources.observer().watch(PbxMetrics.QUEUE_BYTES, TAGS, () -> 4096);
            assertThat(recorder.watched)
                    .singleElement()
                    .matches(value -> value.getAsLong() == 4096);

            watched.close();
            assertThat(recorder.watched).isEmpty();
        }
    }

    @Test
    void throwingObserverHurtsNeitherTheClientNorTheOther() {
        Recorder recorder = new Recorder();
        PbxObserver both = new Broken().and(recorder);
        try (PbxResources resources = PbxResources.builder().observer(both).build()) {
            PbxObserver observer = resources.observer();
            assertThatCode(
                            () -> {
                                observer.count(PbxMetrics.GAPS, TAGS, 1);
                                observer.time(PbxMetrics.REQUESTS, TAGS, 1);
                                observer.watch(PbxMetrics.LAG, TAGS, () -> 1).close();
                            })
                    .doesNotThrowAnyException();
        }

        assertThat(recorder.told).hasSize(2);
    }

    @Test
    void throwingObserverAloneHurtsNobody() {
        try (PbxResources resources = PbxResources.builder().observer(new Broken()).build()) {
            assertThatCode(() -> resources.observer().count(PbxMetrics.GAPS, TAGS, 1))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void equalTagsAreEqualWhateverTheirOrder() {
        assertThat(Tags.of("host", "pbx.example").and("client", "ami"))
                .isEqualTo(TAGS)
                .hasSameHashCodeAs(TAGS);
        assertThat(TAGS.and("client", "ari")).isNotEqualTo(TAGS);
    }

    private static final class Recorder implements PbxObserver {

        final List<String> told = new ArrayList<>();
        final List<LongSupplier> watched = new ArrayList<>();

        @Override
        public void count(Metric metric, Tags tags, long amount) {
            told.add(metric + " " + tags + " " + amount);
        }

        @Override
        public void time(Metric metric, Tags tags, long nanos) {
            told.add(metric + " " + tags + " " + nanos);
        }

        @Override
        public Subscription watch(Metric metric, Tags tags, LongSupplier value) {
            watched.add(value);
            return () -> watched.remove(value);
        }
    }

    private static final class Broken implements PbxObserver {

        @Override
        public void count(Metric metric, Tags tags, long amount) {
            throw new IllegalStateException("broken observer");
        }

        @Override
        public void time(Metric metric, Tags tags, long nanos) {
            throw new NoClassDefFoundError("broken observer");
        }

        @Override
        public Subscription watch(Metric metric, Tags tags, LongSupplier value) {
            throw new IllegalStateException("broken observer");
        }
    }
}
