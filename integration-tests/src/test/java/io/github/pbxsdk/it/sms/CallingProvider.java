package io.github.pbxsdk.it.sms;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.Bandwidth;
import io.github.pbxsdk.sms.provider.Flowroute;
import io.github.pbxsdk.sms.provider.FreePbxBridge;
import io.github.pbxsdk.sms.provider.MessageMedia;
import io.github.pbxsdk.sms.provider.SmsBroadcast;
import io.github.pbxsdk.sms.provider.SmsProvider;
import io.github.pbxsdk.sms.provider.Telnyx;
import io.github.pbxsdk.sms.provider.TwilioSms;
import io.github.pbxsdk.sms.provider.VoipMs;
import io.github.pbxsdk.sms.webhook.WebhookParser;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.sms.webhook.WebhookVerifier;
import io.github.pbxsdk.sms.webhook.WebhookVerifiers;
import io.github.pbxsdk.testing.sms.FakeBandwidth;
import io.github.pbxsdk.testing.sms.FakeFlowroute;
import io.github.pbxsdk.testing.sms.FakeMessageMedia;
import io.github.pbxsdk.testing.sms.FakeSmsBridge;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import io.github.pbxsdk.testing.sms.FakeSmsServer;
import io.github.pbxsdk.testing.sms.FakeTelnyx;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import io.github.pbxsdk.testing.sms.FakeVoipMs;
import io.github.pbxsdk.testing.sms.WebhookFault;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Each provider that calls webhooks, with what an application sets up for it. */
final class CallingProvider {

    static final CallingProvider BRIDGE =
            new CallingProvider(
                    "BRIDGE",
                    FakeSmsBridge::new,
                    url -> FreePbxBridge.builder().baseUrl(url).credentials(pair()).build(),
                    WebhookParsers::freePbxBridge,
                    fake -> WebhookVerifiers.freePbxBridge("secret"),
                    Trait.SIGNS_BODY);

    static final CallingProvider SMS_BROADCAST =
            new CallingProvider(
                    "SMS_BROADCAST",
                    FakeSmsBroadcast::new,
                    CallingProvider::smsBroadcast,
                    WebhookParsers::smsBroadcast,
                    fake -> WebhookVerifiers.secretInQuery("key", "s3cret"),
                    Trait.REPORTS,
                    Trait.REFERS);

    static final CallingProvider SMS_BROADCAST_PORTAL =
            new CallingProvider(
                    "SMS_BROADCAST_PORTAL",
                    CallingProvider::newerPortal,
                    CallingProvider::smsBroadcast,
                    WebhookParsers::smsBroadcast,
                    fake -> WebhookVerifiers.secretInQuery("key", "s3cret"),
                    Trait.HAS_IDS,
                    Trait.REPORTS,
                    Trait.REPORTS_TWICE,
                    Trait.REFERS);

    static final CallingProvider MESSAGE_MEDIA =
            new CallingProvider(
                    "MESSAGE_MEDIA",
                    FakeMessageMedia::new,
                    url -> MessageMedia.builder().baseUrl(url).credentials(pair()).build(),
                    WebhookParsers::messageMedia,
                    fake ->
                            WebhookVerifiers.messageMedia(
                                    "SHA256", ((FakeMessageMedia) fake).publicKey()),
                    Trait.HAS_IDS,
                    Trait.REPORTS,
                    Trait.REPORTS_TWICE,
                    Trait.REFERS,
                    Trait.SIGNS_BODY);

    static final CallingProvider TWILIO =
            new CallingProvider(
                    "TWILIO",
                    FakeTwilio::new,
                    url -> TwilioSms.builder().baseUrl(url).credentials(pair()).build(),
                    WebhookParsers::twilio,
                    fake -> WebhookVerifiers.twilio("12345"),
                    Trait.HAS_IDS,
                    Trait.REPORTS,
                    Trait.REPORTS_TWICE,
                    Trait.SIGNS_BODY);

    static final CallingProvider SIGNALWIRE =
            new CallingProvider(
                    "SIGNALWIRE",
                    FakeTwilio::signalWire,
                    url ->
                            TwilioSms.builder()
                                    .name("signalwire")
                                    .baseUrl(url)
                                    .credentials(pair())
                                    .build(),
                    WebhookParsers::twilio,
                    fake -> WebhookVerifiers.signalWire("12345"),
                    Trait.HAS_IDS,
                    Trait.REPORTS,
                    Trait.REPORTS_TWICE,
                    Trait.SIGNS_BODY);

    static final CallingProvider FLOWROUTE =
            new CallingProvider(
                    "FLOWROUTE",
                    FakeFlowroute::new,
                    url -> Flowroute.builder().baseUrl(url).credentials(pair()).build(),
                    WebhookParsers::flowroute,
                    fake -> WebhookVerifiers.secretInQuery("key", "s3cret"),
                    Trait.AMERICAN,
                    Trait.HAS_IDS,
                    Trait.REPORTS,
                    Trait.REPORTS_TWICE);

    static final CallingProvider TELNYX =
            new CallingProvider(
                    "TELNYX",
                    FakeTelnyx::new,
                    url -> Telnyx.builder().baseUrl(url).apiKey("KEY0123").build(),
                    WebhookParsers::telnyx,
                    fake -> WebhookVerifiers.telnyx(((FakeTelnyx) fake).publicKey()),
                    Trait.HAS_IDS,
                    Trait.REPORTS,
                    Trait.REPORTS_TWICE,
                    Trait.SIGNS_BODY,
                    Trait.SIGNS_TIME);

    static final CallingProvider BANDWIDTH =
            new CallingProvider(
                    "BANDWIDTH",
                    FakeBandwidth::new,
                    url ->
                            Bandwidth.builder()
                                    .baseUrl(url)
                                    .account("5500123")
                                    .application("93de2206")
                                    .credentials(pair())
                                    .build(),
                    WebhookParsers::bandwidth,
                    fake -> WebhookVerifiers.basic(pair()),
                    Trait.HAS_IDS,
                    Trait.REPORTS,
                    Trait.REPORTS_TWICE);

    static final CallingProvider VOIP_MS =
            new CallingProvider(
                    "VOIP_MS",
                    FakeVoipMs::new,
                    url -> VoipMs.builder().baseUrl(url).credentials(pair()).build(),
                    WebhookParsers::voipMs,
                    fake -> WebhookVerifiers.secretInQuery("key", "s3cret"),
                    Trait.AMERICAN,
                    Trait.HAS_IDS);

    static final List<CallingProvider> ALL =
            List.of(
                    BRIDGE,
                    SMS_BROADCAST,
                    SMS_BROADCAST_PORTAL,
                    MESSAGE_MEDIA,
                    TWILIO,
                    SIGNALWIRE,
                    FLOWROUTE,
                    TELNYX,
                    BANDWIDTH,
                    VOIP_MS);

    private final String name;
    private final Supplier<FakeSmsServer> fake;
    private final Function<String, SmsProvider> provider;
    private final Function<SmsOrigin, WebhookParser> parser;
    private final Function<FakeSmsServer, WebhookVerifier> verifier;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

    private CallingProvider(
            String name,
            Supplier<FakeSmsServer> fake,
            Function<String, SmsProvider> provider,
            Function<SmsOrigin, WebhookParser> parser,
            Function<FakeSmsServer, WebhookVerifier> verifier,
            Trait... traits) {
        this.name = name;
        this.fake = fake;
        this.provider = provider;
        this.parser = parser;
        this.verifier = verifier;
        this.traits.addAll(Arrays.asList(traits));
    }

    private static Credentials pair() {
        return Credentials.of("clinic", "secret");
    }

    private static SmsProvider smsBroadcast(String url) {
        return SmsBroadcast.builder().baseUrl(url).credentials(pair()).build();
    }

    private static FakeSmsServer newerPortal() {
        FakeSmsBroadcast fake = new FakeSmsBroadcast();
        fake.newerPortal(true);
        return fake;
    }

    FakeSmsServer start() {
        return fake.get();
    }

    SmsProvider provider(FakeSmsServer running) {
        return provider.apply(running.url());
    }

    WebhookParser parser(SmsOrigin origin) {
        return parser.apply(origin);
    }

    WebhookVerifier verifier(FakeSmsServer running) {
        return verifier.apply(running);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** The ways to forge a call of this provider. */
    Set<WebhookFault> forgeries() {
        EnumSet<WebhookFault> all = EnumSet.of(WebhookFault.WRONG_SECRET, WebhookFault.UNSIGNED);
        if (is(Trait.SIGNS_BODY)) {
            all.add(WebhookFault.CHANGED_BODY);
        }
        if (is(Trait.SIGNS_TIME)) {
            all.add(WebhookFault.TOO_OLD);
        }
        return all;
    }

    Address phone() {
        return Address.phone(is(Trait.AMERICAN) ? "+12065550100" : "+61491570156");
    }

    Address ours() {
        return Address.phone(is(Trait.AMERICAN) ? "+12065550101" : "+61491570110");
    }

    @Override
    public String toString() {
        return name;
    }

    /** What one provider has and another one has not. */
    enum Trait {
        AMERICAN,
        HAS_IDS,
        REPORTS,
        REPORTS_TWICE,
        REFERS,
        SIGNS_BODY,
        SIGNS_TIME
    }
}
