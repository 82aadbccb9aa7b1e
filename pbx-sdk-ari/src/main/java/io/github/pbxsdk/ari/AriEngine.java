package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.event.AriEvent;
import io.github.pbxsdk.ari.event.ResyncEvent;
import io.github.pbxsdk.ari.model.Bridge;
import io.github.pbxsdk.ari.model.Channel;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.EventDispatcher;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.Senders;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.internal.flight.Scrubbers;
import io.github.pbxsdk.core.observe.FlightRecorder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the parts of a client together: requests, event socket, events. */
final class AriEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AriEngine.class);

    private final AriSettings settings;
    private final PbxResources resources;
    private final boolean ownResources;
    private final AriTransport transport;
    private final EventDispatcher dispatcher;
    private final SubscribedSources sources;
    private final RecentRecordings recent = new RecentRecordings();
    private final Endings endings = new Endings();
    private final AriCalls calls;
    private final AriCalls ownCalls;
    private final ConnectionKeeper keeper;
    private ResourcesAccess.Registration registration = () -> {};
    private volatile @Nullable AriSession session;
    private volatile @Nullable AriServer server;

    private AriEngine(
            AriSettings settings,
            PbxResources resources,
            boolean ownResources,
            AriTransport transport) {
        this.settings = settings;
        this.resources = resources;
        this.ownResources = ownResources;
        this.transport = transport;
        String source = settings.source();
        this.dispatcher =
                new EventDispatcher(
                        source, resources, settings.eventQueue(), this::listenersTooSlow);
        this.sources = new SubscribedSources(settings.applications(), settings.eventSources());
        AriHttp http = new AriHttp(settings, resources, transport.http(), tap("ari-rest", false));
        AriLogin login = new AriLogin(source, settings.credentials(), this::start);
        this.calls = AriCalls.of(settings, http, login, resources, this::socket, sources::note);
        this.ownCalls = calls.unguarded();
        this.keeper =
                new ConnectionKeeper(
                        source,
                        resources,
                        new ConnectionKeeper.Settings(
                                List.of(settings.host()),
                                settings.credentials(),
                                settings.reconnect()),
                        new AriConnector(
                                settings,
                                http,
                                login,
                                transport.sockets(),
                                sources,
                                made -> session = made,
                                this::received,
                                tap("ari-events", true),
                                resources.time()),
                        this::announce);
    }

    /** Returns an engine that has not begun; without resources it gets its own. */
    static AriEngine of(
            AriSettings settings, @Nullable PbxResources shared, AriTransport.Factory transports) {
        PbxResources resources = shared == null ? PbxResources.create() : shared;
        AriEngine engine =
                new AriEngine(settings, resources, shared == null, transports.on(resources));
        engine.registration = ResourcesAccess.get().register(resources, engine);
        return engine;
    }

    private FlightTap tap(String connection, boolean json) {
        FlightRecorder recorder = settings.flightRecorder();
        return recorder == null
                ? FlightTap.none()
                : FlightTap.on(recorder, connection, json ? Scrubbers.json() : Scrubbers.http());
    }

    CompletableFuture<@Nullable Void> connect() {
        if (settings.applications().isEmpty()) {
            throw new IllegalStateException(
                    "set application(...) before connect(); operations need no connection");
        }
        return keeper.connect();
    }

    ConnectionStatus status() {
        return keeper.status();
    }

    Events events() {
        return dispatcher;
    }

    Optional<AriServer> server() {
        return Optional.ofNullable(server);
    }

    AriCalls calls() {
        return calls;
    }

    /** Returns the calls that the client makes of itself: the guard is not asked. */
    AriCalls ownCalls() {
        return ownCalls;
    }

    /** Tells whether the end of a channel comes in that is called into an application, if any. */
    boolean hearsOfChannel(String id, Optional<String> application) {
        return keeper.isKept()
                && (settings.subscribeAll()
                        || application.filter(settings.applications()::contains).isPresent()
                        || sources.any(Set.of("channel:", "channel:" + id)));
    }

    /** Tells whether events of sources that begin so come in. */
    boolean hearsOf(String sources) {
        boolean hearsAll = settings.subscribeAll() && !settings.applications().isEmpty();
        return hearsAll || this.sources.anyBeginsWith(sources);
    }

    AriSettings settings() {
        return settings;
    }

    PbxResources resources() {
        return resources;
    }

    Endings endings() {
        return endings;
    }

    private Optional<SocketRequests> socket() {
        AriSession now = session;
        return now == null ? Optional.empty() : now.requests();
    }

    /** What may take time has a thread of its own. */
    private void start(Runnable task) {
        Senders.of(resources).start(task);
    }

    /** Called by the thread that reads the socket, and does nothing that could take time. */
    private void received(String frame) {
        try {
            receive(AriFrame.of(frame));
        } catch (PbxProtocolException e) {
            log.warn("{}: an event cannot be read: {}", source(), e.getMessage());
            publish(
                    AriEvent.of(AriObject.builder().put("unreadable", frame).build()),
                    frame.length());
        }
    }

    private void receive(AriFrame frame) {
        String type = frame.type();
        if (recent.isRepeated(type, frame.text())) {
            return;
        }
        if (endings.want(type) || dispatcher.wants(AriEvent.classOf(type))) {
            AriEvent event = AriEvent.of(frame.object());
            publish(event, frame.text().length());
            endings.take(event);
        }
        if (type.equals("ApplicationReplaced")) {
            replaced(frame.object().text("application"));
        }
    }

    private void publish(AriEvent event, int bytes) {
        if (dispatcher.wants(event.getClass())) {
            dispatcher.publish(event, bytes);
        }
    }

    /** Whoever comes back would take it over in turn, and so on for ever. */
    private void replaced(String application) {
        if (settings.applications().contains(application)) {
            keeper.stop(
                    new PbxConnectionException(
                            source()
                                    + ": another connection has taken over the application "
                                    + application
                                    + "; give each instance a name of its own, or connect() again",
                            null,
                            true));
        }
    }

    private void announce(PbxEvent event) {
        if (event instanceof ConnectionEvent change
                && change.state() == ConnectionState.CONNECTED) {
            server = session == null ? null : session.server();
        }
        dispatcher.announce(event);
        if (event instanceof GapEvent) {
            endings.check();
            resync();
        }
    }

    /** Reads what is there after a gap, if somebody wants to know. */
    private void resync() {
        if (!dispatcher.wants(ResyncEvent.class)) {
            return;
        }
        CompletableFuture<List<Channel>> channels = new Channels(ownCalls).listAsync();
        CompletableFuture<List<Bridge>> bridges = new Bridges(ownCalls).listAsync();
        channels.thenCombine(bridges, (some, others) -> new ResyncEvent(source(), some, others))
                .whenComplete(
                        (resync, failure) -> {
                            if (resync != null) {
                                dispatcher.announce(resync);
                            } else {
                                resyncFailed(failure);
                            }
                        });
    }

    /** Without it nobody knows what is left, so the connection is not what it should be. */
    private void resyncFailed(@Nullable Throwable failure) {
        drop(
                new PbxConnectionException(
                        source() + ": what there is after the gap could not be read",
                        failure,
                        true));
    }

    private void drop(PbxException reason) {
        keeper.drop(reason);
    }

    private void listenersTooSlow() {
        drop(
                new PbxConnectionException(
                        source() + ": the listeners are slower than the server", null));
    }

    private String source() {
        return settings.source();
    }

    @Override
    public void close() {
        registration.remove();
        keeper.close();
        endings.close(source());
        calls.close();
        dispatcher.close();
        transport.close();
        if (ownResources) {
            resources.close();
        }
    }
}
