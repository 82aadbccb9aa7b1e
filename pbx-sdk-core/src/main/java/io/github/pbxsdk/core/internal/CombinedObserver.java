package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.observe.Tags;
import java.util.function.LongSupplier;

/** Two observers as one; both are safe, so none can keep the other from being told. */
public record CombinedObserver(PbxObserver first, PbxObserver second) implements PbxObserver {

    @Override
    public void count(Metric metric, Tags tags, long amount) {
        first.count(metric, tags, amount);
        second.count(metric, tags, amount);
    }

    @Override
    public void time(Metric metric, Tags tags, long nanos) {
        first.time(metric, tags, nanos);
        second.time(metric, tags, nanos);
    }

    @Override
    public Subscription watch(Metric metric, Tags tags, LongSupplier value) {
        Subscription ofFirst = first.watch(metric, tags, value);
        Subscription ofSecond = second.watch(metric, tags, value);
        return () -> {
            ofFirst.close();
            ofSecond.close();
        };
    }
}
