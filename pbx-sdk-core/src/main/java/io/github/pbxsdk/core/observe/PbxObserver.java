package io.github.pbxsdk.core.observe;

import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.CombinedObserver;
import io.github.pbxsdk.core.internal.SafeObserver;
import java.util.function.LongSupplier;

/**
 * Is told figures about clients at work, for a metrics system.
 *
 * <p>Give it to the resources: {@code PbxResources.builder().observer(...)}. Implement the methods
 * that you need; each does nothing by default. What there is to see stands in {@link PbxMetrics};
 * more metrics come in minor versions.
 *
 * <p>Methods are called from many threads at once and must not block, but never on a thread that
 * reads from a connection: what happens there, up to a million times a second, is counted by the
 * client and can be {@linkplain #watch watched}. One that throws is logged and hurts nobody.
 */
public interface PbxObserver {

    /** Adds to a {@linkplain Metric.Kind#COUNTER counter}. */
    default void count(Metric metric, Tags tags, long amount) {}

    /** Reports how long something took, for a {@linkplain Metric.Kind#TIMER timer}. */
    default void time(Metric metric, Tags tags, long nanos) {}

    /**
     * Offers a value to be read now and then, until the subscription is closed.
     *
     * <p>For a {@linkplain Metric.Kind#GAUGE gauge} it is the level of this moment, for a counter
     * the total since the client was made. Reading is cheap, from any thread, and works after the
     * client is closed as well; drop the supplier when the subscription is closed.
     */
    default Subscription watch(Metric metric, Tags tags, LongSupplier value) {
        return SafeObserver.NOTHING_WATCHED;
    }

    /**
     * Returns an observer that tells this one and another one; if one throws, the other is told.
     */
    default PbxObserver and(PbxObserver other) {
        return new CombinedObserver(SafeObserver.of(this), SafeObserver.of(other));
    }

    /** Returns an observer that does nothing. */
    static PbxObserver none() {
        return SafeObserver.NONE;
    }
}
