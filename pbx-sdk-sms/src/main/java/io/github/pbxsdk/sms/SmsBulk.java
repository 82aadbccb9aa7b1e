package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.observe.ProgressListener;
import io.github.pbxsdk.core.security.OperationRefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends texts to many, and tells of each recipient what became of it.
 *
 * <pre>{@code
 * SmsBulk bulk = SmsBulk.builder(sms)
 *         .segmentsPerSecond(10)
 *         .progress(progress -> log.info("{}", progress))
 *         .build();
 * BulkReport report = bulk.send("reminders-2026-11-22", messages);
 * report.retryable();                    // certainly not sent: give them to the same run again
 * }</pre>
 *
 * <p>A run has a name, under which the ledger of the client remembers it. With a durable store the
 * same call after a crash goes on where the process ended: who has his text gets none, and of whom
 * nobody knows is told as unknown rather than sent twice. A recipient gets one text in a run,
 * however often he is in the list.
 *
 * <p>Wrong credentials, an empty account and a provider that can't be reached stop the run, a
 * refused sender stops what it has to send; the rest is skipped. Where the provider takes batches,
 * they are used; one that it refuses as a whole is sent again without those at fault.
 *
 * <p>Make one for a client and keep it: its runs share the rates. Thread-safe.
 */
public final class SmsBulk {

    private final SmsEngine engine;
    private final SmsClient client;
    private final Settings settings;
    private final SendRates rates;

    private SmsBulk(SmsClient client, Settings settings) {
        this.client = client;
        this.engine = client.engine();
        this.settings = settings;
        this.rates = new SendRates(settings, engine.resources().time());
    }

    /** Returns a builder for the client. */
    public static Builder builder(SmsClient client) {
        return new Builder(client);
    }

    /**
     * Sends the messages, each to each of its recipients, and returns when all have an outcome.
     *
     * <p>No recipient makes it throw: what is wrong with one is in his outcome.
     *
     * @param run the name of the run; the same name sends nothing twice
     * @throws OperationRefusedException if the client's guard does not let it pass
     * @throws IllegalArgumentException if the name is blank, or longer than 200 characters
     * @throws io.github.pbxsdk.core.state.StateException if the store can't be read
     */
    public BulkReport send(String run, List<TextMessage> messages) {
        return Futures.await(sendAsync(run, messages));
    }

    /**
     * Sends the messages without waiting; the future fails as {@link #send} does.
     *
     * <p>Cancelling it begins no more texts; those under way end by themselves, and the ledger
     * knows them.
     */
    public CompletableFuture<BulkReport> sendAsync(String run, List<TextMessage> messages) {
        if (run.isBlank() || run.length() > 200) {
            throw new IllegalArgumentException("the name of a run has 1 to 200 characters");
        }
        return new BulkRun(engine, client.options(), settings, rates, run, messages).start();
    }

    @Override
    public String toString() {
        return "SmsBulk[" + client + "]";
    }

    /** What the builder collected. */
    record Settings(
            double segmentsPerSecond,
            Map<Address, Double> ofSenders,
            int concurrency,
            ProgressListener progress) {}

    /** Collects the settings of {@link SmsBulk}; not thread-safe. */
    public static final class Builder {

        private static final int MOST_AT_ONCE = 256;

        private final SmsClient client;
        private final Map<Address, Double> ofSenders = new HashMap<>();
        private double segmentsPerSecond = Double.POSITIVE_INFINITY;
        private int concurrency = 8;
        private @Nullable ProgressListener progress;

        private Builder(SmsClient client) {
            this.client = Objects.requireNonNull(client, "client");
        }

        /**
         * Sets how many messages on the air each sender may send in a second; any number by
         * default. A text of three segments counts as three.
         *
         * <p>A provider that says "too fast" is asked more slowly for a while, whatever the rate.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder segmentsPerSecond(double value) {
            this.segmentsPerSecond = positive(value);
            return this;
        }

        /** Sets the rate of one sender, such as 1 for a long code and 100 for a short code. */
        public Builder segmentsPerSecond(Address sender, double value) {
            ofSenders.put(Objects.requireNonNull(sender, "sender"), positive(value));
            return this;
        }

        private static double positive(double value) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("a rate must be positive, not " + value);
            }
            return value;
        }

        /**
         * Sets how many requests may be under way at once; 8 by default.
         *
         * @throws IllegalArgumentException if it is not 1 to 256
         */
        public Builder concurrency(int value) {
            if (value < 1 || value > MOST_AT_ONCE) {
                throw new IllegalArgumentException("concurrency is 1 to 256, not " + value);
            }
            this.concurrency = value;
            return this;
        }

        /** Sets who is told how far a run has come; nobody by default. */
        public Builder progress(ProgressListener value) {
            this.progress = Objects.requireNonNull(value, "progress");
            return this;
        }

        /** Returns the bulk. */
        public SmsBulk build() {
            ProgressListener told = progress == null ? ProgressListener.none() : progress;
            return new SmsBulk(
                    client,
                    new Settings(segmentsPerSecond, Map.copyOf(ofSenders), concurrency, told));
        }
    }
}
