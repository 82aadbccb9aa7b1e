package io.github.pbxsdk.pbx;

import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.observe.Tags;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a Micrometer registry the figures of clients, under the names of {@link
 * io.github.pbxsdk.core.observe.PbxMetrics}.
 *
 * <pre>{@code
 * PbxResources resources = PbxResources.builder()
 *         .observer(MicrometerObserver.of(registry))
 *         .build();
 * Pbx pbx = Pbx.builder().settings(System.getenv()).resources(resources).build();
 * }</pre>
 *
 * <p>Micrometer does not come with this module: add {@code io.micrometer:micrometer-core}, as
 * Spring Boot does. What a client offers to be watched leaves the registry with the client.
 * Thread-safe.
 */
public final class MicrometerObserver implements PbxObserver {

    private final MeterRegistry registry;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Watched, Registered> watched = new HashMap<>();

    private MicrometerObserver(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Returns an observer for a registry. */
    public static MicrometerObserver of(MeterRegistry registry) {
        return new MicrometerObserver(Objects.requireNonNull(registry, "registry"));
    }

    @Override
    public void count(Metric metric, Tags tags, long amount) {
        Counter.builder(metric.name())
                .description(metric.description())
                .baseUnit(unit(metric))
                .tags(tags(tags))
                .register(registry)
                .increment((double) amount);
    }

    @Override
    public void time(Metric metric, Tags tags, long nanos) {
        Timer.builder(metric.name())
                .description(metric.description())
                .tags(tags(tags))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Clients with the same tags share a meter, which shows the sum of their values.
     */
    @Override
    public Subscription watch(Metric metric, Tags tags, LongSupplier value) {
        Watched key = new Watched(metric, tags);
        lock.lock();
        try {
            watched.computeIfAbsent(key, this::register).values().add(value);
        } finally {
            lock.unlock();
        }
        return () -> forget(key, value);
    }

    private void forget(Watched key, LongSupplier value) {
        lock.lock();
        try {
            Registered meter = watched.get(key);
            if (meter != null && meter.values().remove(value)) {
                watched.remove(key);
                registry.remove(meter.meter());
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is watched, whoever offers it. */
    private record Watched(Metric metric, Tags tags) {}

    private record Registered(Meter meter, WatchedValues values) {}

    private Registered register(Watched key) {
        Metric metric = key.metric();
        WatchedValues values = new WatchedValues(metric.kind() == Metric.Kind.COUNTER);
        return new Registered(meter(metric, tags(key.tags()), values), values);
    }

    private Meter meter(Metric metric, List<Tag> tags, WatchedValues values) {
        if (metric.kind() == Metric.Kind.COUNTER) {
            return FunctionCounter.builder(metric.name(), values, WatchedValues::sum)
                    .description(metric.description())
                    .baseUnit(unit(metric))
                    .tags(tags)
                    .register(registry);
        }
        if (metric.unit() == Metric.Unit.NANOSECONDS) {
            return TimeGauge.builder(metric.name(), values::sum, TimeUnit.NANOSECONDS)
                    .description(metric.description())
                    .tags(tags)
                    .register(registry);
        }
        return Gauge.builder(metric.name(), values::sum)
                .description(metric.description())
                .baseUnit(unit(metric))
                .tags(tags)
                .register(registry);
    }

    private static @Nullable String unit(Metric metric) {
        return metric.unit() == Metric.Unit.BYTES ? "bytes" : null;
    }

    private static List<Tag> tags(Tags tags) {
        return tags.asMap().entrySet().stream()
                .map(entry -> Tag.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
