package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.action.OriginateAction;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.http.PlaintextGuard;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.core.security.TlsOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the manager interface of an Asterisk, which comes back by itself.
 *
 * <pre>{@code
 * AmiClient ami = AmiClient.builder()
 *         .host("pbx.example.com")
 *         .credentials(Credentials.of("reporting", secret))
 *         .build();                                   // checks the settings, opens nothing
 *
 * try (ami) {
 *     ami.events().subscribe(HangupEvent.class, event ->
 *             log.info(event.channel().name() + " ended: " + event.cause()));
 *     ami.connect();
 *     List<CoreShowChannelEvent> channels = ami.send(CoreShowChannelsAction.create());
 * }
 * }</pre>
 *
 * <p>Make one for an application and keep it. When the connection is lost it is made again, with
 * its filters and its mask, and a {@link io.github.pbxsdk.core.event.GapEvent} tells from when to
 * when events may be missing. Actions that are called for meanwhile wait for it, as long as their
 * deadline lets them; those that were under way fail with {@link PbxConnectionException}, outcome
 * unknown, unless they only read: these are sent again.
 *
 * <p>A server runs the actions of one connection one after the other. What takes long is best sent
 * on a client of its own.
 *
 * <p>Thread-safe.
 */
public final class AmiClient implements AutoCloseable {

    private final AmiEngine engine;
    private final CallOptions options;

    private AmiClient(AmiEngine engine, CallOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Connects, logs in and sets up filters and mask; returns at once when connected.
     *
     * @throws PbxAuthenticationException if the server refuses the login; nothing is tried again
     *     until there are other credentials
     * @throws PbxConnectionException if there is no connection; it is not tried again unless {@link
     *     ReconnectOptions#fromTheStart} says so
     * @throws AmiRejectedException if the server refuses a filter or the mask
     */
    public void connect() {
        Futures.await(connectAsync());
    }

    /** Connects without waiting; the future fails as {@link #connect} does. */
    public CompletableFuture<@Nullable Void> connectAsync() {
        return engine.connect();
    }

    /** Returns the state of the connection, since when, and why. */
    public ConnectionStatus status() {
        return engine.status();
    }

    /**
     * Returns where to subscribe to what the server reports, and to changes of the connection.
     *
     * <p>Over {@link AmiTransport#http} the server reports nothing: subscribing to an {@link
     * AmiEvent} is refused there.
     */
    public Events events() {
        return engine.events();
    }

    /**
     * Returns the server that is connected, or was last.
     *
     * @throws IllegalStateException if there was none yet
     */
    public AmiServer server() {
        return engine.server()
                .orElseThrow(() -> new IllegalStateException("connect() before server()"));
    }

    /**
     * Sends an action and waits for its answer, with all items where that is a list.
     *
     * <p>The deadline is for the answer; the items of a list may take as long as they come one
     * after the other, see {@link Builder#itemTimeout}. A deadline set by {@link #with} is for all
     * of it.
     *
     * @throws AmiRejectedException if the server refuses the action
     * @throws PbxTimeoutException if the answer, or the next item of a list, does not come in time
     * @throws PbxConnectionException if there is no connection, or it is lost on the way
     * @throws PbxException if a list has more than {@link Builder#maxListBytes}
     * @throws OperationRefusedException if the client's guard does not let it pass
     * @throws IllegalArgumentException if it cannot be sent: line breaks in a value, too many lines
     */
    public <R> R send(AmiAction<R> action) {
        return Futures.await(sendAsync(action));
    }

    /**
     * Sends an action without waiting; the future fails as {@link #send} does. What cannot be sent,
     * or may not, is thrown at once.
     *
     * <p>Cancelling the future drops the answer; the server carries on.
     */
    public <R> CompletableFuture<R> sendAsync(AmiAction<R> action) {
        return engine.calls().send(action, options);
    }

    /**
     * Sends an action and hands the items of its list to a listener as they come.
     *
     * <p>The listener is called on a thread for this list alone, in the order of the server, and
     * has been called for the last time when this returns. What it throws ends the list and is
     * thrown here.
     *
     * @return the answer and the event that ended the list, without items
     * @throws PbxException as {@link #send} does, or if the listener is so slow that more than
     *     {@link Builder#maxListBytes} wait for it
     */
    public AmiResponse list(AmiAction<?> action, Listener<? super AmiEvent> listener) {
        return Futures.await(listAsync(action, listener));
    }

    /** Lists without waiting; the future fails as {@link #list} does. */
    public CompletableFuture<AmiResponse> listAsync(
            AmiAction<?> action, Listener<? super AmiEvent> listener) {
        Objects.requireNonNull(listener, "listener");
        return engine.list(action, listener, options);
    }

    /**
     * Calls somebody and waits until that first leg answers or fails.
     *
     * <p>The channel gets an id of the client's choice unless the action has one. When the
     * connection is lost meanwhile, the next one finds out what became of the call. The AMI user
     * needs write permission for {@code originate} and read permission for {@code call}.
     *
     * @throws AmiRejectedException if the server refuses the call at once: no such extension
     * @throws PbxException as {@link #send} does
     * @throws IllegalStateException if the client's event mask lacks {@link AmiEventClass#CALL}
     * @throws UnsupportedOperationException if the client's transport brings no events
     */
    public OriginateResult originate(OriginateAction action) {
        return Futures.await(originateAsync(action));
    }

    /**
     * Calls somebody without waiting; the future fails as {@link #originate} does.
     *
     * <p>Cancelling the future gives up waiting and does not hang up.
     */
    public CompletableFuture<OriginateResult> originateAsync(OriginateAction action) {
        return engine.originations().start(action, options);
    }

    /** Returns a view of this client with other options; closing either closes both. */
    public AmiClient with(CallOptions value) {
        return new AmiClient(engine, Objects.requireNonNull(value, "options"));
    }

    /**
     * Ends the connection and fails what is pending; repeatable, safe inside a listener.
     *
     * <p>Threads of the client's own have ended when it returns, unless it is called on one.
     */
    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return "AmiClient[" + engine.status() + "]";
    }

    /** Collects the settings of {@link AmiClient}; not thread-safe. */
    public static final class Builder {

        private static final int PORT = 5038;
        private static final int TLS_PORT = 5039;
        private static final long MAX_LIST_BYTES = 64L * 1024 * 1024;

        private final List<HostAndPort> hosts = new ArrayList<>();
        private AmiTransport transport = AmiTransport.tcp();
        private @Nullable String host;
        private @Nullable Integer port;
        private @Nullable TlsOptions tls;
        private @Nullable CredentialsProvider credentials;
        private LoginMethod login = LoginMethod.MD5;
        private boolean plaintextAllowed;
        private @Nullable Set<AmiEventClass> eventMask;
        private final List<AmiEventFilter> filters = new ArrayList<>();
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration timeout = Duration.ofSeconds(30);
        private Duration itemTimeout = Duration.ofSeconds(10);
        private long maxListBytes = MAX_LIST_BYTES;
        private Duration pingInterval = Duration.ofSeconds(30);
        private Duration pingTimeout = Duration.ofSeconds(10);
        private ReconnectOptions reconnect = ReconnectOptions.defaults();
        private EventQueueOptions eventQueue = EventQueueOptions.defaults();
        private OperationGuard guard = OperationGuard.allowAll();
        private @Nullable PbxResources resources;
        private @Nullable FlightRecorder flightRecorder;

        private Builder() {}

        /**
         * Sets how messages travel; {@link AmiTransport#tcp()} by default. All others bring the
         * address of their server along, in place of {@link #host} and {@link #port}.
         */
        public Builder transport(AmiTransport value) {
            this.transport = Objects.requireNonNull(value, "transport");
            return this;
        }

        /** Sets the server; this or {@link #hosts} is needed. */
        public Builder host(String value) {
            this.host = Objects.requireNonNull(value, "host");
            return this;
        }

        /** Sets the port of {@link #host}; 5038 by default, 5039 with TLS. */
        public Builder port(int value) {
            this.port = value;
            return this;
        }

        /** Sets servers to try in this order, for instance a pair of which one is in charge. */
        public Builder hosts(List<HostAndPort> values) {
            List<HostAndPort> copy = List.copyOf(values);
            hosts.clear();
            hosts.addAll(copy);
            return this;
        }

        /** Connects over TLS ({@code tlsenable} in manager.conf); plain TCP by default. */
        public Builder tls(TlsOptions value) {
            this.tls = Objects.requireNonNull(value, "tls");
            return this;
        }

        /** Sets the user of manager.conf and its secret; needed. */
        public Builder credentials(Credentials value) {
            return credentials(CredentialsProvider.of(value));
        }

        /** Sets who gives the credentials before each login. */
        public Builder credentials(CredentialsProvider value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Sets how to log in; {@link LoginMethod#MD5} by default. */
        public Builder login(LoginMethod value) {
            this.login = Objects.requireNonNull(value, "login");
            return this;
        }

        /** Lets the secret of a plain login go to another host without TLS. */
        public Builder allowPlaintext() {
            this.plaintextAllowed = true;
            return this;
        }

        /**
         * Sets which classes of events the server sends; all by default. None at all means no
         * events.
         *
         * <p>{@link AmiEventClass#DIALPLAN} is by far the most; leave it out where it isn't needed.
         */
        public Builder eventMask(Set<AmiEventClass> values) {
            EnumSet<AmiEventClass> copy = EnumSet.noneOf(AmiEventClass.class);
            copy.addAll(values);
            this.eventMask = copy;
            return this;
        }

        /** Sets what the server leaves out; nothing by default. */
        public Builder filters(List<AmiEventFilter> values) {
            List<AmiEventFilter> copy = List.copyOf(values);
            filters.clear();
            filters.addAll(copy);
            return this;
        }

        /** Adds a filter. */
        public Builder addFilter(AmiEventFilter value) {
            filters.add(Objects.requireNonNull(value, "filter"));
            return this;
        }

        /** Sets how long a connection may take, and then login and set-up; 10 s by default. */
        public Builder connectTimeout(Duration value) {
            this.connectTimeout = positive("connectTimeout", value);
            return this;
        }

        /**
         * Sets how long the answer to an action may take, all retries included; 30 s by default.
         */
        public Builder timeout(Duration value) {
            this.timeout = positive("timeout", value);
            return this;
        }

        /** Sets how long the next item of a list may take; 10 s by default. */
        public Builder itemTimeout(Duration value) {
            this.itemTimeout = positive("itemTimeout", value);
            return this;
        }

        /**
         * Sets how many bytes of one list are kept; 64 MiB by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxListBytes(long value) {
            if (value <= 0) {
                throw new IllegalArgumentException("maxListBytes must be positive, not " + value);
            }
            this.maxListBytes = value;
            return this;
        }

        /** Sets after how much silence the server is asked for a sign of life; 30 s by default. */
        public Builder pingInterval(Duration value) {
            this.pingInterval = positive("pingInterval", value);
            return this;
        }

        /** Sets how long that may take before the connection counts as dead; 10 s by default. */
        public Builder pingTimeout(Duration value) {
            this.pingTimeout = positive("pingTimeout", value);
            return this;
        }

        /** Sets how the client comes back after a loss; see {@link ReconnectOptions#defaults}. */
        public Builder reconnect(ReconnectOptions value) {
            this.reconnect = Objects.requireNonNull(value, "reconnect");
            return this;
        }

        /** Sets how many events may wait for slow listeners; 32 MiB by default. */
        public Builder eventQueue(EventQueueOptions value) {
            this.eventQueue = Objects.requireNonNull(value, "eventQueue");
            return this;
        }

        /** Sets who is asked before each action; everything passes by default. */
        public Builder guard(OperationGuard value) {
            this.guard = Objects.requireNonNull(value, "guard");
            return this;
        }

        /** Shares threads and clock with other clients; by default the client has its own. */
        public Builder resources(PbxResources value) {
            this.resources = Objects.requireNonNull(value, "resources");
            return this;
        }

        /** Writes the traffic down, without secrets; by default nobody does. */
        public Builder flightRecorder(FlightRecorder value) {
            this.flightRecorder = Objects.requireNonNull(value, "flightRecorder");
            return this;
        }

        private static Duration positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be positive, not " + value);
            }
            return value;
        }

        /**
         * Returns the client; opens nothing.
         *
         * @throws IllegalStateException if a setting is missing or contradicts another one
         */
        public AmiClient build() {
            AmiSettings settings = settings();
            requireProtectedSecret(settings);
            return new AmiClient(AmiEngine.of(settings, resources), CallOptions.none());
        }

        private AmiSettings settings() {
            requireFitting();
            return new AmiSettings(
                    transport,
                    transport.kind() == AmiTransport.Kind.TCP
                            ? allHosts()
                            : List.of(transport.host()),
                    tls,
                    who(),
                    login,
                    classes(),
                    List.copyOf(filters),
                    connectTimeout,
                    timeout,
                    itemTimeout,
                    maxListBytes,
                    pingInterval,
                    pingTimeout,
                    reconnect,
                    eventQueue,
                    guard,
                    flightRecorder);
        }

        private CredentialsProvider who() {
            if (credentials != null) {
                return credentials;
            }
            if (transport.kind() == AmiTransport.Kind.AMIWS) {
                return CredentialsProvider.of(AmiSettings.NOBODY);
            }
            throw new IllegalStateException("set credentials(...) before build()");
        }

        private Set<AmiEventClass> classes() {
            if (!transport.bringsEvents()) {
                return Set.of();
            }
            return Set.copyOf(eventMask == null ? AmiEventClass.all() : eventMask);
        }

        /** Checks that nothing was asked for that the transport cannot do. */
        private void requireFitting() {
            if (transport.kind() == AmiTransport.Kind.TCP) {
                return;
            }
            refuse(
                    host != null || port != null || !hosts.isEmpty(),
                    "transport(...) brings the address along; leave out host(...), hosts(...) and"
                            + " port(...)");
            refuse(
                    tls != null && !transport.address().secure(),
                    "tls(...) needs an https or wss address in transport(...)");
            boolean asked = eventMask != null || !filters.isEmpty();
            refuse(
                    asked && !transport.bringsEvents(),
                    "HTTP carries single actions and no events; leave out eventMask(...) and the"
                            + " filters, or use AmiTransport.tcp()");
            refuse(
                    asked && !transport.ownsSession(),
                    "the session behind amiws belongs to all clients of the proxy; set mask and"
                            + " filters there and leave out eventMask(...) and the filters");
            refuse(
                    login == LoginMethod.PLAIN && !transport.logsIn(),
                    "over " + transport.kind() + " there is no login to choose; leave out login(...)");
        }

        private static void refuse(boolean wrong, String reason) {
            if (wrong) {
                throw new IllegalStateException(reason);
            }
        }

        private List<HostAndPort> allHosts() {
            refuse(host == null && hosts.isEmpty(), "set host(...) before build()");
            refuse(
                    host == null && port != null,
                    "port(...) belongs to host(...), not to hosts(...)");
            if (host == null) {
                return List.copyOf(hosts);
            }
            refuse(!hosts.isEmpty(), "set either host(...) or hosts(...)");
            int defaultPort = tls == null ? PORT : TLS_PORT;
            return List.of(new HostAndPort(host, port == null ? defaultPort : port));
        }

        private void requireProtectedSecret(AmiSettings settings) {
            boolean basic =
                    transport.kind() == AmiTransport.Kind.AMIWS && credentials != null;
            if (plaintextAllowed || (login != LoginMethod.PLAIN && !basic)) {
                return;
            }
            boolean secure =
                    transport.kind() == AmiTransport.Kind.TCP
                            ? tls != null
                            : transport.address().secure();
            String secret = basic ? "the credentials" : "the AMI secret";
            settings.hosts()
                    .forEach(one -> PlaintextGuard.requireProtected(secret, one.host(), secure));
        }
    }
}
