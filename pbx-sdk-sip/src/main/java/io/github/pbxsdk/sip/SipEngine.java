package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.Call;
import io.github.pbxsdk.core.internal.CallRunner;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.CurrentConnection;
import io.github.pbxsdk.core.internal.EventDispatcher;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.Senders;
import io.github.pbxsdk.core.message.GatewayLimits;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.event.MessageReceivedEvent;
import io.github.pbxsdk.sip.internal.digest.DigestMemory;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.transport.FlowReader;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipMessage;
import io.github.pbxsdk.sip.internal.wire.SipRequest;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the parts of a client together: connection, registrations, texts, events. */
final class SipEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SipEngine.class);

    private static final Credentials NOBODY = Credentials.of("nobody", "");

    private static final Pattern IP_ADDRESS =
            Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+])(:[0-9]+)?");

    /** How long the server may take to agree to the end of the registrations. */
    private static final long FAREWELL_MILLIS = 2_000;

    private final SipSettings settings;
    private final PbxResources resources;
    private final boolean ownResources;
    private final EventDispatcher dispatcher;
    private final Actor actor;
    private final ServerList servers;
    private final CurrentConnection<Flow> flows;
    private final ClientTransactions transactions;
    private final Exchanges exchanges;
    private final RegisterWindow registerWindow = new RegisterWindow();
    private final CallRunner runner;
    private final OutgoingTexts texts;
    private final Watches watches;
    private final Incoming incoming;
    private final SipConnector connector;
    private final ConnectionKeeper keeper;
    private final KeepAlive keepAlive;
    private final LargeTexts largeTexts;
    private final Map<String, RegistrationKeeper> registrations = new ConcurrentHashMap<>();
    private final String callIdPrefix = ClientTransactions.randomText();
    private final AtomicLong callIds = new AtomicLong();
    private ResourcesAccess.Registration registration = () -> {};
    private volatile boolean closed;

    private SipEngine(SipSettings settings, PbxResources resources, boolean ownResources) {
        this.settings = settings;
        this.resources = resources;
        this.ownResources = ownResources;
        String source = settings.source();
        Senders senders = Senders.of(resources);
        this.dispatcher =
                new EventDispatcher(
                        source, resources, settings.eventQueue(), this::listenersTooSlow);
        this.actor = new Actor(senders::start);
        this.servers = new ServerList(settings, resources.time());
        this.flows = new CurrentConnection<>(source, PbxConnectionException::new, senders::start);
        this.transactions = new ClientTransactions(resources.time());
        this.exchanges = new Exchanges(transactions);
        this.runner = new CallRunner(source, resources);
        this.texts = new OutgoingTexts(this, runner);
        this.watches = new Watches(this);
        this.incoming = new Incoming(this, new IncomingTexts(this), watches, resources.time());
        this.connector =
                new SipConnector(settings, resources, senders::start, servers, flows, new Reader());
        this.largeTexts =
                new LargeTexts(
                        settings,
                        resources.time(),
                        senders::start,
                        new Reader(),
                        transactions::flowEnded);
        this.keepAlive = new KeepAlive(this);
        this.keeper =
                new ConnectionKeeper(
                        source,
                        resources,
                        new ConnectionKeeper.Settings(
                                List.of(place()),
                                CredentialsProvider.of(NOBODY),
                                settings.reconnect()),
                        connector,
                        this::connectionChanged);
    }

    /** Returns what the keeper takes for the server; which one it is, the connector decides. */
    private HostAndPort place() {
        return settings.fixed().isEmpty()
                ? new HostAndPort(settings.name(), settings.transport().defaultPort())
                : settings.fixed().get(0);
    }

    /** Returns an engine that has not begun; without resources it gets its own. */
    static SipEngine of(SipSettings settings, @Nullable PbxResources shared) {
        PbxResources resources = shared == null ? PbxResources.create() : shared;
        SipEngine engine = new SipEngine(settings, resources, shared == null);
        engine.registration = ResourcesAccess.get().register(resources, engine);
        return engine;
    }

    SipSettings settings() {
        return settings;
    }

    Time time() {
        return resources.time();
    }

    Events events() {
        return dispatcher;
    }

    ConnectionStatus status() {
        return keeper.status();
    }

    CompletableFuture<@Nullable Void> connect() {
        return keeper.connect();
    }

    /** Has a connection made if there is none and none is being made. */
    void wantConnection() {
        if (!closed) {
            keeper.connect();
        }
    }

    @Nullable Flow flow() {
        return flows.now();
    }

    /** Returns the flow, or one that is being made; begins to make one if need be. */
    CompletableFuture<Flow> awaitFlow() {
        return flows.await();
    }

    /** Returns a connection to the server of this flow, or the flow itself if there is none. */
    CompletableFuture<Flow> besides(Flow flow) {
        return largeTexts.beside(flow);
    }

    PbxException notConnected() {
        return new PbxConnectionException(
                settings.source() + " is not connected: " + status().reason(),
                status().failure().orElse(null));
    }

    <T extends @Nullable Object> RootFuture<T> newFuture() {
        return new RootFuture<>(resources.executor());
    }

    /** Runs a task after those that were handed over before. */
    void execute(Runnable task) {
        actor.execute(task);
    }

    /** Tells listeners something that is never dropped. */
    void announce(PbxEvent event) {
        dispatcher.announce(event);
    }

    /** Tells listeners something that came from the server. */
    void publish(PbxEvent event, int bytes) {
        dispatcher.publish(event, bytes);
    }

    String newCallId() {
        return callIdPrefix + '-' + callIds.incrementAndGet();
    }

    CompletableFuture<SipResponse> exchange(
            Flow flow,
            RequestText request,
            LongSupplier sequence,
            @Nullable DigestMemory digest,
            Duration timeout,
            BooleanSupplier mayLeave) {
        return exchanges.start(flow, request, sequence, digest, timeout, mayLeave);
    }

    /** Sends a REGISTER when its turn comes: not too many at a time. */
    CompletableFuture<SipResponse> registerExchange(
            Flow flow,
            RequestText request,
            LongSupplier sequence,
            DigestMemory digest,
            Duration timeout) {
        return registerWindow.enter(
                () -> exchange(flow, request, sequence, digest, timeout, () -> true));
    }

    CompletableFuture<Registration> register(
            String extension, Credentials credentials, RegisterOptions options) {
        SipText.requireExtension(extension);
        requireOpen();
        RootFuture<Registration> future = newFuture();
        RegistrationWaiter waiter = RegistrationWaiter.of(future);
        execute(() -> registerNow(extension, credentials, options, waiter));
        return future;
    }

    /** Registers, or joins what is under way; called by a task. */
    void registerNow(
            String extension,
            Credentials credentials,
            RegisterOptions options,
            RegistrationWaiter waiter) {
        if (closed) {
            waiter.failed(new PbxConnectionException(settings.source() + " was closed", null));
            return;
        }
        registrations
                .computeIfAbsent(
                        extension,
                        key -> new RegistrationKeeper(this, extension, credentials, options))
                .register(credentials, options, waiter);
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException(settings.source() + " is closed");
        }
    }

    CompletableFuture<@Nullable Void> unregister(String extension) {
        RegistrationKeeper known = registrations.get(extension);
        if (known == null) {
            RootFuture<@Nullable Void> future = newFuture();
            future.succeed(null);
            return future;
        }
        return known.unregister(false);
    }

    /** Forgets a registration that has ended. */
    void forget(RegistrationKeeper ended) {
        registrations.remove(ended.extension(), ended);
    }

    Optional<RegistrationKeeper> find(String extension) {
        return Optional.ofNullable(registrations.get(extension));
    }

    RegistrationKeeper require(String extension) {
        return find(extension)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        extension + " is not registered here; call register(...)"));
    }

    /** Returns the registration, where there is only one. */
    RegistrationKeeper onlyRegistration() {
        List<RegistrationKeeper> all = List.copyOf(registrations.values());
        if (all.size() != 1) {
            throw new IllegalArgumentException(
                    "set from(...): " + all.size() + " extensions are registered here");
        }
        return all.get(0);
    }

    Optional<Registration> findRegistration(String extension) {
        return find(extension).map(RegistrationKeeper::handle);
    }

    List<Registration> registrations() {
        return registrations.values().stream().map(RegistrationKeeper::handle).toList();
    }

    /** Returns whom of us a request is for. */
    Optional<RegistrationKeeper> recipient(SipRequest request) {
        String uri = request.uri();
        int at = uri.indexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        String user = uri.substring(uri.indexOf(':') + 1, at).split(";", 2)[0];
        return find(user.replace("%23", "#"));
    }

    /**
     * Tells whether a host in an address means our PBX. An IP address does: a PBX writes one of its
     * own, which from here may be another, and nobody else's domain is one.
     */
    boolean isOwnHost(String host) {
        return host.equalsIgnoreCase(settings.domain())
                || host.equalsIgnoreCase(settings.name())
                || IP_ADDRESS.matcher(host).matches();
    }

    CompletableFuture<MessageReceipt> send(TextMessage message, CallOptions options) {
        requireOpen();
        return texts.send(message, options);
    }

    GatewayLimits limits() {
        return texts.limits();
    }

    boolean hasTextListener() {
        return dispatcher.wants(MessageReceivedEvent.class);
    }

    Subscription onMessage(FeedListener<? super TextMessage> listener) {
        Subscription messages =
                dispatcher.subscribe(
                        MessageReceivedEvent.class, event -> listener.onEvent(event.message()));
        Subscription gaps = dispatcher.subscribe(GapEvent.class, listener::onGap);
        return () -> {
            messages.close();
            gaps.close();
        };
    }

    CompletableFuture<Duration> ping(CallOptions options) {
        requireOpen();
        Duration deadline = options.deadline().orElse(settings.timeout());
        return runner.run(
                "OPTIONS",
                "OPTIONS to " + settings.source(),
                new Call.Repeatable<Duration>(operation -> pingOnce(deadline, operation)),
                deadline,
                options.retry().orElse(RetryPolicy.none()));
    }

    private CompletableFuture<Duration> pingOnce(
            Duration deadline, RootFuture<Duration> operation) {
        return awaitFlow()
                .thenCompose(
                        flow -> {
                            long started = time().nanos();
                            return ping(flow, deadline, operation::markSent)
                                    .thenApply(
                                            response -> Duration.ofNanos(time().nanos() - started));
                        });
    }

    /** Asks a server for a sign of life; any answer is one, so that no proof is given. */
    CompletableFuture<SipResponse> ping(Flow flow, Duration timeout, BooleanSupplier mayLeave) {
        String user =
                registrations.keySet().stream()
                        .findFirst()
                        .map(extension -> SipText.user(extension) + "@")
                        .orElse("");
        String uri = "sip:" + settings.domain();
        RequestText request =
                new RequestText(
                        "OPTIONS",
                        uri,
                        "<sip:" + user + settings.domain() + ">;tag=" + newCallId(),
                        "<" + uri + ">",
                        newCallId());
        return exchange(flow, request, () -> 1, null, timeout, mayLeave);
    }

    Subscription watchMailbox(String extension) {
        return watches.mailbox(require(extension));
    }

    Subscription watchPresence(String extension, String watched) {
        return watches.presence(require(extension), SipText.requireExtension(watched));
    }

    /** Asks for the devices of an extension that need not be registered here. */
    CompletableFuture<List<SipDevice>> devices(String extension, Credentials credentials) {
        return new RegistrationKeeper(this, extension, credentials, RegisterOptions.defaults())
                .devices();
    }

    CompletableFuture<SipCheck> check(String extension, Credentials credentials) {
        SipText.requireExtension(extension);
        requireOpen();
        RootFuture<SipCheck> future = newFuture();
        Senders.of(resources)
                .start(
                        () -> {
                            // Threads of its own: the listeners of this client may be waiting.
                            try (SipClient probe = SipClient.probe(settings)) {
                                future.succeed(
                                        new SipChecker(probe, extension, credentials).check());
                            } catch (RuntimeException e) {
                                future.fail(e);
                            }
                        });
        return future;
    }

    /** Called by the keeper under its lock: everything that may call it back is done elsewhere. */
    private void connectionChanged(PbxEvent event) {
        dispatcher.announce(event);
        if (event instanceof ConnectionEvent change) {
            ConnectionStatus now = change.now();
            Flow ended = flows.become(now);
            PbxException reason = reason(now);
            if (ended != null) {
                transactions.flowEnded(ended, reason);
            }
            execute(() -> tellRegistrations(now, ended != null, reason));
        }
    }

    private PbxException reason(ConnectionStatus now) {
        return now.failure().orElseGet(() -> new PbxConnectionException(now.reason(), null, true));
    }

    private void tellRegistrations(ConnectionStatus now, boolean lost, PbxException reason) {
        keepAlive.connectionChanged(now.state());
        registrations.values().forEach(one -> tell(one, now, lost, reason));
        if (now.state() == ConnectionState.CONNECTED) {
            watches.connected();
        }
    }

    private static void tell(
            RegistrationKeeper one, ConnectionStatus now, boolean lost, PbxException reason) {
        switch (now.state()) {
            case CONNECTED -> one.connected();
            case DISCONNECTED, REFUSED -> one.notConnected(reason);
            default -> {
                if (lost) {
                    one.disconnected(reason);
                } else if (now.failure().isPresent()) {
                    one.stillConnecting(reason);
                }
            }
        }
    }

    /** Notes that the server did not answer; goes to another one if there is one. */
    void noAnswer(Flow flow, PbxException reason) {
        servers.failed(flow.peer());
        if (flow == flow() && servers.hasAlternative(flow.peer())) {
            keeper.drop(reason);
        }
    }

    /** Notes that the flow is dead, whatever it looks like. */
    void drop(Flow flow, PbxException reason) {
        if (flow == flow()) {
            keeper.drop(reason);
        }
    }

    void works(Flow flow) {
        servers.works(flow.peer());
    }

    private void listenersTooSlow() {
        keeper.drop(
                new PbxConnectionException(
                        settings.source() + ": the listeners are slower than the server", null));
    }

    private final class Reader implements FlowReader {

        @Override
        public void received(Flow flow, SipMessage message) {
            try {
                if (message instanceof SipResponse response) {
                    if (response.headers().all("Via").size() == 1) {
                        transactions.received(flow, response);
                    }
                } else if (message instanceof SipRequest request) {
                    incoming.received(flow, request);
                }
            } catch (MalformedMessageException e) {
                unreadable(flow, e);
            } catch (RuntimeException e) {
                log.warn("{}: a message could not be handled", settings.source(), e);
            }
        }

        @Override
        public void unreadable(Flow flow, MalformedMessageException problem) {
            log.debug(
                    "{}: a message from {} cannot be read: {}",
                    settings.source(),
                    flow.peer(),
                    problem.getMessage());
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        registration.remove();
        sayFarewell();
        keepAlive.close();
        CountDownLatch ended = new CountDownLatch(1);
        execute(
                () -> {
                    registrations.values().forEach(RegistrationKeeper::close);
                    ended.countDown();
                });
        await(ended);
        actor.close();
        texts.close();
        largeTexts.close();
        keeper.close();
        connector.close();
        dispatcher.close();
        if (ownResources) {
            resources.close();
        }
    }

    /** So that calls and texts do not go to where nobody is any more. */
    private void sayFarewell() {
        CountDownLatch all = new CountDownLatch(1);
        execute(
                () -> {
                    AtomicLong left = new AtomicLong(1);
                    Runnable one =
                            () -> {
                                if (left.decrementAndGet() == 0) {
                                    all.countDown();
                                }
                            };
                    for (RegistrationKeeper keeper : List.copyOf(registrations.values())) {
                        left.incrementAndGet();
                        keeper.leaveForGood(one);
                    }
                    one.run();
                });
        await(all);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Closing goes on without waiting; the caller finds his interrupt again.
            Thread.currentThread().interrupt();
        }
    }
}
