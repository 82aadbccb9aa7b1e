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
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.EventDispatcher;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.Senders;
import io.github.pbxsdk.core.internal.RootFuture;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Holds the parts of a client together: connection, calls, events. */
final class AmiEngine implements AutoCloseable {

    private final AmiSettings settings;
    private final PbxResources resources;
    private final boolean ownResources;
    private final EventDispatcher dispatcher;
    private final AmiRoad road;
    private final CurrentSession sessions;
    private final AmiCalls calls;
    private final Originations originations;
    private final ConnectionKeeper keeper;
    private ResourcesAccess.Registration registration = () -> {};

    private AmiEngine(AmiSettings settings, PbxResources resources, boolean ownResources) {
        this.settings = settings;
        this.resources = resources;
        this.ownResources = ownResources;
        String source = settings.source();
        this.dispatcher =
                new EventDispatcher(
                        source, resources, settings.eventQueue(), this::listenersTooSlow);
        this.road = AmiRoads.of(settings, resources);
        this.sessions = new CurrentSession(source, this::start);
        this.calls = new AmiCalls(settings, resources, sessions, this::start);
        this.originations = new Originations(settings, resources, calls, this::start);
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
        return settings.transport().bringsEvents() ? dispatcher : new EventsWithoutServer(dispatcher);
    }

    Optional<AmiServer> server() {
        return sessions.server();
    }

    AmiCalls calls() {
        return calls;
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

    /** What must neither hold up the reader nor wait for the executor has a thread of its own. */
    private void start(Runnable task) {
        Senders.of(resources).start(task);
    }

    /** Called by the reader, and does nothing that could take time. */
    private void received(AmiFields fields) {
        originations.watch(fields);
        AmiEvent event = AmiEvent.of(fields);
        if (dispatcher.wants(event.getClass())) {
            dispatcher.publish(event, fields.byteCount());
        }
    }

    private void announce(PbxEvent event) {
        if (event instanceof ConnectionEvent change) {
            ConnectionStatus now = change.now();
            sessions.become(now);
            if (now.state() == ConnectionState.CONNECTED) {
                originations.reconnected();
            }
        }
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
        calls.close();
        dispatcher.close();
        if (ownResources) {
            resources.close();
        }
    }
}
