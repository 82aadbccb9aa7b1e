package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.CurrentConnection;
import io.github.pbxsdk.core.internal.EventDispatcher;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.Senders;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds the parts of a client together: connection, calls, events. */
final class AmiEngine implements AutoCloseable {

    private final AmiSettings settings;
    private final PbxResources resources;
    private final boolean ownResources;
    private final EventDispatcher dispatcher;
    private final AmiRoad road;
    private final WireFigures figures;
    private final CurrentConnection<AmiSession> sessions;
    private final AmiCalls calls;
    private final Originations originations;
    private final ConnectionKeeper keeper;
    private final List<Consumer<? super PbxEvent>> taps = new CopyOnWriteArrayList<>();
    private ResourcesAccess.Registration registration = () -> {};
    private volatile @Nullable AmiServer lastServer;

    private AmiEngine(AmiSettings settings, PbxResources resources, boolean ownResources) {
        this.settings = settings;
        this.resources = resources;
        this.ownResources = ownResources;
        String source = settings.source();
        this.dispatcher =
                new EventDispatcher(
                        source, resources, settings.eventQueue(), this::listenersTooSlow);
        this.road = AmiRoads.of(settings, resources);
        this.figures = new WireFigures(source, resources);
        this.sessions = new CurrentConnection<>(source, NotConnectedException::new, this::start);
        this.calls = new AmiCalls(settings, resources, sessions, this::start);
        this.originations =
                new Originations(
                        settings,
                        resources,
                        calls,
                        new CallPermission(calls, this::server),
                        this::start);
        this.keeper =
                new ConnectionKeeper(
                        source,
                        resources,
                        new ConnectionKeeper.Settings(
                                settings.hosts(), settings.credentials(), settings.reconnect()),
                        new AmiConnector(
                                settings,
                                resources,
                                road,
                                figures,
                                sessions,
                                this::received,
                                this::start,
                                this::drop),
                        this::announce);
    }

    /** Returns an engine that has not begun; without resources it gets its own. */
    static AmiEngine of(AmiSettings settings, @Nullable PbxResources shared) {
        PbxResources resources = shared == null ? PbxResources.create() : shared;
        AmiEngine engine = new AmiEngine(settings, resources, shared == null);
        engine.registration = ResourcesAccess.get().register(resources, engine);
        return engine;
    }

    CompletableFuture<@Nullable Void> connect() {
        return keeper.connect();
    }

    ConnectionStatus status() {
        return keeper.status();
    }

    Events events() {
        return settings.transport().bringsEvents()
                ? dispatcher
                : new EventsWithoutServer(dispatcher);
    }

    /** Returns the server that answered last. */
    Optional<AmiServer> server() {
        return Optional.ofNullable(lastServer);
    }

    AmiCalls calls() {
        return calls;
    }

    AmiSettings settings() {
        return settings;
    }

    Originations originations() {
        return originations;
    }

    RootFuture<AmiResponse> list(
            AmiAction<?> action, Listener<? super AmiEvent> listener, CallOptions options) {
        return calls.push(
                action,
                what -> new PushedItems(what, settings.maxListBytes(), listener, this::start),
                options);
    }

    PbxResources resources() {
        return resources;
    }

    /** Shows each event to somebody quick, in the order of the wire, before it is queued. */
    Subscription tap(Consumer<? super PbxEvent> tap) {
        taps.add(tap);
        return () -> taps.remove(tap);
    }

    /** What must neither hold up the reader nor wait for the executor has a thread of its own. */
    void start(Runnable task) {
        Senders.of(resources).start(task);
    }

    /** Called by the reader, and does nothing that could take time. */
    private void received(AmiFields fields) {
        originations.watch(fields);
        AmiEvent event = AmiEvent.of(fields);
        taps.forEach(tap -> tap.accept(event));
        if (dispatcher.wants(event.getClass())) {
            dispatcher.publish(event, fields.byteCount());
        }
    }

    private void announce(PbxEvent event) {
        if (event instanceof ConnectionEvent change) {
            ConnectionStatus now = change.now();
            sessions.become(now);
            AmiSession session = sessions.now();
            if (session != null) {
                lastServer = session.server();
            }
            if (now.state() == ConnectionState.CONNECTED) {
                originations.reconnected();
            }
        }
        taps.forEach(tap -> tap.accept(event));
        dispatcher.announce(event);
    }

    private void drop(PbxException reason) {
        keeper.drop(reason);
    }

    private void listenersTooSlow() {
        drop(
                new PbxConnectionException(
                        settings.source() + ": the listeners are slower than the server", null));
    }

    @Override
    public void close() {
        registration.remove();
        keeper.close();
        road.close();
        figures.close();
        calls.close();
        dispatcher.close();
        if (ownResources) {
            resources.close();
        }
    }
}
