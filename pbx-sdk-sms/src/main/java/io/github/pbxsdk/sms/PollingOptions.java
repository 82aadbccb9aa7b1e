package io.github.pbxsdk.sms;

import io.github.pbxsdk.sms.event.SmsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often to ask for texts, from when on, and whom to tell when it fails.
 *
 * <p>Immutable: each method returns other options.
 */
public final class PollingOptions {

    private static final Logger log = LoggerFactory.getLogger(PollingOptions.class);

    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final Duration interval;
    private final Duration overlap;
    private final @Nullable Instant from;
    private final Consumer<? super RuntimeException> onError;
    private final int attempts;
    private final @Nullable BiConsumer<? super SmsEvent, ? super RuntimeException> deadLetters;

    private PollingOptions(
            Duration interval,
            Duration overlap,
            @Nullable Instant from,
            Consumer<? super RuntimeException> onError,
            int attempts,
            @Nullable BiConsumer<? super SmsEvent, ? super RuntimeException> deadLetters) {
        this.interval = interval;
        this.overlap = overlap;
        this.from = from;
        this.onError = onError;
        this.attempts = attempts;
        this.deadLetters = deadLetters;
    }

    /**
     * Returns options with a pause between two rounds.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public static PollingOptions every(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the interval must be positive, not " + interval);
        }
        return new PollingOptions(
                interval,
                OVERLAP,
                null,
                e -> log.warn("polling failed and goes on: {}", e.toString()),
                0,
                null);
    }

    /** Returns options that look back by another time than five minutes: carriers deliver late. */
    public PollingOptions overlap(Duration value) {
        return new PollingOptions(
                interval,
                Objects.requireNonNull(value, "overlap"),
                from,
                onError,
                attempts,
                deadLetters);
    }

    /** Returns options that begin at a time, at the very first start; from now on by default. */
    public PollingOptions from(Instant value) {
        return new PollingOptions(
                interval,
                overlap,
                Objects.requireNonNull(value, "from"),
                onError,
                attempts,
                deadLetters);
    }

    /** Returns options that tell somebody of each failed round; logged at WARN by default. */
    public PollingOptions onError(Consumer<? super RuntimeException> value) {
        return new PollingOptions(
                interval,
                overlap,
                from,
                Objects.requireNonNull(value, "onError"),
                attempts,
                deadLetters);
    }

    /**
     * Returns options that give a text to somebody else after so many failed attempts; by default
     * the handler is tried for ever, and what follows waits.
     *
     * @throws IllegalArgumentException if attempts are not positive
     */
    public PollingOptions deadLetters(
            int afterAttempts, BiConsumer<? super SmsEvent, ? super RuntimeException> value) {
        if (afterAttempts < 1) {
            throw new IllegalArgumentException("attempts must be positive, not " + afterAttempts);
        }
        return new PollingOptions(
                interval,
                overlap,
                from,
                onError,
                afterAttempts,
                Objects.requireNonNull(value, "deadLetters"));
    }

    Duration interval() {
        return interval;
    }

    Duration overlap() {
        return overlap;
    }

    Instant fromOr(Instant now) {
        return from == null ? now : from;
    }

    void tell(RuntimeException failure) {
        onError.accept(failure);
    }

    /** Gives a text away when it has failed often enough; returns whether it was taken. */
    boolean tookOver(SmsEvent event, int failed, RuntimeException failure) {
        if (deadLetters == null || failed < attempts) {
            return false;
        }
        deadLetters.accept(event, failure);
        return true;
    }

    @Override
    public String toString() {
        return "PollingOptions[every " + interval + ", overlap " + overlap + "]";
    }
}
