package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.provider.Bandwidth;
import io.github.pbxsdk.sms.provider.Flowroute;
import io.github.pbxsdk.sms.provider.FreePbxBridge;
import io.github.pbxsdk.sms.provider.MessageMedia;
import io.github.pbxsdk.sms.provider.SmsBroadcast;
import io.github.pbxsdk.sms.provider.SmsProvider;
import io.github.pbxsdk.sms.provider.Telnyx;
import io.github.pbxsdk.sms.provider.TwilioSms;
import io.github.pbxsdk.sms.provider.VoipMs;
import io.github.pbxsdk.testing.sms.FakeBandwidth;
import io.github.pbxsdk.testing.sms.FakeFlowroute;
import io.github.pbxsdk.testing.sms.FakeMessageMedia;
import io.github.pbxsdk.testing.sms.FakeSmsBridge;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import io.github.pbxsdk.testing.sms.FakeSmsServer;
import io.github.pbxsdk.testing.sms.FakeTelnyx;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import io.github.pbxsdk.testing.sms.FakeVoipMs;
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
    },
    FLOWROUTE {
        @Override
        FakeSmsServer start() {
            return new FakeFlowroute();
        }

        @Override
        SmsProvider provider(String url) {
            return flowroute(url);
        }
    },
    TELNYX {
        @Override
        FakeSmsServer start() {
            return new FakeTelnyx();
        }

        @Override
        SmsProvider provider(String url) {
            return telnyx(url);
        }
    },
    BANDWIDTH {
        @Override
        FakeSmsServer start() {
            return new FakeBandwidth();
        }

        @Override
        SmsProvider provider(String url) {
            return bandwidth(url);
        }
    },
    VOIP_MS {
        @Override
        FakeSmsServer start() {
            return new FakeVoipMs();
        }

        @Override
        SmsProvider provider(String url) {
            return voipMs(url);
        }

        @Override
        SmsClient.Builder client(FakeSmsServer fake) {
            return super.client(fake).sender(AMERICAN_CLINIC);
        }

        @Override
        TextMessage text() {
            return reminder().toBuilder().to(List.of(AMERICAN)).build();
        }
    };

    static final Address PATIENT = Address.phone("+61491570156");
    static final Address CLINIC = Address.phone("+61491570110");

    static final Address AMERICAN = Address.phone("+12065550100");
    static final Address AMERICAN_CLINIC = Address.phone("+12065550101");

    abstract FakeSmsServer start();

    abstract SmsProvider provider(String url);

    SmsClient.Builder client(FakeSmsServer fake) {
        return SmsClient.builder().provider(provider(fake.url())).sender(CLINIC);
    }

    /** Returns a text to somebody whom this provider can reach. */
    TextMessage text() {
        return reminder();
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

    static Flowroute flowroute(String url) {
        return Flowroute.builder()
                .baseUrl(url)
                .credentials(Credentials.of("key", "secret"))
                .build();
    }

    static Telnyx telnyx(String url) {
        return Telnyx.builder().baseUrl(url).apiKey("KEY0123").build();
    }

    static Bandwidth bandwidth(String url) {
        return Bandwidth.builder()
                .baseUrl(url)
                .account("5500123")
                .application("93de2206")
                .credentials(Credentials.of("token", "secret"))
                .build();
    }

    static VoipMs voipMs(String url) {
        return VoipMs.builder()
                .baseUrl(url)
                .credentials(Credentials.of("clinic", "secret"))
                .build();
    }
}
