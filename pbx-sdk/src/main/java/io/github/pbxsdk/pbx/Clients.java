package io.github.pbxsdk.pbx;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.pbx.Settings.Server;
import io.github.pbxsdk.recordings.RecordingSync;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.sms.SmsClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The clients of a {@link Pbx}, each made when it is first asked for. */
final class Clients {

    final Settings settings;
    final PbxResources resources;
    final Opened<AmiClient> ami;
    final Opened<AriClient> ari;
    final Opened<SipClient> sip;
    final Opened<FreePbxClient> freepbx;
    final Opened<SmsClient> sms;
    final Opened<RecordingSync> recordings;
    private final Pbx.Builder own;

    Clients(Pbx.Builder own, Settings settings, PbxResources resources) {
        this.own = own;
        this.settings = settings;
        this.resources = resources;
        this.ami = new Opened<>(this::makeAmi, AmiClient::connect, AmiClient::close);
        this.ari = new Opened<>(this::makeAri, client -> {}, AriClient::close);
        this.sip = new Opened<>(this::makeSip, client -> {}, SipClient::close);
        this.freepbx = new Opened<>(this::makeFreepbx, client -> {}, FreePbxClient::close);
        this.sms = new Opened<>(this::makeSms, client -> {}, SmsClient::close);
        this.recordings =
                new Opened<>(
                        () -> new RecordingRoads(this).sync(own.recordings),
                        sync -> {},
                        RecordingSync::close);
    }

    boolean hasAmi() {
        return own.ami != null || settings.isSet(PbxSetting.AMI_HOST);
    }

    boolean hasAri() {
        return own.ari != null || settings.isSet(PbxSetting.ARI_URL);
    }

    boolean hasSip() {
        return own.sip != null
                || settings.isSet(PbxSetting.SIP_SERVER)
                || settings.isSet(PbxSetting.PBX_WS_SERVER);
    }

    /** An address alone may be there for the bridge that sends texts. */
    boolean hasFreepbx() {
        return own.freepbx != null
                || settings.isSet(PbxSetting.FREEPBX_CLIENT_ID)
                || (settings.isSet(PbxSetting.FREEPBX_URL)
                        && !settings.isSet(PbxSetting.FREEPBX_API_KEY));
    }

    boolean hasSms() {
        return own.sms != null || SmsProviders.isNamed(settings);
    }

    boolean hasRecordings() {
        return own.recordings != null;
    }

    /** Returns what is set up. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        add(names, hasAmi(), "ami");
        add(names, hasAri(), "ari");
        add(names, hasSip(), "sip");
        add(names, hasSms(), "sms");
        add(names, hasFreepbx(), "freepbx");
        return names;
    }

    private static void add(List<String> names, boolean isSetUp, String name) {
        if (isSetUp) {
            names.add(name);
        }
    }

    /** Returns the extension of the settings with its password, if they name one. */
    Optional<Credentials> extension() {
        return settings.credentials(PbxSetting.SIP_EXTENSION, PbxSetting.SIP_PASSWORD);
    }

    /** Checks at once whatever it takes to register. */
    void requireExtension() {
        List<PbxSetting> needed = new ArrayList<>();
        if (!hasSip()) {
            needed.add(PbxSetting.SIP_SERVER);
        }
        needed.add(PbxSetting.SIP_EXTENSION);
        needed.add(PbxSetting.SIP_PASSWORD);
        settings.require("register()", needed.toArray(PbxSetting[]::new));
    }

    private AmiClient makeAmi() {
        if (own.ami == null) {
            settings.require(
                    "ami()", PbxSetting.AMI_HOST, PbxSetting.AMI_USER, PbxSetting.AMI_SECRET);
        }
        AmiClient.Builder builder = AmiClient.builder().resources(resources);
        settings.find(PbxSetting.AMI_HOST).ifPresent(builder::host);
        settings.port(PbxSetting.AMI_PORT).ifPresent(builder::port);
        settings.credentials(PbxSetting.AMI_USER, PbxSetting.AMI_SECRET)
                .ifPresent(builder::credentials);
        if (settings.flag(PbxSetting.AMI_TLS)) {
            builder.tls(settings.trust());
        }
        guarded(builder::guard);
        changed(own.ami, builder);
        return built(builder::build, "ami()", PbxSetting.AMI_HOST);
    }

    private AriClient makeAri() {
        if (own.ari == null) {
            settings.require(
                    "ari()", PbxSetting.ARI_URL, PbxSetting.ARI_USER, PbxSetting.ARI_PASSWORD);
        }
        AriClient.Builder builder = AriClient.builder().resources(resources);
        settings.url(PbxSetting.ARI_URL).ifPresent(builder::baseUri);
        settings.credentials(PbxSetting.ARI_USER, PbxSetting.ARI_PASSWORD)
                .ifPresent(builder::credentials);
        // Texts are told to an application only if it hears of endpoints.
        settings.find(PbxSetting.ARI_APPLICATION)
                .ifPresent(name -> builder.application(name).eventSource("endpoint:PJSIP"));
        settings.tls().ifPresent(builder::tls);
        if (settings.flag(PbxSetting.PBX_ALLOW_PLAINTEXT)) {
            builder.allowPlaintext();
        }
        guarded(builder::guard);
        changed(own.ari, builder);
        return built(builder::build, "ari()", PbxSetting.ARI_URL);
    }

    private SipClient makeSip() {
        if (own.sip == null && !hasSip()) {
            settings.require("sip()", PbxSetting.SIP_SERVER);
        }
        SipClient.Builder builder = SipClient.builder().resources(resources);
        if (hasSip()) {
            addServer(builder);
        }
        guarded(builder::guard);
        changed(own.sip, builder);
        return built(builder::build, "sip()", PbxSetting.SIP_SERVER, PbxSetting.PBX_WS_SERVER);
    }

    private void addServer(SipClient.Builder builder) {
        SipTransport transport = transport();
        if (!settings.isSet(PbxSetting.SIP_SERVER) && !settings.isSet(PbxSetting.PBX_WS_SERVER)) {
            return;
        }
        boolean socket = overWebSocket(transport);
        Server server = settings.server(socket ? PbxSetting.PBX_WS_SERVER : PbxSetting.SIP_SERVER);
        if (server.port() == 0) {
            builder.server(server.host());
        } else {
            builder.server(server.host(), server.port());
        }
        builder.transport(transport);
        domain(socket).ifPresent(builder::domain);
        if (transport.isSecure()) {
            settings.tls().ifPresent(builder::tls);
        }
    }

    private SipTransport transport() {
        Optional<String> named = settings.find(PbxSetting.SIP_TRANSPORT);
        if (named.isEmpty()) {
            return settings.isSet(PbxSetting.SIP_SERVER) ? SipTransport.UDP : SipTransport.WSS;
        }
        try {
            return SipTransport.valueOf(named.get().strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw settings.wrong(PbxSetting.SIP_TRANSPORT, named.get(), "udp, tcp, tls, ws or wss");
        }
    }

    private boolean overWebSocket(SipTransport transport) {
        boolean socket = transport == SipTransport.WS || transport == SipTransport.WSS;
        return settings.isSet(PbxSetting.PBX_WS_SERVER)
                && (socket || !settings.isSet(PbxSetting.SIP_SERVER));
    }

    private Optional<String> domain(boolean socket) {
        Optional<String> own = settings.find(PbxSetting.SIP_DOMAIN);
        return socket ? settings.find(PbxSetting.PBX_DOMAIN).or(() -> own) : own;
    }

    /** Returns the domain of SIP addresses on this PBX, as far as the settings tell. */
    Optional<String> sipDomain() {
        return settings.find(PbxSetting.SIP_DOMAIN)
                .or(() -> settings.find(PbxSetting.PBX_DOMAIN))
                .or(
                        () ->
                                settings.isSet(PbxSetting.SIP_SERVER)
                                        ? Optional.of(settings.server(PbxSetting.SIP_SERVER).host())
                                        : Optional.empty());
    }

    private FreePbxClient makeFreepbx() {
        if (own.freepbx == null) {
            settings.require(
                    "freepbx()",
                    PbxSetting.FREEPBX_URL,
                    PbxSetting.FREEPBX_CLIENT_ID,
                    PbxSetting.FREEPBX_CLIENT_SECRET);
        }
        FreePbxClient.Builder builder = FreePbxClient.builder().resources(resources);
        settings.url(PbxSetting.FREEPBX_URL).ifPresent(builder::baseUri);
        settings.credentials(PbxSetting.FREEPBX_CLIENT_ID, PbxSetting.FREEPBX_CLIENT_SECRET)
                .ifPresent(builder::credentials);
        settings.credentials(PbxSetting.FREEPBX_GUI_USER, PbxSetting.FREEPBX_GUI_PASSWORD)
                .ifPresent(builder::gui);
        settings.tls().ifPresent(builder::tls);
        if (settings.flag(PbxSetting.PBX_ALLOW_PLAINTEXT)) {
            builder.allowPlaintext();
        }
        if (hasAmi()) {
            builder.telephony(new AmiTelephony(ami::get)).dialplan(new AmiDialplan(ami::get));
        }
        guarded(builder::guard);
        changed(own.freepbx, builder);
        return built(builder::build, "freepbx()", PbxSetting.FREEPBX_URL);
    }

    private SmsClient makeSms() {
        SmsClient.Builder builder = SmsClient.builder().resources(resources);
        boolean named = SmsProviders.isNamed(settings);
        if (own.sms == null || named) {
            builder.provider(new SmsProviders(this).chosen());
        }
        SmsProviders.sender(settings).ifPresent(builder::sender);
        settings.find(PbxSetting.SMS_REGION).ifPresent(builder::region);
        guarded(builder::guard);
        changed(own.sms, builder);
        try {
            return builder.build();
        } catch (IllegalStateException e) {
            // Neither the settings nor the change may have named a provider.
            throw named ? e : SmsProviders.missing(settings, e);
        }
    }

    Duration syncInterval() {
        return settings.minutes(PbxSetting.FREEPBX_SYNC_INTERVAL_MINUTES)
                .orElse(RecordingSync.DEFAULT_INTERVAL);
    }

    private void guarded(Consumer<OperationGuard> guard) {
        if (own.guard != null) {
            guard.accept(own.guard);
        }
    }

    /** Builds a client; where none of the settings has its address, the change may lack it. */
    private <T> T built(Supplier<T> build, String what, PbxSetting... addresses) {
        try {
            return build.get();
        } catch (IllegalStateException e) {
            if (Stream.of(addresses).anyMatch(settings::isSet)) {
                throw e;
            }
            String names =
                    Stream.of(addresses).map(settings::name).collect(Collectors.joining(" or "));
            throw settings.missing(what, names, e);
        }
    }

    private static <B> void changed(@Nullable Consumer<B> change, B builder) {
        if (change != null) {
            change.accept(builder);
        }
    }

    void close() {
        recordings.close();
        sms.close();
        freepbx.close();
        sip.close();
        ari.close();
        ami.close();
    }
}
