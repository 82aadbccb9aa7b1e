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
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.event.MessageReceivedEvent;
import io.github.pbxsdk.sip.internal.digest.DigestMemory;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Holds the parts of a client together: connection, registrations, texts, events. */
final class SipEngine implements AutoCloseable {

    private static final Credentials NOBODY = Credentials.of("nobody", "");

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
    private final Registrations registrations;
    private final WireFigures figures;
    private final Pings pings;
    private final OutgoingTexts texts;
    private final Watches watches;
    private final SipConnector connector;
    private final ConnectionKeeper keeper;
    private final KeepAlive keepAlive;
    private final LargeTexts largeTexts;
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
        this.dispatcher = new EventDispatcher(source, resources, settings.eventQueue(), () -> {});
        this.actor = new Actor(senders::start);
        this.servers = new ServerList(settings, resources.time());
        this.flows = new CurrentConnection<>(source, PbxConnectionException::new, senders::start);
        this.registrations = new Registrations(this);
        this.figures = new WireFigures(source, resources, registrations::registered);
        this.transactions = new ClientTransactions(resources.time(), figures);
        this.exchanges = new Exchanges(transactions);
        CallRunner runner = new CallRunner(source, resources);
        this.pings = new Pings(this, runner);
        this.texts = new OutgoingTexts(this, runner);
        this.watches = new Watches(this);
        FlightTaps taps = new FlightTaps(settings.flightRecorder());
        MessageSorter sorter =
                new MessageSorter(
                        source,
                        transactions,
                        new Incoming(this, new IncomingTexts(this), watches, resources.time()));
        this.connector =
                new SipConnector(settings, resources, senders::start, servers, flows, sorter, taps);
        this.largeTexts =
                new LargeTexts(
                        settings,
                        resources.time(),
                        senders::start,
                        sorter,
                        taps,
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

    /**
     * Returns a connection to the server of this flow, or the flow itself if there is none.
     *
     * @param use as long as it is not done, the connection is not idle
     */
    CompletableFuture<Flow> besides(Flow flow, CompletableFuture<?> use) {
        return largeTexts.beside(flow, use);
    }

    PbxException notConnected() {
        return new PbxConnectionException(
                settings.source() + " is not connected: " + status().reason(),
                status().failure().orElse(null));
    }

    PbxException closedException() {
        return new PbxConnectionException(settings.source() + " was closed", null);
    }

    <T extends @Nullable Object> RootFuture<T> newFuture() {
        return new RootFuture<>(resources.executor());
    }

    /** Runs a task after those that were handed over before. */
    void execute(Runnable task) {
        actor.execute(task);
    }

    /** Does the same with what somebody waits for; false if it will not be run. */
    boolean offer(Runnable task) {
        return actor.offer(task);
    }

    /** Tells listeners something that is never dropped. */
    void announce(PbxEvent event) {
        dispatcher.announce(event);
    }

    /** Tells listeners of something that is ours from now on; false if none can be told. */
    boolean takesOver(PbxEvent event, int bytes) {
        return dispatcher.takeOver(event, bytes);
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

    Registrations registrations() {
        return registrations;
    }

    Pings pings() {
        return pings;
    }

    Watches watches() {
        return watches;
    }

    /** Asks the guard whether an operation may go ahead. */
    void ask(Operation operation) {
        settings.guard().check(operation);
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException(settings.source() + " is closed");
        }
    }

    CompletableFuture<MessageReceipt> send(TextMessage message, CallOptions options) {
        ask(Operations.MESSAGE);
        requireOpen();
        return texts.send(message, options);
    }

    GatewayLimits limits() {
        return texts.limits();
    }

    /** Tells whether there is somebody to tell a text that comes now. */
    boolean takesTexts() {
        return !closed && dispatcher.wants(MessageReceivedEvent.class);
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
            execute(() -> tellParts(now, ended != null, reason));
        }
    }

    private PbxException reason(ConnectionStatus now) {
        return now.failure().orElseGet(() -> new PbxConnectionException(now.reason(), null, true));
    }

    private void tellParts(ConnectionStatus now, boolean lost, PbxException reason) {
        keepAlive.connectionChanged(now.state());
        registrations.connectionChanged(now, lost, reason);
        if (now.state() == ConnectionState.CONNECTED) {
            watches.connected();
        }
    }

    /** Notes that the server did not answer; goes to another one if there is one. */
    void noAnswer(Flow flow, PbxException reason) {
        servers.failed(flow.peer());
        if (flow == flow() && servers.hasAlternative(flow.peer())) {
            keeper.drop(reason);
        }
    }

    /**
     * Goes to the server that an answer names, if there is one and we were not sent here already;
     * all registrations begin anew there.
     */
    boolean follow(Flow flow, SipResponse response) {
        Optional<HostAndPort> target = Redirect.target(response, settings.transport());
        if (target.isEmpty() || !servers.follow(flow.peer(), target.get())) {
            return false;
        }
        String words = flow.peer() + " sends us to " + target.get() + " (" + response + ")";
        drop(flow, new PbxConnectionException(words, null));
        return true;
    }

    /** Learns how long the server waits for signs of life on a flow. */
    void expectedWithin(Duration time) {
        keepAlive.expectedWithin(time);
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

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        registration.remove();
        keepAlive.close();
        registrations.close();
        actor.close();
        texts.close();
        largeTexts.close();
        keeper.close();
        connector.close();
        figures.close();
        dispatcher.close();
        if (ownResources) {
            resources.close();
        }
    }
}
