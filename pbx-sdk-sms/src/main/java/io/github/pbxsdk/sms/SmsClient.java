package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.Balance;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import io.github.pbxsdk.sms.provider.SmsProvider;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends and receives texts by one account of one provider.
 *
 * <pre>{@code
 * SmsClient sms = SmsClient.builder()
 *         .provider(SmsBroadcast.builder().credentials(Credentials.of("clinic", secret)).build())
 *         .sender(Address.senderName("MyClinic"))
 *         .region("AU")
 *         .store(store)                                // remembers what was sent
 *         .build();
 *
 * try (sms) {
 *     sms.messages().send(TextMessage.to(sms.address("0491 570 156"))
 *             .text("See you tomorrow at 3 pm.")
 *             .build());
 * }
 * }</pre>
 *
 * <p>Make one for an application and keep it. Nothing is sent twice by itself: see {@link
 * Messages#send}. Thread-safe.
 */
public final class SmsClient implements AutoCloseable {

    private final SmsEngine engine;
    private final CallOptions options;

    private SmsClient(SmsEngine engine, CallOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns where to send texts. */
    public Messages messages() {
        return new Messages(engine, options);
    }

    /** Returns what the provider can do. */
    public SmsCapabilities capabilities() {
        return engine.provider().capabilities();
    }

    /** Returns the names of provider and account, without secrets. */
    public SmsOrigin origin() {
        return engine.provider().origin();
    }

    /** Returns who sends where a message does not say; empty if the provider chooses. */
    public Optional<Address> sender() {
        return Optional.ofNullable(engine.settings().sender);
    }

    /** Returns where to subscribe to what polling brings. */
    public Events events() {
        return engine.events();
    }

    /**
     * Reads an address as people write it: a number of the client's region, if it is one.
     *
     * <p>What nobody can read is kept as it is, and refused when something is sent to it.
     */
    public Address address(String text) {
        return engine.resolve(Address.parse(text));
    }

    /**
     * Returns what is left on the account.
     *
     * @throws UnsupportedOperationException if the provider doesn't tell
     * @throws PbxException if the provider can't be asked
     */
    public Balance balance() {
        return Futures.await(balanceAsync());
    }

    /** Asks without waiting; the future fails as {@link #balance} does. */
    public CompletableFuture<Balance> balanceAsync() {
        return engine.ask("balance", options, engine.provider()::balanceAsync);
    }

    /**
     * Returns how many received texts are unread, as the provider counts.
     *
     * @throws UnsupportedOperationException if the provider doesn't count
     * @throws PbxException if the provider can't be asked
     */
    public int unreadCount() {
        return Futures.await(unreadCountAsync());
    }

    /** Asks without waiting; the future fails as {@link #unreadCount} does. */
    public CompletableFuture<Integer> unreadCountAsync() {
        return engine.ask("unreadCount", options, engine.provider()::unreadCountAsync);
    }

    /**
     * Asks for texts every so often, and gives them to the listeners of {@link #events()}.
     *
     * <p>It begins with what came in the last five minutes, since carriers deliver late, or goes on
     * where it ended, if the store is durable. A text counts as handled when it is in the queue of
     * the listeners; use an {@link SmsIntake} where losing one in a crash would matter. While
     * nobody listens to texts, or the queue is full, each round fails and the text comes again:
     * subscribe first.
     *
     * @throws UnsupportedOperationException if the provider can't be polled
     * @throws IllegalArgumentException if the interval is not positive
     * @throws IllegalStateException if an intake polls here and the provider gives each text to one
     *     reader only, as MessageMedia does
     */
    public Subscription startPolling(Duration interval) {
        return engine.poll(engine.listeners(), PollingOptions.every(interval));
    }

    /**
     * Asks for texts every so often, and has the intake handle them.
     *
     * <p>At least once each, and once for a handler that {@linkplain SmsIntake.Builder#committing
     * commits} with us; in the order of the provider's time, one at a time. A handler that throws
     * holds up what follows, and is tried again after a pause.
     *
     * @throws UnsupportedOperationException if the provider can't be polled
     * @throws IllegalStateException if the same texts come to the intake by a webhook without ids,
     *     or are polled here for somebody else and the provider gives each to one reader only, as
     *     MessageMedia does
     */
    public Subscription startPolling(PollingOptions polling, SmsIntake intake) {
        return engine.poll(
                Objects.requireNonNull(intake, "intake"),
                Objects.requireNonNull(polling, "polling"));
    }

    /** Returns the received texts as a screen shows them; empty until it is refreshed. */
    public SmsInbox inbox() {
        return new SmsInbox(this, engine);
    }

    CallOptions options() {
        return options;
    }

    SmsEngine engine() {
        return engine;
    }

    /** Returns a view of this client with other options; closing either closes both. */
    public SmsClient with(CallOptions value) {
        return new SmsClient(engine, Objects.requireNonNull(value, "options"));
    }

    /**
     * Fails what is under way and ends polling; repeatable.
     *
     * <p>A store that was given stays open.
     */
    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return "SmsClient[" + engine.provider().origin().provider() + "]";
    }

    /** Collects the settings of {@link SmsClient}; not thread-safe. */
    public static final class Builder {

        private @Nullable SmsProvider provider;
        @Nullable StateStore store;
        @Nullable Address sender;
        @Nullable PhoneNumbers phoneNumbers;
        @Nullable SendPolicy policy;
        @Nullable OptOuts optOuts;
        boolean simplifyTexts;
        Duration timeout = Duration.ofSeconds(30);
        RetryPolicy retry = RetryPolicy.defaults();
        OperationGuard guard = OperationGuard.allowAll();
        @Nullable PbxResources resources;
        @Nullable HttpTransport transport;
        @Nullable FlightRecorder flightRecorder;

        private Builder() {}

        /** Sets the provider; needed. */
        public Builder provider(SmsProvider value) {
            this.provider = Objects.requireNonNull(value, "provider");
            return this;
        }

        /**
         * Sets where it is remembered what was sent and received.
         *
         * <p>By default in memory, for an hour: enough against doubles of one process. With a
         * durable store nothing is doubled after a crash either, and entries stay for 30 days. It
         * is not closed with the client.
         */
        public Builder store(StateStore value) {
            this.store = Objects.requireNonNull(value, "store");
            return this;
        }

        /** Sets who sends, where a message does not say; by default the provider chooses. */
        public Builder sender(Address value) {
            this.sender = Objects.requireNonNull(value, "sender");
            return this;
        }

        /**
         * Sets the country whose way of writing numbers is understood; none by default, and only
         * {@code +} and digits are numbers then.
         *
         * @throws IllegalArgumentException if it is not a country in two letters
         */
        public Builder region(String value) {
            this.phoneNumbers = PhoneNumbers.of(value);
            return this;
        }

        /** Sets the rules that each text must keep; none by default. */
        public Builder policy(SendPolicy value) {
            this.policy = Objects.requireNonNull(value, "policy");
            return this;
        }

        /**
         * Sets who wants no texts, which is asked before each; nobody by default. Whom the provider
         * refuses for that reason is added.
         */
        public Builder optOuts(OptOuts value) {
            this.optOuts = Objects.requireNonNull(value, "optOuts");
            return this;
        }

        /**
         * Sends {@link SimplerText} where that saves messages; texts stay as they are by default.
         */
        public Builder simplifyTexts() {
            this.simplifyTexts = true;
            return this;
        }

        /**
         * Sets how long a call may take, all retries included; 30 s by default. When polling it is
         * the time for each page of a list.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("timeout must be positive, not " + value);
            }
            this.timeout = value;
            return this;
        }

        /** Sets how often a call is made again; see {@link RetryPolicy#defaults}. */
        public Builder retry(RetryPolicy value) {
            this.retry = Objects.requireNonNull(value, "retry");
            return this;
        }

        /** Sets who is asked before each call; everything passes by default. */
        public Builder guard(OperationGuard value) {
            this.guard = Objects.requireNonNull(value, "guard");
            return this;
        }

        /** Shares threads and clock with other clients; by default the client has its own. */
        public Builder resources(PbxResources value) {
            this.resources = Objects.requireNonNull(value, "resources");
            return this;
        }

        /** Sets what sends HTTP requests; by default the client makes its own. */
        public Builder transport(HttpTransport value) {
            this.transport = Objects.requireNonNull(value, "transport");
            return this;
        }

        /**
         * Writes the traffic with the provider down, without secrets; by default nobody does. Texts
         * and numbers stay in.
         */
        public Builder flightRecorder(FlightRecorder value) {
            this.flightRecorder = Objects.requireNonNull(value, "flightRecorder");
            return this;
        }

        /**
         * Returns the client; opens nothing.
         *
         * @throws IllegalStateException if there is no provider
         */
        public SmsClient build() {
            if (provider == null) {
                throw new IllegalStateException("set provider(...) before build()");
            }
            return new SmsClient(new SmsEngine(copy(), provider), CallOptions.none());
        }

        private Builder copy() {
            Builder copy = new Builder();
            copy.store = store;
            copy.sender = sender;
            copy.phoneNumbers = phoneNumbers;
            copy.policy = policy;
            copy.optOuts = optOuts;
            copy.simplifyTexts = simplifyTexts;
            copy.timeout = timeout;
            copy.retry = retry;
            copy.guard = guard;
            copy.resources = resources;
            copy.transport = transport;
            copy.flightRecorder = flightRecorder;
            return copy;
        }
    }
}
