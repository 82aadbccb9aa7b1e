package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.observe.Tags;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a user's observer throws away from the client.
 *
 * <p>The first failure is logged at WARN, those after it at DEBUG: they come with every request.
 */
public final class SafeObserver implements PbxObserver {

    /** What {@link PbxObserver#watch} returns when nobody watches. */
    public static final Subscription NOTHING_WATCHED = () -> {};

    /** Does nothing. */
    public static final PbxObserver NONE = new PbxObserver() {};

    private static final Logger log = LoggerFactory.getLogger(SafeObserver.class);

    private final PbxObserver observer;
    private final AtomicBoolean complained = new AtomicBoolean();

    private SafeObserver(PbxObserver observer) {
        this.observer = observer;
    }

    /** Returns the observer itself if it cannot throw, and a safe one around it otherwise. */
    public static PbxObserver of(PbxObserver observer) {
        Objects.requireNonNull(observer, "observer");
        boolean isSafe =
                observer == NONE
                        || observer instanceof SafeObserver
                        || observer instanceof CombinedObserver;
        return isSafe ? observer : new SafeObserver(observer);
    }

    @Override
    public void count(Metric metric, Tags tags, long amount) {
        try {
            observer.count(metric, tags, amount);
        } catch (RuntimeException | LinkageError e) {
            complain(metric, e);
        }
    }

    @Override
    public void time(Metric metric, Tags tags, long nanos) {
        try {
            observer.time(metric, tags, nanos);
        } catch (RuntimeException | LinkageError e) {
            complain(metric, e);
        }
    }

    @Override
    public Subscription watch(Metric metric, Tags tags, LongSupplier value) {
        try {
            Subscription watched = observer.watch(metric, tags, value);
            return () -> close(metric, watched);
        } catch (RuntimeException | LinkageError e) {
            complain(metric, e);
            return NOTHING_WATCHED;
        }
    }

    private void close(Metric metric, Subscription watched) {
        try {
            watched.close();
        } catch (RuntimeException | LinkageError e) {
            complain(metric, e);
        }
    }

    private void complain(Metric metric, Throwable failure) {
        if (complained.compareAndSet(false, true)) {
            log.warn(
                    "the observer failed at {}; later failures are logged at DEBUG",
                    metric,
                    failure);
        } else {
            log.debug("the observer failed at {}", metric, failure);
        }
    }
}
