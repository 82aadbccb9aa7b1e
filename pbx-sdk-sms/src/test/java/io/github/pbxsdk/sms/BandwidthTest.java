package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.Bandwidth;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.testing.sms.FakeBandwidth;
import io.github.pbxsdk.testing.sms.SmsRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandwidthTest {

    private static final Address HANDSET = Address.phone("+12065550100");
    private static final Address OURS = Address.phone("+12065550101");
    private static final TextMessage HELLO =
            TextMessage.to(HANDSET).from(OURS).text("Hello").reference("1214").build();
    private static final String EVENT =
            "{\"type\":\"%s\",\"time\":\"2025-01-15T03:04:05.678Z\",\"to\":\"%s\","
                    + "\"description\":\"%s\"%s,\"message\":{\"id\":\"m-1\","
                    + "\"owner\":\"+12065550101\",\"applicationId\":\"93de2206\","
                    + "\"from\":\"+12065550100\",\"to\":[\"+12065550101\",\"+12065550102\"],"
                    + "\"text\":\"Hi\",\"media\":[\"https://example.org/a.jpg\","
                    + "\"https://example.org/0.smil\"],\"tag\":\"1214\",\"direction\":\"in\","
                    + "\"segmentCount\":1}}";

    private final Posted posted =
            new Posted(WebhookParsers.bandwidth(new SmsOrigin("bandwidth", "5500123")));

    @Test
    void isPostedJsonToTheAccount() {
        try (FakeBandwidth server = new FakeBandwidth();
                SmsClient client = TestProviders.BANDWIDTH.client(server).build()) {
            SendResult sent =
                    client.messages()
                            .send(
                                    HELLO.toBuilder()
                                            .addMedia(
                                                    MediaItem.of(
                                                            URI.create(
                                                                    "https://example.org/a.png")))
                                            .build());

            SmsRequest send = server.requests().get(0);
            assertThat(send).hasToString("POST /api/v2/users/5500123/messages");
            assertThat(send.header("Authorization")).contains("Basic dG9rZW46c2VjcmV0");
            assertThat(send.body())
                    .isEqualTo(
                            "{\"applicationId\":\"93de2206\",\"to\":[\"+12065550100\"],"
                                    + "\"from\":\"+12065550101\",\"text\":\"Hello\","
                                    + "\"media\":[\"https://example.org/a.png\"],"
                                    + "\"tag\":\"1214\"}");
            assertThat(sent.status().state()).isEqualTo(SmsState.ACCEPTED);
        }
    }

    @Test
    void namesTheFieldThatItRefuses() {
        try (FakeBandwidth server = new FakeBandwidth();
                SmsClient client = TestProviders.BANDWIDTH.client(server).build()) {
            TextMessage wrong =
                    HELLO.toBuilder().to(List.of(Address.phone("+15005550001"))).build();

            SmsRejectedException refusal =
                    catchThrowableOfType(
                            SmsRejectedException.class, () -> client.messages().send(wrong));

            assertThat(refusal.kind()).isEqualTo(Kind.INVALID_RECIPIENT);
            assertThat(refusal.providerCode()).isEqualTo("request-validation");
            assertThat(refusal.reason()).isEqualTo("'+1500•••01' is not a valid number");
        }
    }

    @Test
    void postsAnArrayAlsoOfOneText() {
        TextMessage text =
                posted.text(
                        "["
                                + EVENT.formatted(
                                        "message-received",
                                        "+12065550101",
                                        "Incoming message received",
                                        "")
                                + "]");

        assertThat(text.id()).contains(MessageId.of("m-1"));
        assertThat(text.from()).contains(HANDSET);
        assertThat(text.to()).containsExactly(OURS, Address.phone("+12065550102"));
        assertThat(text.sentAt()).contains(Instant.parse("2025-01-15T03:04:05.678Z"));
        assertThat(text.media())
                .as("how the phone arranged the parts is no content")
                .containsExactly(MediaItem.of(URI.create("https://example.org/a.jpg")));
    }

    @ParameterizedTest
    @CsvSource({
        "message-sending, Message is sending, , QUEUED",
        "message-delivered, ok, , DELIVERED",
        "message-failed, destination-rejected-message, 4750, REJECTED",
        "message-failed, destination-unreachable, 4720, UNDELIVERED",
        "message-failed, service-unavailable, 5600, UNDELIVERED"
    })
    void reportsHowFarAMessageCame(String type, String description, String code, SmsState state) {
        String withCode = code == null ? "" : ",\"errorCode\":" + code;

        var report =
                posted.report(
                        "[" + EVENT.formatted(type, "+12065550100", description, withCode) + "]");

        assertThat(report.status().state()).isEqualTo(state);
        assertThat(report.status().words()).isEqualTo(type);
        assertThat(report.status().code().orElse(null)).isEqualTo(code);
        assertThat(report.to()).contains(HANDSET);
        assertThat(report.reference()).contains("1214");
        assertThat(report.repetitionKey()).contains("report|m-1|" + type + "|+12065550100");
    }

    @Test
    void keepsWhatNobodyKnows() {
        assertThat(posted.event("[{\"type\":\"call-started\"}]")).isInstanceOf(OtherSmsEvent.class);
    }

    @Test
    void anAccountIsNoPath() {
        assertThatThrownBy(() -> Bandwidth.builder().account("../admin"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
