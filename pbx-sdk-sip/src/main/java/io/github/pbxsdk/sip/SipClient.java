package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.core.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Extensions of a PBX, kept registered, that send and receive texts.
 *
 * <pre>{@code
 * SipClient sip = SipClient.builder()
 *         .server("pbx.example.com")
 *         .transport(SipTransport.TLS)
 *         .build();                                   // checks the settings, opens nothing
 *
 * try (sip) {
 *     sip.onMessage(message -> sip.send(message.reply("Thank you").build()));
 *     sip.register("1001", Credentials.of("1001", secret));
 *     sip.send(TextMessage.to(Address.extension("1002")).text("Door 4 is open").build());
 * }
 * }</pre>
 *
 * <p>Make one for an application and keep it: hundreds of extensions share its connection. When
 * that is lost it is made again, and every extension is registered again; {@link
 * io.github.pbxsdk.sip.event.RegistrationChangedEvent} tells each step.
 *
 * <p>Thread-safe.
 */
public final class SipClient implements AutoCloseable {

    private final SipEngine engine;
    private final CallOptions options;

    private SipClient(SipEngine engine, CallOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Connects; returns at once when connected. {@link #register} does so by itself.
     *
     * @throws PbxConnectionException if there is no connection; it is not tried again unless {@link
     *     ReconnectOptions#fromTheStart} says so
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
     * Returns where to subscribe to registrations that change, texts, what is watched, and changes
     * of the connection.
     */
    public Events events() {
        return engine.events();
    }

    /**
     * Registers an extension and waits for the first outcome.
     *
     * <p>The registration then lasts until it is ended. A passing failure is thrown too, and tried
     * again in the background: see {@link Registration#status()}. Calling this again while it is
     * under way joins it; with other credentials, these are used.
     *
     * @throws PbxAuthenticationException if the server refuses the credentials; nothing is sent
     *     again by itself
     * @throws SipRejectedException if the server refuses for another reason
     * @throws PbxConnectionException if the server can't be reached; it is tried again
     * @throws PbxTimeoutException if it does not answer; it is tried again
     * @throws OtherDeviceException if another device is registered for the extension; see {@link
     *     RegisterOptions#otherDevices}
     * @throws IllegalArgumentException if it can't be an extension
     */
    public Registration register(String extension, Credentials credentials) {
        return Futures.await(registerAsync(extension, credentials));
    }

    /** Registers without waiting; the future fails as {@link #register} does. */
    public CompletableFuture<Registration> registerAsync(
            String extension, Credentials credentials) {
        return registerAsync(extension, credentials, RegisterOptions.defaults());
    }

    /** Registers an extension in its own way; throws as {@link #register(String, Credentials)}. */
    public Registration register(
            String extension, Credentials credentials, RegisterOptions registerOptions) {
        return Futures.await(registerAsync(extension, credentials, registerOptions));
    }

    /** Registers in its own way without waiting; the future fails as {@link #register} does. */
    public CompletableFuture<Registration> registerAsync(
            String extension, Credentials credentials, RegisterOptions registerOptions) {
        engine.ask(Operations.REGISTER);
        return engine.registrations().register(extension, credentials, registerOptions);
    }

    /**
     * Ends the registration of an extension, if there is one; never throws because of the server.
     *
     * <p>Where the server can't be reached, its side runs out by itself.
     */
    public void unregister(String extension) {
        Futures.await(unregisterAsync(extension));
    }

    /** Ends a registration without waiting. */
    public CompletableFuture<@Nullable Void> unregisterAsync(String extension) {
        engine.ask(Operations.REGISTER);
        return engine.registrations().unregister(extension);
    }

    /**
     * Returns the registration of an extension.
     *
     * @throws IllegalArgumentException if {@link #register} was not called for it
     */
    public Registration registration(String extension) {
        return findRegistration(extension)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        extension + " is not registered here; call register(...)"));
    }

    /** Returns the registration of an extension, if {@link #register} was called for it. */
    public Optional<Registration> findRegistration(String extension) {
        return engine.registrations().find(extension).map(RegistrationKeeper::handle);
    }

    /** Returns all registrations, whatever their state. */
    public List<Registration> registrations() {
        return engine.registrations().all().stream().map(RegistrationKeeper::handle).toList();
    }

    /**
     * Sends a text and waits until the server has answered.
     *
     * <p>It goes out from {@link TextMessage#from()}, which must be an extension registered here;
     * where only one is, that is the default. Texts to the same recipient keep their order.
     *
     * <p>Asterisk answers {@linkplain MessageReceipt.Outcome#ACCEPTED accepted} before it looks for
     * the recipient: that says nothing about delivery.
     *
     * @throws SipRejectedException if the server refuses it
     * @throws PbxException if the server can't be reached, or the outcome is unknown: see {@link
     *     PbxException#mayHaveBeenSent()}
     * @throws IllegalArgumentException if it can't be sent: too long, a line break in a header, or
     *     a sender that is not registered here
     */
    public MessageReceipt send(TextMessage message) {
        return Futures.await(sendAsync(message));
    }

    /**
     * Sends a text without waiting; the future fails as {@link #send} does, except that what can't
     * be sent is refused at once.
     *
     * <p>Cancelling the future takes the text back if it has not left.
     */
    public CompletableFuture<MessageReceipt> sendAsync(TextMessage message) {
        return engine.send(message, options);
    }

    /**
     * Attaches a listener to the texts that arrive from now on, for all extensions.
     *
     * <p>While nobody listens, texts are refused with 480, so that the sender knows. Each text is
     * told once, however often the server repeats it.
     */
    public Subscription onMessage(FeedListener<? super TextMessage> listener) {
        return engine.onMessage(listener);
    }

    /** Returns this client as a road for texts, for those who take any {@link MessageGateway}. */
    public MessageGateway messages() {
        return new SipMessages(engine, options);
    }

    /**
     * Asks the server for a sign of life (OPTIONS) and returns how long that took.
     *
     * @throws PbxException if none comes
     */
    public Duration ping() {
        return Futures.await(pingAsync());
    }

    /** Asks for a sign of life without waiting; the future fails as {@link #ping} does. */
    public CompletableFuture<Duration> pingAsync() {
        engine.ask(Operations.OPTIONS);
        engine.requireOpen();
        return engine.pings().send(options);
    }

    /**
     * Watches the mailbox of a registered extension; {@link
     * io.github.pbxsdk.sip.event.MailboxEvent} tells its state now and each change.
     *
     * <p>It is watched until the subscription is closed, also over a loss of the connection; when
     * the server does not serve it, a {@link io.github.pbxsdk.sip.event.WatchEndedEvent} says so.
     *
     * @throws IllegalArgumentException if the extension is not registered here
     */
    public Subscription watchMailbox(String extension) {
        engine.ask(Operations.SUBSCRIBE);
        return engine.watches().mailbox(engine.registrations().require(extension));
    }

    /**
     * Watches what the telephone of another extension does, as {@link #watchMailbox} does the
     * mailbox; {@link io.github.pbxsdk.sip.event.PresenceEvent} tells it. The server needs a hint
     * for the extension, which FreePBX makes by itself.
     *
     * @param extension the one that watches, registered here
     * @param watched the one to be watched
     * @throws IllegalArgumentException if the first extension is not registered here
     */
    public Subscription watchPresence(String extension, String watched) {
        engine.ask(Operations.SUBSCRIBE);
        return engine.watches()
                .presence(
                        engine.registrations().require(extension),
                        SipText.requireExtension(watched));
    }

    /**
     * Watches which calls another extension is in, as {@link #watchPresence} does its telephone;
     * {@link io.github.pbxsdk.sip.event.DialogEvent} tells it. It says nothing about whether the
     * telephone is registered; other servers than Asterisk may serve this one alone.
     *
     * @param extension the one that watches, registered here
     * @param watched the one to be watched
     * @throws IllegalArgumentException if the first extension is not registered here
     */
    public Subscription watchDialog(String extension, String watched) {
        engine.ask(Operations.SUBSCRIBE);
        return engine.watches()
                .dialog(
                        engine.registrations().require(extension),
                        SipText.requireExtension(watched));
    }

    /**
     * Finds out whether an extension can be used from here: reachable, certificate, credentials,
     * room for a device, for a browser or a telephone, ready for texts. Leaves an existing
     * registration as it is.
     */
    public SipCheck check(String extension, Credentials credentials) {
        return Futures.await(checkAsync(extension, credentials));
    }

    /** Finds out without waiting. */
    public CompletableFuture<SipCheck> checkAsync(String extension, Credentials credentials) {
        return engine.check(extension, credentials);
    }

    /** Returns a view of this client with other options; closing either closes both. */
    public SipClient with(CallOptions value) {
        return new SipClient(engine, Objects.requireNonNull(value, "options"));
    }

    /**
     * Ends all registrations and the connection, and fails what is pending; repeatable, safe inside
     * a listener.
     *
     * <p>The server has two seconds to agree to the end of the registrations; texts that come then
     * are refused. Those that were taken before are still told to the listeners: with threads of
     * the client's own before this returns, if the listeners come to their end within three
     * seconds. Those threads have ended then, unless it is called on one.
     */
    @Override
    public void close() {
        engine.close();
    }

    /** Returns a client with the same settings, on threads of its own. */
    static SipClient probe(SipSettings settings) {
        return new SipClient(SipEngine.of(settings, null), CallOptions.none());
    }

    SipEngine engine() {
        return engine;
    }

    @Override
    public String toString() {
        return "SipClient[" + engine.status() + "]";
    }

    /** Collects the settings of {@link SipClient}; not thread-safe. */
    public static final class Builder {

        private @Nullable String host;
        private @Nullable Integer port;
        private final List<HostAndPort> servers = new ArrayList<>();
        private SipTransport transport = SipTransport.UDP;
        private @Nullable String domain;
        private String webSocketPath = "/ws";
        private String nameServer = "dns:";
        private @Nullable TlsOptions tls;
        private @Nullable UUID instanceId;
        private @Nullable StateStore stateStore;
        private int maxTextBytes = SipSettings.ASTERISK_TEXT_BYTES;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration timeout = Duration.ofSeconds(32);
        private Duration keepAliveInterval = Duration.ofSeconds(27);
        private boolean natDetection = true;
        private boolean outbound = true;
        private ReconnectOptions reconnect = ReconnectOptions.defaults();
        private EventQueueOptions eventQueue = EventQueueOptions.defaults();
        private OperationGuard guard = OperationGuard.allowAll();
        private @Nullable FlightRecorder flightRecorder;
        private @Nullable PbxResources resources;

        private Builder() {}

        /**
         * Sets the server; this or {@link #servers} is needed. A name is looked up in the DNS as a
         * SIP domain first (NAPTR and SRV records), then as a host; anew for each connection.
         */
        public Builder server(String value) {
            this.host = Objects.requireNonNull(value, "server");
            return this;
        }

        /** Sets the server and its port; no SRV records are looked for. */
        public Builder server(String value, int serverPort) {
            this.port = serverPort;
            return server(value);
        }

        /** Sets servers to try in this order. */
        public Builder servers(List<HostAndPort> values) {
            List<HostAndPort> copy = List.copyOf(values);
            servers.clear();
            servers.addAll(copy);
            return this;
        }

        /** Sets how messages travel; {@link SipTransport#UDP} by default. */
        public Builder transport(SipTransport value) {
            this.transport = Objects.requireNonNull(value, "transport");
            return this;
        }

        /**
         * Sets the domain of our addresses, the part behind the {@code @}; the server by default.
         */
        public Builder domain(String value) {
            this.domain = Objects.requireNonNull(value, "domain");
            return this;
        }

        /** Sets where names are looked up, as JNDI writes it; those of the system by default. */
        Builder nameServer(String value) {
            this.nameServer = value;
            return this;
        }

        /** Sets the path of the WebSocket; {@code /ws} by default, as Asterisk has it. */
        public Builder webSocketPath(String value) {
            this.webSocketPath = Objects.requireNonNull(value, "webSocketPath");
            return this;
        }

        /** Sets whom to trust over TLS and WSS; {@link TlsOptions#system()} by default. */
        public Builder tls(TlsOptions value) {
            this.tls = Objects.requireNonNull(value, "tls");
            return this;
        }

        /**
         * Sets which device we are, the same after each restart, so that a registration of before
         * is not taken for another device. By default it is kept in {@link #stateStore}, or made of
         * the names of the machine and the working directory.
         */
        public Builder instanceId(UUID value) {
            this.instanceId = Objects.requireNonNull(value, "instanceId");
            return this;
        }

        /**
         * Sets where the {@link #instanceId} is kept; nowhere by default. It stays the caller's.
         */
        public Builder stateStore(StateStore value) {
            this.stateStore = Objects.requireNonNull(value, "stateStore");
            return this;
        }

        /**
         * Sets how many bytes a text may have in UTF-8; 1023 by default, since Asterisk accepts
         * more and passes on nothing. Raise it for other servers.
         *
         * @throws IllegalArgumentException if it is not 1 to 65536
         */
        public Builder maxTextBytes(int value) {
            if (value < 1 || value > 65_536) {
                throw new IllegalArgumentException(
                        "maxTextBytes must be between 1 and 65536, not " + value);
            }
            this.maxTextBytes = value;
            return this;
        }

        /** Sets how long a connection may take; 10 s by default. */
        public Builder connectTimeout(Duration value) {
            this.connectTimeout = positive("connectTimeout", value);
            return this;
        }

        /** Sets how long the answer to a request may take; 32 s by default, as SIP has it. */
        public Builder timeout(Duration value) {
            this.timeout = positive("timeout", value);
            return this;
        }

        /**
         * Sets after how long the server is asked for a sign of life, which also keeps the way
         * through routers open; 27 s by default. No sign within 10 s is a lost connection.
         */
        public Builder keepAliveInterval(Duration value) {
            this.keepAliveInterval = positive("keepAliveInterval", value);
            return this;
        }

        /**
         * Sets whether the address that the server sees is taken for our own, which routers make
         * necessary; true by default.
         */
        public Builder natDetection(boolean value) {
            this.natDetection = value;
            return this;
        }

        /** Sets whether RFC 5626 is offered to the server; true by default. */
        public Builder outbound(boolean value) {
            this.outbound = value;
            return this;
        }

        /** Sets the pauses after failures, of the connection and of each registration. */
        public Builder reconnect(ReconnectOptions value) {
            this.reconnect = Objects.requireNonNull(value, "reconnect");
            return this;
        }

        /**
         * Sets how much may wait for the listeners; 32 MiB by default. A text for which there is no
         * room is refused with 480, whatever is to be done with other events.
         */
        public Builder eventQueue(EventQueueOptions value) {
            this.eventQueue = Objects.requireNonNull(value, "eventQueue");
            return this;
        }

        /**
         * Sets who is asked before anything is sent; everything is allowed by default. Texts,
         * registering and its end are changes; signs of life, lists of devices and what is watched
         * are read. {@link SipClient#check} is asked about step by step, {@link SipClient#close}
         * not at all.
         */
        public Builder guard(OperationGuard value) {
            this.guard = Objects.requireNonNull(value, "guard");
            return this;
        }

        /**
         * Sets a recorder for the traffic, without secrets; nothing is recorded by default. Each
         * connection has its name in the recording, such as {@code sip-1}. Texts are recorded. The
         * recorder stays the caller's.
         */
        public Builder flightRecorder(FlightRecorder value) {
            this.flightRecorder = Objects.requireNonNull(value, "flightRecorder");
            return this;
        }

        /** Sets the threads and clock to share; the client makes its own by default. */
        public Builder resources(PbxResources value) {
            this.resources = Objects.requireNonNull(value, "resources");
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
         * @throws IllegalStateException if a setting is missing or contradicts another
         */
        public SipClient build() {
            return new SipClient(SipEngine.of(settings(), resources), CallOptions.none());
        }

        private SipSettings settings() {
            refuse(host == null && servers.isEmpty(), "set server(...) before build()");
            refuse(host != null && !servers.isEmpty(), "set either server(...) or servers(...)");
            refuse(
                    tls != null && !transport.isSecure(),
                    "tls(...) needs transport(SipTransport.TLS) or WSS");
            List<HostAndPort> fixed = new ArrayList<>(servers);
            if (host != null && port != null) {
                fixed.add(new HostAndPort(host, port));
            }
            String name = host != null ? host : servers.get(0).host();
            return new SipSettings(
                    name,
                    fixed,
                    transport,
                    SipText.requireHost("domain", domain == null ? name : domain),
                    webSocketPath,
                    nameServer,
                    tls == null ? TlsOptions.system() : tls,
                    InstanceId.of(instanceId, stateStore),
                    maxTextBytes,
                    connectTimeout,
                    timeout,
                    keepAliveInterval,
                    natDetection,
                    outbound,
                    reconnect,
                    eventQueue,
                    guard,
                    flightRecorder);
        }

        private static void refuse(boolean wrong, String reason) {
            if (wrong) {
                throw new IllegalStateException(reason);
            }
        }
    }
}
