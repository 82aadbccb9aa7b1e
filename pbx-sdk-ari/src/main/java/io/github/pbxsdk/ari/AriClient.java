package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.WebSocketTransport;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.http.PlaintextGuard;
import io.github.pbxsdk.core.internal.http.WebAddress;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.TlsOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The REST interface of an Asterisk: operations on its channels, bridges and recordings, and the
 * events of applications.
 *
 * <pre>{@code
 * AriClient ari = AriClient.builder()
 *         .baseUri("https://pbx.example.com:8089")
 *         .credentials(Credentials.of("reception", secret))
 *         .application("reception")
 *         .build();                                   // checks the settings, opens nothing
 *
 * try (ari) {
 *     ari.events().subscribe(StasisStartEvent.class, event ->
 *             ari.channel(event.channel().id()).answer());
 *     ari.connect();
 * }
 * }</pre>
 *
 * <p>Operations need no connection. {@link #connect()} opens the event socket of the applications:
 * while it is up, the server hands over calls that enter them. When it is lost it is made again,
 * with filter and subscriptions, and a {@link GapEvent} tells from when to when events may be
 * missing; a {@link io.github.pbxsdk.ari.event.ResyncEvent} follows with what there is. When
 * another connection takes over an application the client stops, and tells so.
 *
 * <p>An operation that only reads is repeated after a failure of the network; one that changes
 * something goes out once. Make one client for an application and keep it. Thread-safe.
 */
public final class AriClient implements AutoCloseable {

    private final AriEngine engine;
    private final AriCalls calls;

    private AriClient(AriEngine engine, AriCalls calls) {
        this.engine = engine;
        this.calls = calls;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns an id for a channel, bridge or playback that nobody else has. */
    public static String newId() {
        return UUID.randomUUID().toString();
    }

    /**
     * Opens the event socket, and sets filter and subscriptions; returns at once when connected.
     *
     * @throws PbxAuthenticationException if the server refuses the credentials; nothing is tried
     *     again until there are others
     * @throws PbxConnectionException if there is no connection; it is not tried again unless {@link
     *     ReconnectOptions#fromTheStart} says so
     * @throws AriRejectedException if the server refuses a filter or subscription, or has no ARI
     * @throws IllegalStateException if the client has no {@link Builder#application}
     */
    public void connect() {
        Futures.await(connectAsync());
    }

    /** Connects without waiting; the future fails as {@link #connect} does. */
    public CompletableFuture<@Nullable Void> connectAsync() {
        return engine.connect();
    }

    /** Returns the state of the event socket, since when, and why. */
    public ConnectionStatus status() {
        return engine.status();
    }

    /** Returns where to subscribe to what the server reports, and to changes of the connection. */
    public Events events() {
        return engine.events();
    }

    /**
     * Returns the server that is connected, or was last.
     *
     * @throws IllegalStateException if there was none yet
     */
    public AriServer server() {
        return engine.server()
                .orElseThrow(() -> new IllegalStateException("connect() before server()"));
    }

    /** Returns operations on applications and their subscriptions. */
    public Applications applications() {
        return new Applications(calls);
    }

    /** Returns operations on the server itself. */
    public Asterisk asterisk() {
        return new Asterisk(calls);
    }

    /** Returns operations on bridges. */
    public Bridges bridges() {
        return new Bridges(calls);
    }

    /** Returns operations on channels. */
    public Channels channels() {
        return new Channels(calls);
    }

    /** Returns operations on device states. */
    public DeviceStates deviceStates() {
        return new DeviceStates(calls);
    }

    /** Returns operations on endpoints, texts among them. */
    public Endpoints endpoints() {
        return new Endpoints(calls);
    }

    /** Returns operations on recordings that are under way. */
    public LiveRecordings liveRecordings() {
        return new LiveRecordings(calls);
    }

    /** Returns operations on mailboxes. */
    public Mailboxes mailboxes() {
        return new Mailboxes(calls);
    }

    /** Returns operations on playbacks. */
    public Playbacks playbacks() {
        return new Playbacks(calls);
    }

    /** Returns operations on sounds. */
    public Sounds sounds() {
        return new Sounds(calls);
    }

    /** Returns operations on recordings on disk. */
    public StoredRecordings storedRecordings() {
        return new StoredRecordings(calls);
    }

    /** Returns a handle for a channel that is there, or that will be made with this id. */
    public ChannelHandle channel(String id) {
        return new ChannelHandle(this, Names.checked("channelId", id));
    }

    /** Returns a handle for a bridge that is there, or that will be made with this id. */
    public BridgeHandle bridge(String id) {
        return new BridgeHandle(this, Names.checked("bridgeId", id));
    }

    /**
     * Finds out whether this client can work with its server, and says in words what is wrong: ARI
     * is off, the address, the credentials, TLS, a firewall.
     *
     * <p>It asks for the version, and tries to stop a playback that nobody has, which tells whether
     * the user may change things. It does not open the event socket.
     */
    public AriCheck check() {
        return Futures.await(checkAsync());
    }

    /** Checks without waiting. */
    public CompletableFuture<AriCheck> checkAsync() {
        return calls.steps(new AriDoctor(calls.with(CallOptions.retry(RetryPolicy.none())))::check);
    }

    /** Returns a view of this client with other options; closing either closes both. */
    public AriClient with(CallOptions value) {
        return new AriClient(engine, calls.with(Objects.requireNonNull(value, "options")));
    }

    /** Returns what sends with the options of this view. */
    AriCalls calls() {
        return calls;
    }

    /** Returns what the parts of the client share. */
    AriEngine engine() {
        return engine;
    }

    /**
     * Closes the event socket and fails what is pending; repeatable, safe inside a listener.
     *
     * <p>Threads of the client's own have ended when it returns, unless it is called on one.
     */
    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return "AriClient[" + engine.settings().host() + ", " + engine.status() + "]";
    }

    /** Collects the settings of {@link AriClient}; not thread-safe. */
    public static final class Builder {

        private static final String ARI = "/ari";

        private @Nullable String baseUri;
        private @Nullable CredentialsProvider credentials;
        private boolean plaintextAllowed;
        private @Nullable TlsOptions tls;
        private AriTransport.@Nullable Factory transport;
        private final List<String> applications = new ArrayList<>();
        private boolean subscribeAll;
        private final List<String> eventSources = new ArrayList<>();
        private @Nullable AriObject eventFilter;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration timeout = Duration.ofSeconds(30);
        private Duration pingInterval = Duration.ofSeconds(15);
        private int maxMessageBytes = 16 * 1024 * 1024;
        private ReconnectOptions reconnect = ReconnectOptions.defaults();
        private EventQueueOptions eventQueue = EventQueueOptions.defaults();
        private OperationGuard guard = OperationGuard.allowAll();
        private @Nullable PbxResources resources;
        private @Nullable FlightRecorder flightRecorder;

        private Builder() {}

        /**
         * Sets where the HTTP server of the Asterisk listens, such as {@code
         * http://pbx.example.com:8088}; needed.
         *
         * <p>A {@code prefix} of http.conf belongs into it: {@code http://pbx:8088/prefix}. {@code
         * /ari} is added unless it ends so already.
         *
         * @throws IllegalArgumentException if it is no such address
         */
        public Builder baseUri(String value) {
            WebAddress.http(value);
            this.baseUri = value;
            return this;
        }

        /** Sets where the HTTP server of the Asterisk listens; see {@link #baseUri(String)}. */
        public Builder baseUri(URI value) {
            return baseUri(value.toString());
        }

        /** Sets the user of ari.conf and its password; needed. */
        public Builder credentials(Credentials value) {
            return credentials(CredentialsProvider.of(value));
        }

        /**
         * Sets who gives the credentials: asked before the event socket is opened, before the first
         * request, and again when they were refused.
         */
        public Builder credentials(CredentialsProvider value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Lets the password go to another host over plain http. */
        public Builder allowPlaintext() {
            this.plaintextAllowed = true;
            return this;
        }

        /** Sets whom to trust on https; {@link TlsOptions#system()} by default. */
        public Builder tls(TlsOptions value) {
            this.tls = Objects.requireNonNull(value, "tls");
            return this;
        }

        /** Sends over a transport of the application's, which is not closed with the client. */
        public <T extends HttpTransport & WebSocketTransport> Builder transport(T value) {
            this.transport = AriTransport.given(Objects.requireNonNull(value, "transport"));
            return this;
        }

        /**
         * Adds an application whose events to get, and whose calls to take.
         *
         * <p>One connection at a time has it: of two clients with the same name the later one takes
         * it from the other, which then stops.
         *
         * @throws IllegalArgumentException if it is empty or holds a comma or control character
         */
        public Builder application(String name) {
            if (name.indexOf(',') >= 0) {
                throw new IllegalArgumentException("the name of an application holds no comma");
            }
            applications.add(Names.checked("application", name));
            return this;
        }

        /** Asks for the events of everything on the server, not only of what is subscribed to. */
        public Builder subscribeAll() {
            this.subscribeAll = true;
            return this;
        }

        /**
         * Adds a source that each application is subscribed to whenever the connection is made,
         * such as {@code endpoint:PJSIP/100}, {@code deviceState:PJSIP/100} or {@code bridge:}.
         *
         * <p>What {@link Applications#subscribe} adds later is kept up in the same way.
         */
        public Builder eventSource(String value) {
            eventSources.add(Names.checked("eventSource", value));
            return this;
        }

        /** Sets the filter of each application, as for {@link Applications#filter}. */
        public Builder eventFilter(AriObject value) {
            this.eventFilter = Objects.requireNonNull(value, "eventFilter");
            return this;
        }

        /** Sets how long a connection, and each step of its set-up, may take; 10 s by default. */
        public Builder connectTimeout(Duration value) {
            this.connectTimeout = positive("connectTimeout", value);
            return this;
        }

        /** Sets how long an operation may take, all retries included; 30 s by default. */
        public Builder timeout(Duration value) {
            this.timeout = positive("timeout", value);
            return this;
        }

        /**
         * Sets how often the server is asked for a sign of life; 15 s by default. One that has not
         * answered when the next question is due counts as lost.
         */
        public Builder pingInterval(Duration value) {
            this.pingInterval = positive("pingInterval", value);
            return this;
        }

        /**
         * Sets how long an event may be; 16 MiB by default. A longer one ends the connection.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxMessageBytes(int value) {
            if (value <= 0) {
                throw new IllegalArgumentException(
                        "maxMessageBytes must be positive, not " + value);
            }
            this.maxMessageBytes = value;
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

        /**
         * Sets who is asked before each operation; everything passes by default. What the client
         * does of itself is none: it connects, reads what is left after a gap, and looks whether
         * what is waited for is still there.
         */
        public Builder guard(OperationGuard value) {
            this.guard = Objects.requireNonNull(value, "guard");
            return this;
        }

        /** Shares threads and clock with other clients; by default the client has its own. */
        public Builder resources(PbxResources value) {
            this.resources = Objects.requireNonNull(value, "resources");
            return this;
        }

        /**
         * Writes the traffic down, without secrets; by default nobody does. Of answers to
         * operations the status is written, not the body.
         */
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
        public AriClient build() {
            AriTransport.Factory given = transport;
            if (given != null && tls != null) {
                throw new IllegalStateException("tls(...) belongs to the transport(...) given");
            }
            AriEngine engine =
                    AriEngine.of(
                            settings(),
                            resources,
                            given == null ? AriTransport.own(tls, connectTimeout) : given);
            return new AriClient(engine, engine.calls());
        }

        private AriSettings settings() {
            String uri = baseUri;
            if (uri == null) {
                throw new IllegalStateException("set baseUri(...) before build()");
            }
            CredentialsProvider who = credentials;
            if (who == null) {
                throw new IllegalStateException("set credentials(...) before build()");
            }
            String url = ariUrl(uri);
            WebAddress address = WebAddress.http(url);
            if (!plaintextAllowed) {
                PlaintextGuard.requireProtected(
                        "the ARI password", address.host(), address.secure());
            }
            return new AriSettings(
                    url,
                    new HostAndPort(address.host(), address.port()),
                    who,
                    plaintextAllowed,
                    List.copyOf(applications),
                    subscribeAll,
                    List.copyOf(eventSources),
                    eventFilter,
                    connectTimeout,
                    timeout,
                    pingInterval,
                    maxMessageBytes,
                    reconnect,
                    eventQueue,
                    guard,
                    flightRecorder);
        }

        /** The server answers 404 to a slash at the end. */
        private static String ariUrl(String uri) {
            if (uri.indexOf('?') >= 0) {
                throw new IllegalStateException("baseUri(...) has no query");
            }
            String plain = uri.replaceFirst("/+$", "");
            return plain.endsWith(ARI) ? plain : plain + ARI;
        }
    }
}
