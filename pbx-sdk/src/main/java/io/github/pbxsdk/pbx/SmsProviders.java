package io.github.pbxsdk.pbx;

import io.github.pbxsdk.ami.AmiMessageGateway;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.sms.provider.Bandwidth;
import io.github.pbxsdk.sms.provider.Flowroute;
import io.github.pbxsdk.sms.provider.FreePbxBridge;
import io.github.pbxsdk.sms.provider.FreePbxSms;
import io.github.pbxsdk.sms.provider.MessageMedia;
import io.github.pbxsdk.sms.provider.SmsBroadcast;
import io.github.pbxsdk.sms.provider.SmsProvider;
import io.github.pbxsdk.sms.provider.Telnyx;
import io.github.pbxsdk.sms.provider.TwilioSms;
import io.github.pbxsdk.sms.provider.VoipMs;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who sends texts, by the settings: the provider they name, or the only one they are there for. */
final class SmsProviders {

    private final Clients clients;
    private final Settings settings;

    SmsProviders(Clients clients) {
        this.clients = clients;
        this.settings = clients.settings;
    }

    /** A provider with the settings that it needs. */
    private enum Name {
        SMSBROADCAST(PbxSetting.SMS_BROADCAST_USERNAME, PbxSetting.SMS_BROADCAST_PASSWORD),
        MESSAGEMEDIA(PbxSetting.MESSAGEMEDIA_API_KEY, PbxSetting.MESSAGEMEDIA_API_SECRET),
        TWILIO(PbxSetting.TWILIO_ACCOUNT_SID, PbxSetting.TWILIO_AUTH_TOKEN),
        FLOWROUTE(PbxSetting.FLOWROUTE_ACCESS_KEY, PbxSetting.FLOWROUTE_SECRET_KEY),
        TELNYX(PbxSetting.TELNYX_API_KEY),
        BANDWIDTH(
                PbxSetting.BANDWIDTH_API_TOKEN,
                PbxSetting.BANDWIDTH_API_SECRET,
                PbxSetting.BANDWIDTH_ACCOUNT_ID,
                PbxSetting.BANDWIDTH_APPLICATION_ID),
        VOIPMS(PbxSetting.VOIPMS_API_USERNAME, PbxSetting.VOIPMS_API_PASSWORD),
        FREEPBX_BRIDGE(
                PbxSetting.FREEPBX_API_KEY, PbxSetting.FREEPBX_API_SECRET, PbxSetting.FREEPBX_URL),
        /** The SMS module of a FreePBX is reached by SIP or AMI: no setting is its own. */
        FREEPBX;

        @SuppressWarnings("ImmutableEnumChecker") // Nobody writes into it.
        private final PbxSetting[] needed;

        Name(PbxSetting... needed) {
            this.needed = needed;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean isMeant(Settings settings) {
            return needed.length > 0 && settings.isSet(needed[0]);
        }
    }

    /** Tells whether settings are there that only a provider needs. */
    static boolean isNamed(Settings settings) {
        return settings.isSet(PbxSetting.SMS_PROVIDER)
                || Stream.of(Name.values()).anyMatch(one -> one.isMeant(settings));
    }

    /** Returns what to say where a builder lacks something that the settings could give. */
    static IllegalStateException missing(Settings settings, IllegalStateException lack) {
        return settings.missing(
                "sms()",
                settings.name(PbxSetting.SMS_PROVIDER) + " and the settings of a provider",
                lack);
    }

    /** Returns who sends texts where these name nobody. */
    static Optional<Address> sender(Settings settings) {
        return settings.find(PbxSetting.SMS_SENDER_ID)
                .or(() -> settings.find(PbxSetting.FREEPBX_DEFAULT_FROM))
                .map(String::strip)
                .map(
                        text ->
                                text.matches("\\+?[\\d ()-]+")
                                        ? Address.parse(text)
                                        : Address.senderName(text));
    }

    SmsProvider chosen() {
        Name name = settings.find(PbxSetting.SMS_PROVIDER).map(this::named).orElseGet(this::only);
        settings.require("sms() over " + name.word(), name.needed);
        return switch (name) {
            case SMSBROADCAST -> smsBroadcast(credentials(name));
            case MESSAGEMEDIA -> messageMedia(credentials(name));
            case TWILIO -> twilio(credentials(name));
            case FLOWROUTE -> flowroute(credentials(name));
            case TELNYX -> telnyx();
            case BANDWIDTH -> bandwidth(credentials(name));
            case VOIPMS -> voipMs(credentials(name));
            case FREEPBX_BRIDGE -> bridge(credentials(name));
            case FREEPBX -> freePbx();
        };
    }

    private Name named(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return Stream.of(Name.values())
                .filter(one -> one.word().equals(wanted))
                .findFirst()
                .orElseThrow(() -> settings.wrong(PbxSetting.SMS_PROVIDER, text, words(all())));
    }

    private Name only() {
        List<Name> meant = all().stream().filter(one -> one.isMeant(settings)).toList();
        if (meant.size() == 1) {
            return meant.get(0);
        }
        throw settings.missing(
                "sms()",
                settings.name(PbxSetting.SMS_PROVIDER)
                        + (meant.isEmpty()
                                ? " and the settings of a provider, or those alone: " + names()
                                : ", since there are settings of " + words(meant)));
    }

    private String names() {
        return all().stream()
                .filter(one -> one.needed.length > 0)
                .map(one -> one.word() + " " + names(one))
                .collect(Collectors.joining("; "));
    }

    private String names(Name one) {
        return Stream.of(one.needed).map(settings::name).collect(Collectors.joining(", "));
    }

    private static List<Name> all() {
        return List.of(Name.values());
    }

    private static String words(List<Name> names) {
        return names.stream().map(Name::word).collect(Collectors.joining(" or "));
    }

    private Credentials credentials(Name name) {
        return Credentials.of(settings.get(name.needed[0]), settings.get(name.needed[1]));
    }

    private SmsProvider smsBroadcast(Credentials credentials) {
        SmsBroadcast.Builder builder = SmsBroadcast.builder().credentials(credentials);
        settings.url(PbxSetting.SMS_BROADCAST_URL).ifPresent(builder::baseUrl);
        return builder.build();
    }

    private SmsProvider messageMedia(Credentials credentials) {
        MessageMedia.Builder builder = MessageMedia.builder().credentials(credentials);
        settings.url(PbxSetting.MESSAGEMEDIA_URL).ifPresent(builder::baseUrl);
        return builder.build();
    }

    private SmsProvider twilio(Credentials credentials) {
        TwilioSms.Builder builder = TwilioSms.builder().credentials(credentials);
        settings.find(PbxSetting.TWILIO_MESSAGING_SERVICE_SID).ifPresent(builder::messagingService);
        settings.uri(PbxSetting.TWILIO_STATUS_CALLBACK).ifPresent(builder::statusCallback);
        settings.url(PbxSetting.TWILIO_URL).ifPresent(builder::baseUrl);
        return builder.build();
    }

    private SmsProvider flowroute(Credentials credentials) {
        Flowroute.Builder builder = Flowroute.builder().credentials(credentials);
        settings.url(PbxSetting.FLOWROUTE_URL).ifPresent(builder::baseUrl);
        return builder.build();
    }

    private SmsProvider telnyx() {
        Telnyx.Builder builder = Telnyx.builder().apiKey(settings.get(PbxSetting.TELNYX_API_KEY));
        settings.find(PbxSetting.TELNYX_ACCOUNT).ifPresent(builder::account);
        settings.find(PbxSetting.TELNYX_MESSAGING_PROFILE_ID).ifPresent(builder::messagingProfile);
        settings.url(PbxSetting.TELNYX_URL).ifPresent(builder::baseUrl);
        return builder.build();
    }

    private SmsProvider bandwidth(Credentials credentials) {
        Bandwidth.Builder builder =
                Bandwidth.builder()
                        .credentials(credentials)
                        .account(settings.get(PbxSetting.BANDWIDTH_ACCOUNT_ID))
                        .application(settings.get(PbxSetting.BANDWIDTH_APPLICATION_ID));
        settings.url(PbxSetting.BANDWIDTH_URL).ifPresent(builder::baseUrl);
        return builder.build();
    }

    private SmsProvider voipMs(Credentials credentials) {
        VoipMs.Builder builder = VoipMs.builder().credentials(credentials);
        settings.url(PbxSetting.VOIPMS_URL).ifPresent(builder::baseUrl);
        return builder.build();
    }

    private SmsProvider bridge(Credentials credentials) {
        FreePbxBridge.Builder builder = FreePbxBridge.builder().credentials(credentials);
        settings.url(PbxSetting.FREEPBX_URL).ifPresent(builder::baseUrl);
        settings.find(PbxSetting.FREEPBX_DEFAULT_FROM)
                .ifPresent(own -> builder.ownNumbers(List.of(Address.parse(own))));
        if (settings.flag(PbxSetting.PBX_ALLOW_PLAINTEXT)) {
            builder.allowPlaintext();
        }
        return builder.build();
    }

    private SmsProvider freePbx() {
        if (!clients.hasSip() && !clients.hasAmi()) {
            settings.require("sms() over freepbx", PbxSetting.SIP_SERVER);
        }
        FreePbxSms.Builder builder =
                FreePbxSms.builder()
                        .domain(
                                clients.sipDomain()
                                        .orElseThrow(
                                                () ->
                                                        settings.missing(
                                                                "sms() over freepbx",
                                                                settings.name(
                                                                        PbxSetting.SIP_DOMAIN))));
        MessageGateway gateway = new RoadMaker(clients).toThePbx();
        builder.gateway(gateway);
        if (clients.hasAmi()) {
            builder.traffic(AmiMessageGateway.builder(clients.ami.get()).build());
        }
        return builder.build();
    }
}
