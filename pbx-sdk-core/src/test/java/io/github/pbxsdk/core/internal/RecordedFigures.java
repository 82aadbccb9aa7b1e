package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.observe.Tags;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** An observer that keeps what it is told, in words. */
final class RecordedFigures implements PbxObserver {

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Map<Metric, LongSupplier> watched = new ConcurrentHashMap<>();

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
        watched.put(metric, value);
        return () -> watched.remove(metric);
    }

    String next() throws InterruptedException {
        String next = told.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("the observer is told something").isNotNull();
        return next;
    }

    boolean isSilent() {
        return told.isEmpty();
    }

    boolean watchesNothing() {
        return watched.isEmpty();
    }

    long level(Metric metric) {
        LongSupplier value = watched.get(metric);
        assertThat(value).as("%s is watched", metric).isNotNull();
        return value.getAsLong();
    }
}
