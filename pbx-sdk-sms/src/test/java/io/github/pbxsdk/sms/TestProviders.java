package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.provider.FreePbxBridge;
import io.github.pbxsdk.sms.provider.MessageMedia;
import io.github.pbxsdk.sms.provider.SmsBroadcast;
import io.github.pbxsdk.sms.provider.SmsProvider;
import io.github.pbxsdk.sms.provider.TwilioSms;
import io.github.pbxsdk.testing.sms.FakeMessageMedia;
import io.github.pbxsdk.testing.sms.FakeSmsBridge;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import io.github.pbxsdk.testing.sms.FakeSmsServer;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Each built-in provider with the server that it talks to. */
enum TestProviders {
    FREEPBX_BRIDGE(FakeSmsBridge::new, TestProviders::bridge),
    SMS_BROADCAST(FakeSmsBroadcast::new, TestProviders::broadcast),
    MESSAGE_MEDIA(FakeMessageMedia::new, TestProviders::messageMedia),
    TWILIO(FakeTwilio::new, TestProviders::twilio);

    static final Address PATIENT = Address.phone("+61491570156");
    static final Address CLINIC = Address.phone("+61491570110");

    private final Supplier<FakeSmsServer> server;
    private final Function<String, SmsProvider> provider;

    TestProviders(Supplier<FakeSmsServer> server, Function<String, SmsProvider> provider) {
        this.server = server;
        this.provider = provider;
    }

    FakeSmsServer start() {
        return server.get();
    }

    SmsClient.Builder client(FakeSmsServer fake) {
        return SmsClient.builder().provider(provider.apply(fake.url())).sender(CLINIC);
    }

    static TextMessage reminder() {
        return TextMessage.to(PATIENT).text("See you tomorrow at 3 pm.").build();
    }

    static FreePbxBridge bridge(String url) {
        return FreePbxBridge.builder()
                .baseUrl(url)
                .credentials(Credentials.of("key", "secret"))
                .ownNumbers(List.of(CLINIC))
                .build();
    }

    static SmsBroadcast broadcast(String url) {
        return SmsBroadcast.builder()
                .baseUrl(url)
                .credentials(Credentials.of("clinic", "secret"))
                .build();
    }

    static MessageMedia messageMedia(String url) {
        return MessageMedia.builder()
                .baseUrl(url)
                .credentials(Credentials.of("key", "secret"))
                .build();
    }

    static TwilioSms twilio(String url) {
        return TwilioSms.builder().baseUrl(url).credentials(Credentials.of("AC1", "12345")).build();
    }
}
