package io.github.pbxsdk.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.testing.sms.FakeBandwidth;
import io.github.pbxsdk.testing.sms.FakeFlowroute;
import io.github.pbxsdk.testing.sms.FakeMessageMedia;
import io.github.pbxsdk.testing.sms.FakeSmsServer;
import io.github.pbxsdk.testing.sms.FakeTelnyx;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import io.github.pbxsdk.testing.sms.FakeVoipMs;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each provider of texts is set up by its own settings, and needs nothing else; SMS Broadcast,
 * which belongs to the fake PBX, has its test there.
 */
class PbxProvidersTest {

    @ParameterizedTest
    @MethodSource("accounts")
    void sendsOverTheProviderWhoseSettingsAreThere(
            Supplier<FakeSmsServer> carrier, String url, Map<String, String> account) {
        try (FakeSmsServer server = carrier.get()) {
            Map<String, String> settings = new HashMap<>(account);
            settings.put(url, server.url());
            settings.put("SMS_SENDER_ID", "+12065550101");

            try (Pbx pbx = Pbx.from(settings)) {
                sendHello(pbx);
            }

            assertThat(server.accepted())
                    .singleElement()
                    .satisfies(request -> assertThat(request.body()).contains("Hello"));
        }
    }

    static Stream<Arguments> accounts() {
        return Stream.of(
                account(
                        FakeMessageMedia::new,
                        "MESSAGEMEDIA_URL",
                        Map.of("MESSAGEMEDIA_API_KEY", "key", "MESSAGEMEDIA_API_SECRET", "s")),
                account(
                        FakeTwilio::new,
                        "TWILIO_URL",
                        Map.of("TWILIO_ACCOUNT_SID", "AC1", "TWILIO_AUTH_TOKEN", "token")),
                account(
                        FakeFlowroute::new,
                        "FLOWROUTE_URL",
                        Map.of("FLOWROUTE_ACCESS_KEY", "key", "FLOWROUTE_SECRET_KEY", "secret")),
                account(FakeTelnyx::new, "TELNYX_URL", Map.of("TELNYX_API_KEY", "KEY1")),
                account(
                        FakeBandwidth::new,
                        "BANDWIDTH_URL",
                        Map.of(
                                "BANDWIDTH_API_TOKEN",
                                "token",
                                "BANDWIDTH_API_SECRET",
                                "secret",
                                "BANDWIDTH_ACCOUNT_ID",
                                "5500123",
                                "BANDWIDTH_APPLICATION_ID",
                                "93de2206-9669-4e07-948d-329f4b722ee2")),
                account(
                        FakeVoipMs::new,
                        "VOIPMS_URL",
                        Map.of("VOIPMS_API_USERNAME", "clinic", "VOIPMS_API_PASSWORD", "secret")));
    }

    private static Arguments account(
            Supplier<FakeSmsServer> carrier, String url, Map<String, String> account) {
        return Arguments.of(carrier, url, account);
    }

    @Test
    void namesWhatAnAccountLacks() {
        try (Pbx pbx = Pbx.from(Map.of("BANDWIDTH_API_TOKEN", "t"))) {
            assertThatThrownBy(pbx::sms)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("sms() over bandwidth")
                    .hasMessageContaining("BANDWIDTH_ACCOUNT_ID")
                    .hasMessageContaining("BANDWIDTH_APPLICATION_ID");
        }
    }

    @Test
    void reportsOfTwilioGoWhereTheSettingSays() {
        try (FakeTwilio twilio = new FakeTwilio();
                Pbx pbx = overTwilio(twilio.url(), "https://clinic.example/sms")) {
            sendHello(pbx);

            assertThat(twilio.accepted().get(0).body())
                    .contains("StatusCallback=https%3A%2F%2Fclinic.example%2Fsms");
        }
    }

    private static Pbx overTwilio(String url, String callback) {
        return Pbx.from(
                Map.of(
                        "TWILIO_URL",
                        url,
                        "TWILIO_ACCOUNT_SID",
                        "AC1",
                        "TWILIO_AUTH_TOKEN",
                        "token",
                        "TWILIO_STATUS_CALLBACK",
                        callback,
                        "SMS_SENDER_ID",
                        "+13125550100"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinic.example", "https://clinic.example/s m s"})
    void anAddressForReportsThatIsNoneIsNamed(String callback) {
        try (Pbx pbx = overTwilio("https://twilio.example", callback)) {
            assertThatThrownBy(pbx::sms).hasMessageContaining("TWILIO_STATUS_CALLBACK");
        }
    }

    @Test
    void aTextWithoutASenderComesWithTheWayOut() {
        Map<String, String> settings =
                Map.of("TWILIO_ACCOUNT_SID", "AC1", "TWILIO_AUTH_TOKEN", "token");
        try (Pbx pbx = Pbx.from(settings)) {
            assertThatThrownBy(() -> sendHello(pbx))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("from(...)", "sender(...)", "SMS_SENDER_ID");
        }
    }

    private static void sendHello(Pbx pbx) {
        pbx.sms()
                .messages()
                .send(TextMessage.to(pbx.sms().address("+13125550101")).text("Hello").build());
    }

    @Test
    void aMessagingProfileOfTelnyxChoosesTheSender() {
        try (FakeTelnyx telnyx = new FakeTelnyx();
                Pbx pbx =
                        Pbx.from(
                                Map.of(
                                        "TELNYX_URL",
                                        telnyx.url(),
                                        "TELNYX_API_KEY",
                                        "KEY1",
                                        "TELNYX_MESSAGING_PROFILE_ID",
                                        "profile-7"))) {
            sendHello(pbx);

            assertThat(telnyx.accepted().get(0).body()).contains("profile-7");
        }
    }
}
