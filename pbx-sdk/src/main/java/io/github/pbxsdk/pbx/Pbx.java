package io.github.pbxsdk.pbx;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.recordings.RecordingSync;
import io.github.pbxsdk.sip.Registration;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sms.SmsClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A whole PBX behind one door: each client is opened when it is first asked for, and all are closed
 * together.
 *
 * <pre>{@code
 * try (Pbx pbx = Pbx.fromEnvironment()) {
 *     pbx.ami().events().subscribe(HangupEvent.class, event -> log.info(event.cause()));
 *     pbx.texts().send(TextMessage.to(Address.extension("1002")).text("Door 4").build());
 *     log.info(pbx.health().words());
 * }
 * }</pre>
 *
 * <p>Making one opens nothing and needs no setting: what is missing is named when the client that
 * needs it is asked for. The clients share threads, clock and connections.
 *
 * <p>Make one for a PBX and keep it. Thread-safe.
 */
public final class Pbx implements AutoCloseable {

    private final Clients clients;
    private final Pulse pulse;
    private final Inventory inventory;
    private final @Nullable PbxResources own;

    private Pbx(Clients clients, @Nullable PbxResources own) {
        this.clients = clients;
        this.pulse = new Pulse(clients);
        this.inventory = new Inventory(clients);
        this.own = own;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the PBX that the environment describes; see {@link PbxSetting}. */
    public static Pbx fromEnvironment() {
        return from(System.getenv());
    }

    /** Returns the PBX that these settings describe, by the names of {@link PbxSetting}. */
    public static Pbx from(Map<String, String> settings) {
        return builder().settings(settings).build();
    }

    /**
     * Returns the PBX that the settings with this prefix describe: with {@code SYDNEY_}, its {@code
     * AMI_HOST} is {@code SYDNEY_AMI_HOST}. For applications with several.
     */
    public static Pbx from(Map<String, String> settings, String prefix) {
        return builder().settings(settings).prefix(prefix).build();
    }

    /**
     * Returns the client for texts.
     *
     * @throws IllegalStateException if a setting for it is missing, with its name
     * @throws PbxException if the provider is reached through a client that can't be opened
     */
    public SmsClient sms() {
        return clients.sms.get();
    }

    /**
     * Returns the client of the manager interface, connected.
     *
     * @throws IllegalStateException if a setting for it is missing, with its name
     * @throws PbxException if it can't connect; the next call tries again
     */
    public AmiClient ami() {
        return clients.ami.get();
    }

    /**
     * Returns the client of the REST interface. For events, {@link AriClient#connect()} opens its
     * socket.
     *
     * @throws IllegalStateException if a setting for it is missing, with its name
     */
    public AriClient ari() {
        return clients.ari.get();
    }

    /**
     * Returns the SIP client; {@link #register()} registers the extension of the settings.
     *
     * @throws IllegalStateException if a setting for it is missing, with its name
     */
    public SipClient sip() {
        return clients.sip.get();
    }

    /**
     * Registers the extension of the settings and waits for the first outcome; it then lasts until
     * this is closed.
     *
     * @throws IllegalStateException if a setting for it is missing, with its name
     * @throws PbxException as {@link SipClient#register(String, Credentials)} does
     */
    public Registration register() {
        return Futures.await(registerAsync());
    }

    /** Registers without waiting; the future fails as {@link #register} does. */
    public CompletableFuture<Registration> registerAsync() {
        clients.requireExtension();
        SipClient sip = sip();
        Credentials who =
                Credentials.of(
                        clients.settings.get(PbxSetting.SIP_EXTENSION),
                        clients.settings.get(PbxSetting.SIP_PASSWORD));
        return sip.registerAsync(who.user(), who);
    }

    /**
     * Returns the client of the FreePBX. Where AMI is set up too, it fills in what FreePBX does not
     * tell: which telephones and trunks are there.
     *
     * @throws IllegalStateException if a setting for it is missing, with its name
     */
    public FreePbxClient freepbx() {
        return clients.freepbx.get();
    }

    /**
     * Returns the sync of recordings, from what is set up: ARI and the web interface of FreePBX
     * have them, AMI tells when one has ended. Where they go is said with {@link
     * Builder#recordings}.
     *
     * @throws IllegalStateException if that was not said, or a setting is missing
     * @throws PbxException if AMI can't connect; the next call tries again
     */
    public RecordingSync recordings() {
        return clients.recordings.get();
    }

    /**
     * Syncs recordings now, after each hang-up, and every {@link
     * PbxSetting#FREEPBX_SYNC_INTERVAL_MINUTES}, which are ten, until the subscription or this is
     * closed. Fails as {@link #recordings} does.
     */
    public Subscription syncRecordings() {
        return recordings().syncEvery(clients.syncInterval());
    }

    /** Returns texts by the road that fits, or by one of one's own choice. */
    public PbxTexts texts() {
        return new PbxTexts(clients);
    }

    /**
     * Returns the extensions: from the API of the FreePBX, or over AMI where there is none.
     *
     * @throws IllegalStateException if neither is set up
     * @throws PbxException if the PBX can't be asked
     */
    public List<PbxExtension> extensions() {
        return Futures.await(extensionsAsync());
    }

    /** Lists without waiting; the future fails as {@link #extensions} does. */
    public CompletableFuture<List<PbxExtension>> extensionsAsync() {
        return PbxThreads.call(clients.resources, inventory::extensions);
    }

    /**
     * Returns the queues: from the API of the FreePBX, or over AMI where there is none.
     *
     * @throws IllegalStateException if neither is set up
     * @throws PbxException if the PBX can't be asked
     */
    public List<PbxQueue> queues() {
        return Futures.await(queuesAsync());
    }

    /** Lists without waiting; the future fails as {@link #queues} does. */
    public CompletableFuture<List<PbxQueue>> queuesAsync() {
        return PbxThreads.call(clients.resources, inventory::queues);
    }

    /**
     * Returns how everything that is set up is, in words; it never throws because of the PBX or of
     * a setting. What was not opened yet is opened for that; texts are not sent and nothing is
     * registered.
     */
    public PbxHealth health() {
        return Futures.await(healthAsync());
    }

    /** Looks without waiting. */
    public CompletableFuture<PbxHealth> healthAsync() {
        return pulse.take();
    }

    /**
     * Closes all clients that were opened; repeatable, safe inside a listener. Resources that were
     * given stay open.
     */
    @Override
    public void close() {
        clients.close();
        if (own != null) {
            own.close();
        }
    }

    @Override
    public String toString() {
        return "Pbx[" + String.join(", ", clients.names()) + "]";
    }

    /** Collects the settings of {@link Pbx}; not thread-safe. */
    public static final class Builder {

        private Map<String, String> settings = Map.of();
        private String prefix = "";
        private @Nullable PbxResources resources;
        @Nullable Consumer<AmiClient.Builder> ami;
        @Nullable Consumer<AriClient.Builder> ari;
        @Nullable Consumer<SipClient.Builder> sip;
        @Nullable Consumer<FreePbxClient.Builder> freepbx;
        @Nullable Consumer<SmsClient.Builder> sms;
        RecordingRoads.@Nullable Wish recordings;
        @Nullable OperationGuard guard;

        private Builder() {}

        /**
         * Sets the values of {@link PbxSetting}s by their names, as the environment has them; none
         * by default. Other names are not looked at.
         */
        public Builder settings(Map<String, String> values) {
            this.settings = new HashMap<>(values);
            return this;
        }

        /** Sets what the names of the settings begin with; nothing by default. */
        public Builder prefix(String value) {
            this.prefix = Objects.requireNonNull(value, "prefix");
            return this;
        }

        /** Sets what the settings leave open for AMI; runs when its client is first asked for. */
        public Builder ami(Consumer<AmiClient.Builder> change) {
            this.ami = Objects.requireNonNull(change, "change");
            return this;
        }

        /** Sets what the settings leave open for ARI; runs when its client is first asked for. */
        public Builder ari(Consumer<AriClient.Builder> change) {
            this.ari = Objects.requireNonNull(change, "change");
            return this;
        }

        /** Sets what the settings leave open for SIP; runs when its client is first asked for. */
        public Builder sip(Consumer<SipClient.Builder> change) {
            this.sip = Objects.requireNonNull(change, "change");
            return this;
        }

        /**
         * Sets what the settings leave open for FreePBX; runs when its client is first asked for.
         */
        public Builder freepbx(Consumer<FreePbxClient.Builder> change) {
            this.freepbx = Objects.requireNonNull(change, "change");
            return this;
        }

        /** Sets what the settings leave open for texts; runs when its client is first asked for. */
        public Builder sms(Consumer<SmsClient.Builder> change) {
            this.sms = Objects.requireNonNull(change, "change");
            return this;
        }

        /**
         * Says where recordings go and where is written down what has come, and what else the
         * settings leave open; a must for {@link Pbx#recordings}, and runs when that is first asked
         * for.
         *
         * @param pbx what the application calls this PBX, for ever: it is part of each recording's
         *     key
         */
        public Builder recordings(String pbx, Consumer<RecordingSync.Builder> change) {
            this.recordings =
                    new RecordingRoads.Wish(
                            Objects.requireNonNull(pbx, "pbx"),
                            Objects.requireNonNull(change, "change"));
            return this;
        }

        /**
         * Sets who decides about each operation of every client, as {@link OperationGuard#readOnly}
         * does; nobody by default. One that is set for a single client takes its place there.
         */
        public Builder guard(OperationGuard value) {
            this.guard = Objects.requireNonNull(value, "guard");
            return this;
        }

        /** Shares threads, clock and connections with other clients; its own by default. */
        public Builder resources(PbxResources value) {
            this.resources = Objects.requireNonNull(value, "resources");
            return this;
        }

        /** Returns the PBX; opens nothing, and looks for no setting yet. */
        public Pbx build() {
            PbxResources made = resources == null ? PbxResources.create() : null;
            PbxResources used = made == null ? Objects.requireNonNull(resources) : made;
            Settings found = new Settings(settings, prefix);
            return new Pbx(new Clients(copy(), found, used), made);
        }

        private Builder copy() {
            Builder copy = new Builder();
            copy.ami = ami;
            copy.ari = ari;
            copy.sip = sip;
            copy.freepbx = freepbx;
            copy.sms = sms;
            copy.recordings = recordings;
            copy.guard = guard;
            return copy;
        }
    }
}
