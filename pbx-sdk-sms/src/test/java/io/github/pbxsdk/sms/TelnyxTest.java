package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OptOutEvent;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.Balance;
import io.github.pbxsdk.sms.provider.Telnyx;
import io.github.pbxsdk.sms.webhook.SmsWebhook;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookVerifiers;
import io.github.pbxsdk.testing.sms.FakeTelnyx;
import io.github.pbxsdk.testing.sms.SmsRequest;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelnyxTest {

    private static final SmsOrigin ORIGIN = new SmsOrigin("telnyx", "default");
    private static final Address HANDSET = Address.phone("+12065550100");
    private static final Address OURS = Address.phone("+12065550101");
    private static final TextMessage HELLO =
            TextMessage.to(HANDSET).from(OURS).text("Hello").build();
    private static final String RECEIVED =
            "{\"data\":{\"id\":\"e-1\",\"event_type\":\"message.received\","
                    + "\"occurred_at\":\"2025-01-15T03:04:05.678+00:00\",\"payload\":{"
                    + "\"id\":\"m-1\",\"direction\":\"inbound\","
                    + "\"from\":{\"phone_number\":\"+12065550100\"},"
                    + "\"to\":[{\"phone_number\":\"+12065550101\","
                    + "\"status\":\"webhook_delivered\"}],\"text\":\"Hi\","
                    + "\"media\":[{\"url\":\"https://example.org/a.jpg\","
                    + "\"content_type\":\"image/jpeg\",\"size\":12345}],\"errors\":[]}},"
                    + "\"meta\":{\"attempt\":1}}";

    private final Posted posted = new Posted(WebhookParsers.telnyx(ORIGIN));

    @Test
    void isPostedJsonWithABearerToken() {
        try (FakeTelnyx server = new FakeTelnyx();
                SmsClient client = TestProviders.TELNYX.client(server).build()) {
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
            assertThat(send).hasToString("POST /v2/messages");
            assertThat(send.header("Authorization")).contains("Bearer KEY0123");
            assertThat(send.body())
                    .isEqualTo(
                            "{\"from\":\"+12065550101\",\"to\":\"+12065550100\","
                                    + "\"text\":\"Hello\","
                                    + "\"media_urls\":[\"https://example.org/a.png\"]}");
            assertThat(sent.status().state()).isEqualTo(SmsState.QUEUED);
        }
    }

    @Test
    void aProfileChoosesTheSenderAndTheTimeTravelsAlong() {
        try (FakeTelnyx server = new FakeTelnyx();
                SmsClient client =
                        SmsClient.builder()
                                .provider(
                                        Telnyx.builder()
                                                .baseUrl(server.url())
                                                .apiKey("KEY0123")
                                                .messagingProfile("p-1")
                                                .statusCallback(
                                                        URI.create("https://example.org/dlr"))
                                                .build())
                                .build()) {
            SendResult sent =
                    client.messages()
                            .send(
                                    TextMessage.to(HANDSET)
                                            .text("Hello")
                                            .scheduledAt(Instant.parse("2026-01-15T03:04:00Z"))
                                            .build());

            assertThat(server.requests().get(0).body())
                    .isEqualTo(
                            "{\"to\":\"+12065550100\",\"text\":\"Hello\","
                                    + "\"messaging_profile_id\":\"p-1\","
                                    + "\"send_at\":\"2026-01-15T03:04:00Z\","
                                    + "\"webhook_url\":\"https://example.org/dlr\"}");
            assertThat(sent.status().state()).isEqualTo(SmsState.SCHEDULED);
        }
    }

    @Test
    void withoutAProfileSomebodyMustSend() {
        try (FakeTelnyx server = new FakeTelnyx();
                SmsClient client =
                        SmsClient.builder().provider(TestProviders.telnyx(server.url())).build()) {
            TextMessage fromNobody = TextMessage.to(HANDSET).text("Hello").build();

            assertThatThrownBy(() -> client.messages().send(fromNobody))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no sender");
        }
    }

    @ParameterizedTest
    @CsvSource({"+15005550001, INVALID_RECIPIENT", "+15005550004, OPTED_OUT"})
    void saysByANumberWhatItRefuses(String to, Kind kind) {
        try (FakeTelnyx server = new FakeTelnyx();
                SmsClient client = TestProviders.TELNYX.client(server).build()) {
            TextMessage message = HELLO.toBuilder().to(List.of(Address.phone(to))).build();

            SmsRejectedException refusal =
                    catchThrowableOfType(
                            SmsRejectedException.class, () -> client.messages().send(message));

            assertThat(refusal.kind()).isEqualTo(kind);
            assertThat(refusal.mayHaveBeenSent()).isFalse();
        }
    }

    @Test
    void tellsTheBalance() {
        try (FakeTelnyx server = new FakeTelnyx();
                SmsClient client = TestProviders.TELNYX.client(server).build()) {
            assertThat(client.balance()).isEqualTo(Balance.money(new BigDecimal("300.00"), "USD"));
        }
    }

    @Test
    void postsATextWithItsPicture() {
        TextMessage text = posted.text(RECEIVED);

        assertThat(text.id()).contains(MessageId.of("m-1"));
        assertThat(text.from()).contains(HANDSET);
        assertThat(text.to()).containsExactly(OURS);
        assertThat(text.sentAt()).contains(Instant.parse("2025-01-15T03:04:05.678Z"));
        assertThat(text.media())
                .extracting(item -> item.contentType().orElseThrow())
                .containsExactly("image/jpeg");
    }

    @ParameterizedTest
    @CsvSource({
        "message.sent, sent, SENT",
        "message.finalized, delivered, DELIVERED",
        "message.finalized, delivery_failed, UNDELIVERED",
        "message.finalized, delivery_unconfirmed, SENT",
        "message.finalized, sending_failed, FAILED",
        "message.finalized, expired, EXPIRED",
        "message.finalized, brand_new, UNKNOWN"
    })
    void reportsHowFarAMessageCame(String type, String words, SmsState state) {
        var report =
                posted.report(
                        ("{\"data\":{\"id\":\"e-2\",\"event_type\":\"" + type)
                                + "\",\"occurred_at\":\"2025-01-15T03:04:05.678Z\",\"payload\":{"
                                + "\"id\":\"m-1\",\"to\":[{\"phone_number\":\"+12065550100\","
                                + ("\"status\":\"" + words)
                                + "\"}],\"errors\":[{\"code\":\"40008\"}]}}}");

        assertThat(report.status().state()).isEqualTo(state);
        assertThat(report.status().code()).contains("40008");
        assertThat(report.id()).contains(MessageId.of("m-1"));
        assertThat(report.to()).contains(HANDSET);
        assertThat(report.repetitionKey()).contains("report|e-2");
    }

    @Test
    void keepsWhatNobodyKnows() {
        assertThat(posted.event("{\"data\":{\"event_type\":\"call.initiated\"}}"))
                .isInstanceOf(OtherSmsEvent.class);
    }

    @Test
    void acceptsOnlyWhatTelnyxSigned() {
        List<SmsEvent> handled = new ArrayList<>();
        Time time = ManualTime.startingAt(Instant.ofEpochSecond(1_700_000_010));
        try (StateStore store = StateStore.inMemory()) {
            SmsWebhook webhook =
                    SmsWebhook.builder()
                            .parser(WebhookParsers.telnyx(ORIGIN))
                            .verifier(
                                    WebhookVerifiers.telnyx(
                                            "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="))
                            .intake(SmsIntake.builder().store(store).handler(handled::add).build())
                            .time(time)
                            .build();
            String signature =
                    "K7VcG4FwrJElTZQuuMjgRsShfiMD/cRlI/rYFi/YZs0txJENzEiIIqL68zGgOekgF/ap1T7syscouYdD"
                            + "caICBw==";

            assertThat(webhook.handle(signed(signature, "message.received")).status())
                    .isEqualTo(200);
            assertThat(webhook.handle(signed(signature, "message.recei.ed")).status())
                    .isEqualTo(401);
            assertThat(handled).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"STOP, STOP", "start, START", "HELP, HELP"})
    void whatTelnyxHasAnsweredByItselfIsAWish(String type, OptOutEvent.Wish wish) {
        SmsEvent event = posted.event(RECEIVED.replace("\"text\"", answered(type) + "\"text\""));

        assertThat(event)
                .isInstanceOfSatisfying(
                        OptOutEvent.class,
                        optOut -> {
                            assertThat(optOut.wish()).isEqualTo(wish);
                            assertThat(optOut.message().from()).contains(HANDSET);
                            assertThat(optOut.repetitionKey()).contains("in|m-1");
                        });
    }

    @Test
    void aKeywordOfTheAccountsOwnIsAText() {
        assertThat(posted.event(RECEIVED.replace("\"text\"", answered("PARKING") + "\"text\"")))
                .isInstanceOf(MessageReceivedEvent.class);
    }

    private static String answered(String type) {
        return "\"autoresponse_type\":\"" + type + "\",";
    }

    private static WebhookRequest signed(String signature, String type) {
        HttpHeaders.Builder headers = HttpHeaders.builder();
        headers.add("telnyx-timestamp", "1700000000");
        headers.add("telnyx-signature-ed25519", signature);
        String body = "{\"data\":{\"event_type\":\"" + type + "\"}}";
        return WebhookRequest.of(
                "POST", "/sms", headers.build(), body.getBytes(StandardCharsets.UTF_8));
    }
}
