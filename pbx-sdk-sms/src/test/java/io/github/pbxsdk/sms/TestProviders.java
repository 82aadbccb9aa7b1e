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

/** Each built-in provider with the server that it talks to. */
enum TestProviders {
    FREEPBX_BRIDGE {
        @Override
        FakeSmsServer start() {
            return new FakeSmsBridge();
        }

        @Override
        SmsProvider provider(String url) {
            return bridge(url);
        }
    },
    SMS_BROADCAST {
        @Override
        FakeSmsServer start() {
            return new FakeSmsBroadcast();
        }

        @Override
        SmsProvider provider(String url) {
            return broadcast(url);
        }
    },
    MESSAGE_MEDIA {
        @Override
        FakeSmsServer start() {
            return new FakeMessageMedia();
        }

        @Override
        SmsProvider provider(String url) {
            return messageMedia(url);
        }
    },
    TWILIO {
        @Override
        FakeSmsServer start() {
            return new FakeTwilio();
        }

        @Override
        SmsProvider provider(String url) {
            return twilio(url);
        }
    };

    static final Address PATIENT = Address.phone("+61491570156");
    static final Address CLINIC = Address.phone("+61491570110");

    abstract FakeSmsServer start();

    abstract SmsProvider provider(String url);

    SmsClient.Builder client(FakeSmsServer fake) {
        return SmsClient.builder().provider(provider(fake.url())).sender(CLINIC);
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
