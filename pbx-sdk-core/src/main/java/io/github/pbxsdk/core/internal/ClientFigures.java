package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.PbxMetrics;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.observe.Tags;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what one client does to the observer of its resources, under the tags of that client.
 *
 * <p>The observer is told on the completion executor, whoever calls: a reader may not wait for it.
 */
public final class ClientFigures {

    private static final Logger log = LoggerFactory.getLogger(ClientFigures.class);

    private final PbxObserver observer;
    private final Executor executor;
    private final Tags client;
    private final boolean wanted;
    private final Map<String, Tags> ofOperations = new ConcurrentHashMap<>();

    /**
     * Creates the figures of a client.
     *
     * @param source the name of the client in events, such as {@code ami pbx.example.com:5038}
     */
    public ClientFigures(String source, PbxResources resources) {
        this.observer = resources.observer();
        this.executor = resources.executor();
        this.wanted = observer != PbxObserver.none();
        int space = source.indexOf(' ');
        this.client =
                space < 0
                        ? Tags.of("client", source)
                        : Tags.of("client", source.substring(0, space))
                                .and("host", source.substring(space + 1));
    }

    /** Tells whether anybody looks; if not, nothing need be measured. */
    public boolean wanted() {
        return wanted;
    }

    /** Reports a request that has ended, well if there is no failure; only if {@link #wanted}. */
    void ended(String operation, long nanos, @Nullable Throwable failure) {
        String outcome = outcome(failure);
        Tags tags =
                ofOperations.computeIfAbsent(
                        operation + ' ' + outcome,
                        key -> ofOperation(operation).and("outcome", outcome));
        tell(() -> observer.time(PbxMetrics.REQUESTS, tags, nanos));
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "ok";
        }
        if (failure instanceof PbxRejectedException
                || failure instanceof PbxAuthenticationException) {
            return "rejected";
        }
        if (failure instanceof PbxTimeoutException) {
            return "timeout";
        }
        return failure instanceof CancellationException ? "cancelled" : "failed";
    }

    /** Reports that a request is made once more. */
    public void retried(String operation) {
        if (wanted) {
            Tags tags = ofOperations.computeIfAbsent(operation, this::ofOperation);
            tell(() -> observer.count(PbxMetrics.RETRIES, tags, 1));
        }
    }

    private Tags ofOperation(String operation) {
        return client.and("operation", operation);
    }

    /** Reports one more of what happens to the client as a whole. */
    public void count(Metric metric) {
        if (wanted) {
            tell(() -> observer.count(metric, client, 1));
        }
    }

    /** Offers a value to be read now and then. */
    public Subscription watch(Metric metric, LongSupplier value) {
        return observer.watch(metric, client, value);
    }

    private void tell(Runnable report) {
        try {
            executor.execute(report);
        } catch (RejectedExecutionException e) {
            log.debug("the executor is shut down, so the observer is not told any more");
        }
    }
}
