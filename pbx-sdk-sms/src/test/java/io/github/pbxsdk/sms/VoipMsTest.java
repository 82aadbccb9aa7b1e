package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.Balance;
import io.github.pbxsdk.sms.provider.VoipMs;
import io.github.pbxsdk.sms.webhook.WebhookParser;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.testing.sms.FakeVoipMs;
import io.github.pbxsdk.testing.sms.SmsRequest;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoipMsTest {

    private static final Address HANDSET = TestProviders.AMERICAN;
    private static final Address OURS = TestProviders.AMERICAN_CLINIC;
    private static final TextMessage HELLO = TextMessage.to(HANDSET).text("Café & 👍").build();

    private final WebhookParser parser = WebhookParsers.voipMs(new SmsOrigin("voipms", "clinic"));

    @Test
    void isPostedAFormWithTenDigits() {
        try (FakeVoipMs server = new FakeVoipMs();
                SmsClient client = TestProviders.VOIP_MS.client(server).build()) {
            SendResult sent = client.messages().send(HELLO);

            SmsRequest send = server.requests().get(0);
            assertThat(send).hasToString("POST /api/v1/rest.php");
            assertThat(send.target()).doesNotContain("secret");
            assertThat(send.body())
                    .isEqualTo(
                            "api_username=clinic&api_password=secret&method=sendSMS"
                                    + "&did=2065550101&dst=2065550100"
                                    + "&message=Caf%C3%A9+%26+%F0%9F%91%8D");
            assertThat(sent.id()).contains(MessageId.of("23434"));
        }
    }

    @Test
    void sendsFilesAsAnMms() {
        try (FakeVoipMs server = new FakeVoipMs();
                SmsClient client = TestProviders.VOIP_MS.client(server).build()) {
            client.messages()
                    .send(
                            HELLO.toBuilder()
                                    .text("x".repeat(161))
                                    .addMedia(MediaItem.of(URI.create("https://example.org/a.png")))
                                    .build());

            assertThat(server.requests().get(0).parameter("method")).contains("sendMMS");
            assertThat(server.requests().get(0).parameter("media1"))
                    .contains("https://example.org/a.png");
        }
    }

    @Test
    void refusesWhatItWouldCutBeforeAnythingIsSent() {
        try (FakeVoipMs server = new FakeVoipMs();
                SmsClient client = TestProviders.VOIP_MS.client(server).build()) {
            client.messages().send(HELLO.toBuilder().text("é".repeat(80)).build());
            for (TextMessage wrong :
                    List.of(
                            HELLO.toBuilder().text("é".repeat(80) + "x").build(),
                            HELLO.toBuilder().to(List.of(TestProviders.PATIENT)).build(),
                            HELLO.toBuilder().from(TestProviders.CLINIC).build())) {
                assertThatThrownBy(() -> client.messages().send(wrong))
                        .isInstanceOf(IllegalArgumentException.class);
            }

            assertThat(server.sends()).hasSize(1);
            assertThat(client.messages().unresolved()).isEmpty();
        }
    }

    @Test
    void refusesWithStatus200() {
        try (FakeVoipMs server = new FakeVoipMs();
                SmsClient client = TestProviders.VOIP_MS.client(server).build()) {
            TextMessage wrong = HELLO.toBuilder().from(Address.phone("+12065550199")).build();

            SmsRejectedException refusal =
                    catchThrowableOfType(
                            SmsRejectedException.class, () -> client.messages().send(wrong));

            assertThat(refusal.kind()).isEqualTo(Kind.INVALID_SENDER);
            assertThat(refusal.providerCode()).isEqualTo("invalid_did");
            assertThat(refusal.mayHaveBeenSent()).isFalse();
        }
    }

    @Test
    void saysInAWordThatItDoesNotKnowUs() {
        try (FakeVoipMs server = new FakeVoipMs();
                SmsClient client =
                        SmsClient.builder()
                                .provider(
                                        VoipMs.builder()
                                                .baseUrl(server.url())
                                                .credentials(Credentials.of("clinic", "wrong"))
                                                .build())
                                .sender(OURS)
                                .build()) {
            assertThatThrownBy(() -> client.messages().send(HELLO))
                    .isInstanceOf(PbxAuthenticationException.class);
        }
    }

    @Test
    void tellsTheBalanceInTheCurrencyOfTheAccount() {
        try (FakeVoipMs server = new FakeVoipMs();
                SmsClient client =
                        SmsClient.builder()
                                .provider(
                                        VoipMs.builder()
                                                .baseUrl(server.url())
                                                .credentials(Credentials.of("clinic", "secret"))
                                                .currency("CAD")
                                                .build())
                                .build()) {
            assertThat(client.balance()).isEqualTo(Balance.money(new BigDecimal("12.50"), "CAD"));
        }
    }

    @Test
    void keepsThePasswordOffOpenNetworks() {
        assertThatThrownBy(
                        () ->
                                VoipMs.builder()
                                        .baseUrl("http://voip.example.com")
                                        .credentials(Credentials.of("clinic", "secret"))
                                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clear text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sms?to=2065550101&from=2065550100&message=Hi%3B+to%3Dyou&id=77&date=2025-01-15+03:04:05&media=",
                "/sms?to=2065550101;from=2065550100;message=Hi%3B+to%3Dyou;id=77;date=2025-01-15+03:04:05;media={MEDIA}"
            })
    void callsAUrlWhosePairsArePartedInOneWayOrTheOther(String url) {
        TextMessage text = text(url);

        assertThat(text.id()).contains(MessageId.of("77"));
        assertThat(text.from()).contains(HANDSET);
        assertThat(text.to()).containsExactly(OURS);
        assertThat(text.text()).isEqualTo("Hi; to=you");
        assertThat(text.sentAt()).as("nobody knows whose time it is").isEmpty();
        assertThat(text.media()).isEmpty();
    }

    @Test
    void bringsFilesByTheirAddresses() {
        TextMessage text =
                text(
                        "/sms?from=2065550100&media=https%3A%2F%2Fvoip.ms%2Fa.jpg,https://voip.ms/b.png");

        assertThat(text.media())
                .containsExactly(
                        MediaItem.of(URI.create("https://voip.ms/a.jpg")),
                        MediaItem.of(URI.create("https://voip.ms/b.png")));
    }

    @Test
    void hearsOkAndKeepsWhatNobodyKnows() {
        assertThat(parser.acknowledgement().body()).isEqualTo("ok");
        assertThat(event("/sms")).isInstanceOf(OtherSmsEvent.class);
    }

    private TextMessage text(String url) {
        return ((MessageReceivedEvent) event(url)).message();
    }

    private SmsEvent event(String url) {
        return parser.parse(WebhookRequest.of("GET", url, HttpHeaders.empty(), new byte[0])).get(0);
    }
}
