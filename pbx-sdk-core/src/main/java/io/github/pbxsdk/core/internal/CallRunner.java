package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.retry.RetryAdvice;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.time.Time;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls: attempts, pauses between them, one deadline over all of it, cancellation at any
 * time.
 *
 * <p>resilience4j decides when enough is enough and how long a pause is; what it does not know, a
 * deadline, cancellation and what may be repeated, is here.
 */
public final class CallRunner {

    private static final Logger log = LoggerFactory.getLogger(CallRunner.class);

    private final String source;
    private final PbxResources resources;
    private final Time time;
    private final Deadlines deadlines;
    private final ClientFigures figures;
    private final Set<RootFuture<?>> open = ConcurrentHashMap.newKeySet();

    /**
     * Creates the runner of a client.
     *
     * @param source the name of the client in events, such as {@code ami pbx.example.com:5038}
     */
    public CallRunner(String source, PbxResources resources) {
        this.source = source;
        this.resources = resources;
        this.time = resources.time();
        this.deadlines = new Deadlines(time);
        this.figures = new ClientFigures(source, resources);
    }

    /**
     * Makes a call.
     *
     * @param operation what is done, for metrics: {@code "Originate"}, never with a channel or
     *     number
     * @param what the call in words, for messages: {@code "Originate on pbx.example.com:5038"};
     *     turned into text only when there is a message
     * @param deadline how long it may take with all retries
     * @return the root future of the operation; cancelling it ends the attempt under way
     */
    public <T extends @Nullable Object> RootFuture<T> run(
            String operation, Object what, Call<T> call, Duration deadline, RetryPolicy policy) {
        Run<T> run = new Run<>(operation, what, call, deadline, policy);
        run.begin();
        return run.future;
    }

    /** Fails what is still open. */
    public void close() {
        for (RootFuture<?> operation : open) {
            operation.keepBack();
            operation.abort(
                    new PbxConnectionException(
                            source + " was closed", null, operation.mayHaveBeenSent()));
        }
    }

    private static Retry retry(RetryPolicy policy) {
        IntervalFunction delays =
                IntervalFunction.ofExponentialRandomBackoff(
                        atLeastAMillisecond(policy.firstDelay().multipliedBy(3).dividedBy(4)),
                        2.0,
                        1.0 / 3.0,
                        atLeastAMillisecond(policy.longestDelay()));
        return Retry.of(
                "pbx-sdk",
                RetryConfig.custom()
                        .maxAttempts(policy.attempts())
                        .intervalFunction(delays)
                        .build());
    }

    /** resilience4j counts whole milliseconds and refuses to wait for none. */
    private static Duration atLeastAMillisecond(Duration delay) {
        Duration least = Duration.ofMillis(1);
        return delay.compareTo(least) < 0 ? least : delay;
    }

    /** One call on its way. */
    private final class Run<T extends @Nullable Object> extends Deadlines.Deadline {

        private final String operation;
        private final Object what;
        private final Call<T> call;
        private final Duration deadline;
        private final RetryPolicy policy;
        private final RootFuture<T> future = new RootFuture<>(resources.executor(), this::ended);
        private Retry.@Nullable AsyncContext<T> failures;

        Run(String operation, Object what, Call<T> call, Duration deadline, RetryPolicy policy) {
            this.operation = operation;
            this.what = what;
            this.call = call;
            this.deadline = deadline;
            this.policy = policy;
        }

        void begin() {
            deadlines.begin(this, deadline);
            open.add(future);
            if (future.isSettled()) {
                open.remove(future);
            }
            attempt();
        }

        private void ended(@Nullable Throwable failure) {
            deadlines.end(this);
            open.remove(future);
            if (figures.wanted()) {
                figures.ended(operation, time.nanos() - begun(), failure);
            }
        }

        private void attempt() {
            if (future.isSettled()) {
                return;
            }
            CompletableFuture<T> attempt = start();
            future.onCancel(() -> giveUp(attempt));
            attempt.whenComplete(this::settle);
        }

        /** The answer may have been handed over by now, and then it is being read. */
        private void giveUp(CompletableFuture<T> attempt) {
            if (future.hasSucceeded()) {
                return;
            }
            try {
                attempt.cancel(true);
            } catch (RuntimeException e) {
                // The call is over all the same, and so are those that end with it.
                log.warn("{}: the attempt could not be ended", what, e);
            }
        }

        private CompletableFuture<T> start() {
            try {
                return call.attempt().start(future);
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void settle(@Nullable T result, @Nullable Throwable failure) {
            if (failure == null) {
                future.succeed(result);
                return;
            }
            future.resumeDeadline();
            Throwable reason = Futures.unwrap(failure);
            Optional<Duration> pause = pauseAfter(reason);
            if (pause.isEmpty()) {
                future.fail(reason);
                return;
            }
            if (!isRepeatable()) {
                future.markUnprocessed();
            }
            figures.retried(operation);
            Time.Alarm alarm = time.schedule(pause.get(), this::attempt);
            future.onCancel(alarm::cancel);
        }

        /** Returns how long to wait before the next attempt, or nothing when it was the last. */
        private Optional<Duration> pauseAfter(Throwable reason) {
            if (!mayRepeatAfter(reason)) {
                return Optional.empty();
            }
            long millis = failures().onError(reason);
            if (millis < 0) {
                return Optional.empty();
            }
            Duration asked = retryAfter(reason);
            Duration pause =
                    asked.compareTo(Duration.ofMillis(millis)) > 0
                            ? asked
                            : Duration.ofMillis(millis);
            boolean tooLong =
                    asked.compareTo(policy.longestRetryAfter()) > 0 || pause.compareTo(left()) >= 0;
            return tooLong ? Optional.empty() : Optional.of(pause);
        }

        /** Made on the first failure: most calls have none. */
        private Retry.AsyncContext<T> failures() {
            if (failures == null) {
                failures = retry(policy).asyncContext();
            }
            return failures;
        }

        private Duration left() {
            return deadline.minusNanos(time.nanos() - begun());
        }

        private boolean mayRepeatAfter(Throwable reason) {
            if (reason instanceof RetryAdvice advice) {
                return advice.mayHelp() && (isRepeatable() || advice.unprocessed());
            }
            return isPassing(reason) && (isRepeatable() || !mayHaveBeenSent(reason));
        }

        private boolean isRepeatable() {
            return call instanceof Call.Repeatable;
        }

        @Override
        protected void pass() {
            if (future.isDeadlineSuspended()) {
                return;
            }
            future.keepBack();
            future.abort(
                    new PbxTimeoutException(
                            what + ": no answer within " + deadline.toMillis() + " ms",
                            null,
                            future.mayHaveBeenSent()));
        }
    }

    private static boolean isPassing(Throwable reason) {
        return reason instanceof PbxConnectionException || reason instanceof PbxTimeoutException;
    }

    private static boolean mayHaveBeenSent(Throwable reason) {
        return !(reason instanceof PbxException known) || known.mayHaveBeenSent();
    }

    private static Duration retryAfter(Throwable reason) {
        return reason instanceof RetryAdvice advice
                ? advice.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
    }
}
