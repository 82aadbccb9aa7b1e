package io.github.pbxsdk.core;

import io.github.pbxsdk.core.retry.RetryPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is different for some calls of a client: deadline, idempotency key, retries.
 *
 * <pre>{@code
 * ari.with(CallOptions.deadline(Duration.ofSeconds(2))).channels().list();
 * }</pre>
 *
 * <p>What is not set here is as the client was built. Immutable.
 */
public final class CallOptions {

    private static final CallOptions NONE = new CallOptions(null, null, null);

    private final @Nullable Duration deadline;
    private final @Nullable String idempotencyKey;
    private final @Nullable RetryPolicy retry;

    private CallOptions(
            @Nullable Duration deadline,
            @Nullable String idempotencyKey,
            @Nullable RetryPolicy retry) {
        this.deadline = deadline;
        this.idempotencyKey = idempotencyKey;
        this.retry = retry;
    }

    /** Returns options that change nothing. */
    public static CallOptions none() {
        return NONE;
    }

    /** Returns options with a deadline; see {@link #withDeadline}. */
    public static CallOptions deadline(Duration value) {
        return NONE.withDeadline(value);
    }

    /** Returns options with an idempotency key; see {@link #withIdempotencyKey}. */
    public static CallOptions idempotencyKey(String value) {
        return NONE.withIdempotencyKey(value);
    }

    /** Returns options with a retry policy; see {@link #withRetry}. */
    public static CallOptions retry(RetryPolicy value) {
        return NONE.withRetry(value);
    }

    /**
     * Returns these options with a deadline: a call ends within this time, all retries and pauses
     * included.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public CallOptions withDeadline(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("the deadline must be positive, not " + value);
        }
        return new CallOptions(value, idempotencyKey, retry);
    }

    /**
     * Returns these options with the name of one intention, such as {@code invoice-2041-reminder}.
     *
     * <p>However often a call is made with it, also after a crash, what it does is done once. Use
     * it for one call; an operation that cannot be done twice by mistake ignores it.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public CallOptions withIdempotencyKey(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the idempotency key must not be blank");
        }
        return new CallOptions(deadline, value, retry);
    }

    /** Returns these options with another retry policy. */
    public CallOptions withRetry(RetryPolicy value) {
        return new CallOptions(deadline, idempotencyKey, Objects.requireNonNull(value, "retry"));
    }

    /** Returns the deadline, if one is set. */
    public Optional<Duration> deadline() {
        return Optional.ofNullable(deadline);
    }

    /** Returns the idempotency key, if one is set. */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(idempotencyKey);
    }

    /** Returns the retry policy, if one is set. */
    public Optional<RetryPolicy> retry() {
        return Optional.ofNullable(retry);
    }

    @Override
    public String toString() {
        return "CallOptions[deadline="
                + (deadline + ", idempotencyKey=" + idempotencyKey + ", retry=" + retry + "]");
    }
}
