package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.http.PlaintextGuard;
import io.github.pbxsdk.core.internal.http.WebAddress;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.observe.ProgressListener;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.TlsOptions;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A FreePBX: its extensions, routes, ring groups and call records, its health, and the reload that
 * makes changes live.
 *
 * <pre>{@code
 * FreePbxClient pbx = FreePbxClient.builder()
 *         .baseUri("https://pbx.example.com")
 *         .credentials(Credentials.of(clientId, clientSecret))   // of the API application
 *         .build();                                              // checks, opens nothing
 *
 * try (pbx) {
 *     pbx.ringGroups().update(RingGroupSettings.of("600").members(List.of("1001", "1002")).build());
 *     pbx.applyConfig();
 * }
 * }</pre>
 *
 * <p>There is no connection: a token is fetched with the first operation and renewed in time. What
 * only reads is repeated after a failure of the network; what changes goes out once. FreePBX
 * answers 200 to failures and 400 to what it has done: success here means that it said so, and a
 * {@link FreePbxRejectedException} tells whether something may have been done all the same.
 *
 * <p>Make one client for a PBX and keep it. Thread-safe.
 */
public final class FreePbxClient implements AutoCloseable {

    private final FreePbxEngine engine;
    private final FreePbxCalls calls;

    private FreePbxClient(FreePbxEngine engine, FreePbxCalls calls) {
        this.engine = engine;
        this.calls = calls;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the extensions. */
    public Extensions extensions() {
        return new Extensions(calls);
    }

    /** Returns the inbound routes: what happens with calls from outside. */
    public InboundRoutes inboundRoutes() {
        return new InboundRoutes(calls);
    }

    /** Returns the ring groups. */
    public RingGroups ringGroups() {
        return new RingGroups(calls);
    }

    /** Returns the call records that the PBX gives over GraphQL, a day at a time. */
    public GraphQlCallRecords callRecords() {
        return new GraphQlCallRecords(calls);
    }

    /** Returns the mailboxes of extensions. */
    public Voicemail voicemail() {
        return new Voicemail(calls);
    }

    /** Returns the follow-me of extensions. */
    public FollowMe followMe() {
        return new FollowMe(calls);
    }

    /** Returns call forward, do not disturb and call waiting of extensions. */
    public CallFeatures callFeatures() {
        return new CallFeatures(calls);
    }

    /** Returns the system recordings, which menus and announcements play. */
    public Prompts prompts() {
        return new Prompts(calls);
    }

    /**
     * Returns the menus. Where the API of the PBX has none, the client needs {@link Builder#gui} or
     * {@link Builder#dialplan}.
     */
    public Ivrs ivrs() {
        return new Ivrs(calls);
    }

    /** Returns the queues. */
    public Queues queues() {
        return new Queues(calls);
    }

    /** Returns the trunks; the client needs {@link Builder#telephony}. */
    public Trunks trunks() {
        return new Trunks(calls);
    }

    /** Returns what FreePBX only lets one read: conferences, calendars, contacts and others. */
    public Listings listings() {
        return new Listings(calls);
    }

    /** Returns the web hooks of the SMS module. */
    public SmsWebhooks smsWebhooks() {
        return new SmsWebhooks(calls);
    }

    /** Returns the recordings of calls; the client needs {@link Builder#gui}. */
    public CallRecordings callRecordings() {
        return new CallRecordings(calls);
    }

    /** Returns versions, modules and advanced settings. */
    public PbxSystem system() {
        return new PbxSystem(calls);
    }

    /** Returns GraphQL as it is. */
    public GraphQl graphQl() {
        return new GraphQl(calls);
    }

    /** Returns REST as it is. */
    public Rest rest() {
        return new Rest(calls);
    }

    /** Makes all changes live; see {@link #applyConfig(ProgressListener)}. */
    public ApplyResult applyConfig() {
        return applyConfig(ProgressListener.none());
    }

    /**
     * Makes all changes live, and returns when they are. On a real PBX that takes 10 to 60 seconds;
     * calls go on meanwhile.
     *
     * <p>The reload is made whether or not FreePBX says that one is due, because it does not notice
     * most changes. One client makes one reload at a time: a second call waits and then makes its
     * own. A PBX that is busy with somebody else's reload is waited for.
     *
     * @param progress is told while it goes on
     * @throws FreePbxRejectedException if the reload failed, in the words of the PBX
     * @throws PbxTimeoutException if it isn't over in time; it may come to its end all the same
     */
    public ApplyResult applyConfig(ProgressListener progress) {
        return Futures.await(applyConfigAsync(progress));
    }

    /**
     * Applies without waiting; the future fails as {@link #applyConfig(ProgressListener)} does.
     * Cancelling it stops the waiting, not a reload that has begun.
     */
    public CompletableFuture<ApplyResult> applyConfigAsync(ProgressListener progress) {
        Objects.requireNonNull(progress, "progress");
        return calls.run(
                Operation.change("freepbx", "applyConfig"),
                calls.settings().applyTimeout(),
                session -> new ConfigReload(session, progress).run());
    }

    /**
     * Returns how the PBX is, in words; it never throws because of the PBX.
     *
     * <p>Whether trunks and telephones are there, FreePBX does not tell: for that give the client a
     * {@link Builder#telephony}.
     */
    public FreePbxHealth health() {
        return Futures.await(healthAsync());
    }

    /** Looks without waiting. */
    public CompletableFuture<FreePbxHealth> healthAsync() {
        return calls.read("health", session -> new FreePbxPulse(session).take());
    }

    /**
     * Finds out whether this client can work with its PBX, and says in words what is wrong: the
     * address, the API application, its scopes, TLS, a firewall.
     */
    public FreePbxCheck check() {
        return Futures.await(checkAsync());
    }

    /** Checks without waiting. */
    public CompletableFuture<FreePbxCheck> checkAsync() {
        return calls.read("check", FreePbxDoctor::check);
    }

    /**
     * Returns what this API application may do on this PBX.
     *
     * @throws PbxAuthenticationException if the PBX does not accept it
     */
    public FreePbxCapabilities capabilities() {
        return Futures.await(capabilitiesAsync());
    }

    /** Asks without waiting; the future fails as {@link #capabilities} does. */
    public CompletableFuture<FreePbxCapabilities> capabilitiesAsync() {
        return calls.read("capabilities", FreePbxDoctor::capabilities);
    }

    /** Returns a view of this client with other options; closing either closes both. */
    public FreePbxClient with(CallOptions value) {
        return new FreePbxClient(engine, calls.with(Objects.requireNonNull(value, "options")));
    }

    /**
     * Fails what is pending; repeatable. Threads of the client's own have ended when it returns,
     * unless it is called on one.
     */
    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return "FreePbxClient[" + engine.settings().host() + "]";
    }

    /** Collects the settings of {@link FreePbxClient}; not thread-safe. */
    public static final class Builder {

        private @Nullable String baseUri;
        private boolean rewriteRules = true;
        private boolean plaintextAllowed;
        private @Nullable CredentialsProvider application;
        private @Nullable CredentialsProvider user;
        private @Nullable String refreshToken;
        private Consumer<String> refreshTokens = token -> {};
        private List<String> scopes = List.of();
        private @Nullable CredentialsProvider gui;
        private @Nullable TelephonySource telephony;
        private @Nullable CustomDialplan dialplan;
        private @Nullable ZoneId zone;
        private @Nullable TlsOptions tls;
        private @Nullable HttpTransport transport;
        private Duration timeout = Duration.ofSeconds(30);
        private Duration applyTimeout = Duration.ofMinutes(5);
        private OperationGuard guard = OperationGuard.allowAll();
        private @Nullable PbxResources resources;
        private @Nullable FlightRecorder flightRecorder;

        private Builder() {}

        /**
         * Sets where the web interface is, such as {@code https://pbx.example.com}; needed.
         *
         * <p>With the module System Admin the API can have a port of its own: it belongs into it.
         *
         * @throws IllegalArgumentException if it is no such address
         */
        public Builder baseUri(String value) {
            WebAddress.http(value);
            this.baseUri = value;
            return this;
        }

        /** Sets where the web interface is; see {@link #baseUri(String)}. */
        public Builder baseUri(URI value) {
            return baseUri(value.toString());
        }

        /**
         * Uses the paths that work without rewrite rules, {@code ajax.php?module=api…}: for a web
         * server that ignores the {@code .htaccess} of FreePBX.
         */
        public Builder ajaxPath() {
            this.rewriteRules = false;
            return this;
        }

        /**
         * Sets client id and client secret of the API application; needed, unless there is a {@link
         * #telephony} to do with.
         */
        public Builder credentials(Credentials value) {
            return credentials(CredentialsProvider.of(value));
        }

        /** Sets who gives client id and client secret: asked for each token. */
        public Builder credentials(CredentialsProvider value) {
            this.application = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Asks for tokens as this User Manager user; for an application of the grant password. */
        public Builder user(Credentials value) {
            this.user = CredentialsProvider.of(value);
            return this;
        }

        /**
         * Begins with a refresh token, for an application that a person has allowed in a browser.
         *
         * @param keep is given each new refresh token; keep it, since the one before is dead
         */
        public Builder refreshToken(String token, Consumer<String> keep) {
            this.refreshToken = Objects.requireNonNull(token, "token");
            this.refreshTokens = Objects.requireNonNull(keep, "keep");
            return this;
        }

        /**
         * Asks for these scopes only, such as {@code gql:core gql:cdr:read}; all that the
         * application has by default.
         */
        public Builder scopes(List<String> values) {
            this.scopes = List.copyOf(values);
            return this;
        }

        /**
         * Allows the forms of the web interface, as this administrator, for what has no API: menus,
         * the upload of prompts, recordings of calls. Not used for anything else.
         */
        public Builder gui(Credentials administrator) {
            return gui(CredentialsProvider.of(administrator));
        }

        /** Allows the forms of the web interface; see {@link #gui(Credentials)}. */
        public Builder gui(CredentialsProvider administrator) {
            this.gui = Objects.requireNonNull(administrator, "administrator");
            return this;
        }

        /**
         * Sets who knows which telephones and trunks are there; nobody by default.
         *
         * <p>It also tells extensions and queues where the API can't be used for them. A client
         * that has nothing else can do just that, and says of everything else which road is
         * missing.
         */
        public Builder telephony(TelephonySource value) {
            this.telephony = Objects.requireNonNull(value, "telephony");
            return this;
        }

        /**
         * Allows menus in the dialplan of one's own, where there are neither {@link #gui} nor an
         * API for them; nobody by default.
         */
        public Builder dialplan(CustomDialplan value) {
            this.dialplan = Objects.requireNonNull(value, "dialplan");
            return this;
        }

        /**
         * Sets the time zone of the PBX, in which it writes call records. By default it is asked
         * for its setting {@code PHPTIMEZONE}; where it writes in UTC ({@code CDRUSEGMT}), that
         * counts.
         */
        public Builder zone(ZoneId value) {
            this.zone = Objects.requireNonNull(value, "zone");
            return this;
        }

        /** Lets tokens and secrets go to another host over plain http. */
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
        public Builder transport(HttpTransport value) {
            this.transport = Objects.requireNonNull(value, "transport");
            return this;
        }

        /** Sets how long an operation may take, all its requests included; 30 s by default. */
        public Builder timeout(Duration value) {
            this.timeout = positive("timeout", value);
            return this;
        }

        /** Sets how long {@link FreePbxClient#applyConfig()} may take; 5 minutes by default. */
        public Builder applyTimeout(Duration value) {
            this.applyTimeout = positive("applyTimeout", value);
            return this;
        }

        /** Sets who is asked before each operation; everything is allowed by default. */
        public Builder guard(OperationGuard value) {
            this.guard = Objects.requireNonNull(value, "guard");
            return this;
        }

        /** Shares threads, clock and connections with other clients. */
        public Builder resources(PbxResources value) {
            this.resources = Objects.requireNonNull(value, "resources");
            return this;
        }

        /**
         * Writes the traffic with the API down, without secrets; of the web interface only which
         * pages were asked for. Names and numbers stay in.
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
        public FreePbxClient build() {
            if (transport != null && tls != null) {
                throw new IllegalStateException("tls(...) belongs to the transport(...) given");
            }
            FreePbxEngine engine = FreePbxEngine.of(settings(), resources, transport, tls);
            return new FreePbxClient(engine, engine.calls());
        }

        private FreePbxSettings settings() {
            String uri = baseUri;
            if (uri == null) {
                throw new IllegalStateException("set baseUri(...) before build()");
            }
            if (application == null && telephony == null) {
                throw new IllegalStateException(
                        "set credentials(...) before build(), or telephony(...) where there is no API"
                                + " application");
            }
            WebAddress address = WebAddress.http(uri);
            if (uri.indexOf('?') >= 0) {
                throw new IllegalStateException("baseUri(...) has no query");
            }
            if (!plaintextAllowed) {
                PlaintextGuard.requireProtected(
                        "the client secret", address.host(), address.secure());
            }
            return new FreePbxSettings(
                    uri.replaceFirst("/+$", "").replaceFirst("/admin$", ""),
                    new HostAndPort(address.host(), address.port()),
                    rewriteRules,
                    plaintextAllowed,
                    application,
                    user,
                    refreshToken,
                    refreshTokens,
                    scopes,
                    gui,
                    telephony,
                    dialplan,
                    zone,
                    timeout,
                    applyTimeout,
                    guard,
                    flightRecorder);
        }
    }
}
