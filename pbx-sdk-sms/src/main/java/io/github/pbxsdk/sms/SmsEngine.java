package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.internal.Call;
import io.github.pbxsdk.core.internal.CallRunner;
import io.github.pbxsdk.core.internal.ClosingStack;
import io.github.pbxsdk.core.internal.EventDispatcher;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.internal.flight.Scrubbers;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.LedgerEntry.Stage;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import io.github.pbxsdk.sms.provider.SmsProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands behind an {@link SmsClient} and all its views. */
final class SmsEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmsEngine.class);

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final Duration RETENTION_IN_MEMORY = Duration.ofHours(1);
    private static final Duration LONGEST_LIST = Duration.ofMinutes(10);

    private final SmsClient.Builder settings;
    private final SmsProvider provider;
    private final @Nullable PbxResources ownResources;
    private final PbxResources resources;
    private final @Nullable OkHttpTransport ownTransport;
    private final HttpTransport transport;
    private final boolean durable;
    private final StateStore store;
    private final SmsLedger ledger;
    private final SendGate gate;
    private final FlightTap tap;
    private final CallRunner runner;
    private final EventDispatcher events;
    private final SmsIntake listeners;
    private final ReentrantLock polling = new ReentrantLock();
    private final List<SmsPoller> pollers = new CopyOnWriteArrayList<>();
    private final List<BulkRun> runs = new CopyOnWriteArrayList<>();
    private final ResourcesAccess.Registration registration;

    SmsEngine(SmsClient.Builder settings, SmsProvider provider) {
        this.settings = settings;
        this.provider = provider;
        this.ownResources = settings.resources == null ? PbxResources.create() : null;
        this.resources = first(settings.resources, ownResources);
        this.ownTransport =
                settings.transport == null
                        ? OkHttpTransport.builder().resources(resources).build()
                        : null;
        this.transport = first(settings.transport, ownTransport);
        this.durable = settings.store != null;
        this.store = first(settings.store, durable ? null : StateStore.inMemory(resources.time()));
        this.ledger = new SmsLedger(store, provider.origin(), retention());
        this.gate = new SendGate(settings, store, resources, provider.origin().provider());
        String source = "sms " + provider.origin().provider();
        this.tap =
                settings.flightRecorder == null
                        ? FlightTap.none()
                        : FlightTap.on(settings.flightRecorder, "sms", Scrubbers.http());
        this.runner = new CallRunner(source, resources);
        this.events =
                new EventDispatcher(source, resources, EventQueueOptions.defaults(), () -> {});
        this.listeners = intakeOfListeners();
        this.registration = ResourcesAccess.get().register(resources, this);
    }

    private static <T> T first(@Nullable T given, @Nullable T own) {
        if (given != null) {
            return given;
        }
        if (own != null) {
            return own;
        }
        throw new IllegalStateException("one of both is there");
    }

    SmsProvider provider() {
        return provider;
    }

    SmsLedger ledger() {
        return ledger;
    }

    /** Returns for how long it is remembered what became of a text. */
    Duration retention() {
        return durable ? RETENTION : RETENTION_IN_MEMORY;
    }

    SendGate gate() {
        return gate;
    }

    StateStore store() {
        return store;
    }

    PbxResources resources() {
        return resources;
    }

    EventDispatcher events() {
        return events;
    }

    SmsClient.Builder settings() {
        return settings;
    }

    boolean canLookUp() {
        return provider.capabilities().can(Feature.LOOKUP);
    }

    boolean canComplete() {
        return provider.capabilities().can(Feature.COMPLETION);
    }

    /** Asks for what a list leaves out of an event: a part of receiving, which was permitted. */
    CompletableFuture<SmsEvent> complete(SmsEvent received) {
        CallOptions options = CallOptions.none();
        ProviderHttp http = http(options);
        return runner.run(
                "complete",
                "complete of " + name(),
                new Call.Repeatable<>(operation -> provider.completeAsync(received, http)),
                deadline(options),
                policy(options));
    }

    /** Tells whether another call may still be waiting for its answer. */
    boolean isUnderWay(LedgerEntry entry) {
        Instant over = entry.since().plus(settings.timeout).plus(Sending.CLOCK_SKEW);
        return entry.stage() == Stage.SENDING && resources.time().now().isBefore(over);
    }

    /**
     * Runs a step of an operation with the ledger: beside the caller, unless everything asked is in
     * memory. What it throws is the failure of the operation.
     */
    void inLedger(RootFuture<?> operation, Runnable step) {
        Runnable safe =
                () -> {
                    try {
                        step.run();
                    } catch (Throwable e) {
                        operation.fail(e);
                    }
                };
        if (!durable && !gate.isGuarded()) {
            safe.run();
            return;
        }
        try {
            SmsThreads.of(resources).run(safe);
        } catch (IllegalStateException | RejectedExecutionException closed) {
            // There are no threads any more. An entry says SENDING, which is read as unknown later.
            operation.fail(closed);
        }
    }

    ProviderHttp http(CallOptions options) {
        return new ClientHttp(resources, transport, deadline(options), tap);
    }

    Duration deadline(CallOptions options) {
        return options.deadline().orElse(settings.timeout);
    }

    CompletableFuture<SendResult> send(TextMessage message, CallOptions options) {
        checkGuard();
        return begin(draft(message, options), options);
    }

    /** Sends what was drafted with the same options. */
    CompletableFuture<SendResult> send(Draft draft, CallOptions options) {
        checkGuard();
        return begin(draft, options);
    }

    private void checkGuard() {
        settings.guard.check(Operation.change("sms", "messages.send"));
    }

    private CompletableFuture<SendResult> begin(Draft draft, CallOptions options) {
        ProviderHttp http = http(options);
        Call.Once<SendResult> call =
                new Call.Once<>(operation -> new Sending(this, draft, http, operation).start());
        return runner.run(
                "send",
                new SendTo(draft.outgoing().to(), name()),
                call,
                deadline(options),
                policy(options));
    }

    /** What is done, in words that are made when something fails. */
    private record SendTo(Address to, String provider) {

        @Override
        public String toString() {
            return "send to " + to.masked() + " by " + provider;
        }
    }

    /** Makes one attempt to send a batch, under the deadline of a call. */
    CompletableFuture<List<Verdict>> sendAll(List<Draft> drafts, CallOptions options) {
        ProviderHttp http = http(options);
        return runner.run(
                "sendAll",
                "send " + drafts.size() + " texts by " + name(),
                new Call.Once<>(
                        operation -> new BatchSending(this, drafts, http, operation).start()),
                deadline(options),
                RetryPolicy.none());
    }

    void begun(BulkRun run) {
        runs.add(run);
    }

    void ended(BulkRun run) {
        runs.remove(run);
    }

    RetryPolicy policy(CallOptions options) {
        return options.retry().orElse(settings.retry);
    }

    private String name() {
        return provider.origin().provider();
    }

    Draft draft(TextMessage given, CallOptions options) {
        return draft(given, options, new Fingerprints());
    }

    /** Drafts one of several texts, which may have their files in common. */
    Draft draft(TextMessage given, CallOptions options, Fingerprints fingerprints) {
        TextMessage message = completed(given);
        SimplerText text = simplified(message.text());
        TextMessage outgoing =
                text.replacements().isEmpty()
                        ? message
                        : message.toBuilder().text(text.text()).build();
        provider.capabilities()
                .objection(outgoing)
                .ifPresent(
                        reason -> {
                            throw new IllegalArgumentException(
                                    name() + " can't send " + outgoing + ": " + reason);
                        });
        Optional<String> key = options.idempotencyKey();
        boolean tracked = key.isPresent() || durable || gate.isGuarded();
        return new Draft(
                new OutgoingMessage(outgoing, key.orElseGet(() -> UUID.randomUUID().toString())),
                given,
                fingerprints,
                SmsSegments.of(text.text(), provider.capabilities().segmentProfile()).count(),
                text.replacements(),
                key.isPresent(),
                tracked);
    }

    private TextMessage completed(TextMessage given) {
        if (settings.sender == null && settings.phoneNumbers == null) {
            return given;
        }
        TextMessage.Builder completed = given.toBuilder();
        if (given.from().isEmpty() && settings.sender != null) {
            completed.from(settings.sender);
        }
        return completed.to(given.to().stream().map(this::resolve).toList()).build();
    }

    Address resolve(Address address) {
        return settings.phoneNumbers == null ? address : settings.phoneNumbers.resolve(address);
    }

    private SimplerText simplified(String text) {
        return settings.simplifyTexts
                ? SimplerText.of(text, provider.capabilities().segmentProfile())
                : SimplerText.unchanged(text);
    }

    /** Begins to poll; ends with the subscription, or with the client. */
    Subscription poll(SmsIntake intake, PollingOptions options) {
        if (!provider.capabilities().can(Feature.POLLING)) {
            throw new UnsupportedOperationException(name() + " can't be polled; use its webhooks");
        }
        SmsPoller poller = new SmsPoller(this, intake, options);
        polling.lock();
        try {
            requireOneReader(intake);
            intake.addDoorWithIds(provider.origin());
            pollers.add(poller);
        } finally {
            polling.unlock();
        }
        poller.start();
        return () -> {
            // Until it has ended, whoever closes the client has to wait for it as well.
            poller.close();
            pollers.remove(poller);
        };
    }

    /** What one has confirmed is in no list any more. */
    private void requireOneReader(SmsIntake intake) {
        if (provider.capabilities().can(Feature.CONFIRMATION)
                && pollers.stream().anyMatch(poller -> poller.intake() != intake)) {
            throw new IllegalStateException(
                    ("texts of " + name() + " are polled already, and go to one reader only:")
                            + " close that polling first, or have one intake for both");
        }
    }

    /** Returns what gives to the listeners of the client. */
    SmsIntake listeners() {
        return listeners;
    }

    /** What listeners hear has been handled when it is in their queue. */
    private SmsIntake intakeOfListeners() {
        SmsIntake.Builder intake =
                SmsIntake.builder()
                        .store(store)
                        .time(resources.time())
                        .reader("listeners")
                        .handler(this::tellListeners);
        return settings.phoneNumbers == null
                ? intake.build()
                : intake.region(settings.phoneNumbers.region()).build();
    }

    /** A text that nobody can be told of comes again; what else there is need interest nobody. */
    private void tellListeners(SmsEvent event) {
        if (events.takeOver(event, sizeOf(event))) {
            return;
        }
        if (event instanceof OtherSmsEvent) {
            log.warn("{} lists what is neither a text nor a report, and nobody listens", name());
        }
        if (event instanceof MessageReceivedEvent || events.wants(event.getClass())) {
            throw new PbxException(
                    "no listener can be told of "
                            + event
                            + " for now: subscribe before polling starts, and keep listeners quick");
        }
    }

    private static int sizeOf(SmsEvent event) {
        return event.raw().list().stream()
                .mapToInt(field -> field.name().length() + field.value().length())
                .sum();
    }

    /** Asks the provider something that may be asked again. */
    <T> CompletableFuture<T> ask(
            String what,
            CallOptions options,
            Function<ProviderHttp, CompletableFuture<T>> question) {
        return ask(what, options, deadline(options), question);
    }

    /** Asks for a list of many pages: each of them has the time of a call. */
    <T> CompletableFuture<T> askLong(
            String what, Function<ProviderHttp, CompletableFuture<T>> question) {
        Duration call = settings.timeout;
        Duration longest = call.compareTo(LONGEST_LIST) > 0 ? call : LONGEST_LIST;
        return ask(what, CallOptions.none(), longest, question);
    }

    private <T> CompletableFuture<T> ask(
            String what,
            CallOptions options,
            Duration longest,
            Function<ProviderHttp, CompletableFuture<T>> question) {
        settings.guard.check(Operation.read("sms", what));
        ProviderHttp http = http(options);
        return runner.run(
                what,
                what + " of " + name(),
                new Call.Repeatable<>(operation -> question.apply(http)),
                longest,
                policy(options));
    }

    @Override
    public void close() {
        registration.remove();
        ClosingStack open = new ClosingStack();
        if (ownResources != null) {
            open.push(ownResources);
        }
        open.push(events);
        if (ownTransport != null) {
            open.push(ownTransport);
        }
        open.push(runner::close);
        runs.forEach(open::push);
        pollers.forEach(open::push);
        open.close();
    }
}
