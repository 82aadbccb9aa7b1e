package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.Reconciliation.Outcome;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.flowroute.FlowrouteEvents;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.provider.Flowroute;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.testing.sms.FakeFlowroute;
import io.github.pbxsdk.testing.sms.SmsFault;
import io.github.pbxsdk.testing.sms.SmsRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowrouteTest {

    private static final Address HANDSET = Address.phone("+12065550100");
    private static final Address OURS = Address.phone("+12065550101");
    private static final TextMessage HELLO =
            TextMessage.to(HANDSET).from(OURS).text("Hello").build();

    private final Posted posted =
            new Posted(WebhookParsers.flowroute(new SmsOrigin("flowroute", "key")));

    @Test
    void isPostedAnEnvelope() {
        try (FakeFlowroute server = new FakeFlowroute();
                SmsClient client =
                        SmsClient.builder()
                                .provider(
                                        Flowroute.builder()
                                                .baseUrl(server.url())
                                                .credentials(Credentials.of("key", "secret"))
                                                .statusCallback(
                                                        URI.create("https://example.org/dlr"))
                                                .build())
                                .build()) {
            SendResult sent = client.messages().send(HELLO);

            SmsRequest send = server.requests().get(0);
            assertThat(send).hasToString("POST /v2.2/messages");
            assertThat(send.header("Authorization")).contains("Basic a2V5OnNlY3JldA==");
            assertThat(send.header("Content-Type")).contains("application/vnd.api+json");
            assertThat(send.body())
                    .isEqualTo(
                            "{\"data\":{\"type\":\"message\",\"attributes\":{"
                                    + "\"to\":\"+12065550100\",\"from\":\"+12065550101\","
                                    + "\"body\":\"Hello\","
                                    + "\"dlr_callback\":\"https://example.org/dlr\"}}}");
            assertThat(sent.id().map(MessageId::value))
                    .hasValueSatisfying(id -> assertThat(id).startsWith("mdr2-"));
        }
    }

    @Test
    void sendsFilesByTheirAddress() {
        try (FakeFlowroute server = new FakeFlowroute();
                SmsClient client = TestProviders.FLOWROUTE.client(server).build()) {
            client.messages()
                    .send(
                            HELLO.toBuilder()
                                    .addMedia(MediaItem.of(URI.create("https://example.org/a.png")))
                                    .build());

            assertThat(server.requests().get(0).body())
                    .contains("\"is_mms\":true,\"media_urls\":[\"https://example.org/a.png\"]");
        }
    }

    @Test
    void countsTextsAsFlowrouteDoes() {
        try (FakeFlowroute server = new FakeFlowroute();
                SmsClient client = TestProviders.FLOWROUTE.client(server).build()) {
            TextMessage long161 = HELLO.toBuilder().text("é" + "x".repeat(140)).build();

            assertThat(client.messages().send(long161).segments()).isEqualTo(3);
        }
    }

    @Test
    void saysInWordsWhatItRefuses() {
        try (FakeFlowroute server = new FakeFlowroute();
                SmsClient client = TestProviders.FLOWROUTE.client(server).build()) {
            TextMessage wrong =
                    HELLO.toBuilder().to(List.of(Address.phone("+15005550001"))).build();

            SmsRejectedException refusal =
                    catchThrowableOfType(
                            SmsRejectedException.class, () -> client.messages().send(wrong));

            assertThat(refusal.mayHaveBeenSent()).isFalse();
            assertThat(refusal.reason()).isEqualTo("The number +1500•••01 is not valid");
        }
    }

    @Test
    void isAskedForAMessageOfWhichNobodyKnows() {
        try (FakeFlowroute server = new FakeFlowroute();
                SmsClient client = TestProviders.FLOWROUTE.client(server).build()) {
            Messages once = client.with(CallOptions.idempotencyKey("k-1")).messages();
            server.fail(SmsFault.DROP_AFTER_ACCEPTING);
            assertThatThrownBy(() -> once.send(HELLO)).isInstanceOf(PbxException.class);
            for (int i = 0; i < 5; i++) {
                server.receive("in-" + i, "12065550100", "12065550101", "Hi", Instant.now());
            }

            assertThat(once.reconcile(HELLO).outcome()).isEqualTo(Outcome.SENT);
            assertThat(server.accepted()).hasSize(1);
        }
    }

    @Test
    void listsWhatCameOverAllPages() {
        try (FakeFlowroute server = new FakeFlowroute();
                SmsClient client = TestProviders.FLOWROUTE.client(server).build()) {
            for (int i = 0; i < 5; i++) {
                server.receive("in-" + i, "12065550100", "12065550101", "Hi " + i, Instant.now());
            }
            client.messages().send(HELLO);
            SmsInbox inbox = client.inbox();

            inbox.refresh();

            assertThat(inbox.messages()).hasSize(5);
            assertThat(inbox.messages())
                    .allSatisfy(text -> assertThat(text.from()).contains(HANDSET));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listsATextWithItsPicturesAndNotWithThoseOfAnother(boolean besideTheTexts) {
        try (FakeFlowroute server = new FakeFlowroute();
                SmsClient client = TestProviders.FLOWROUTE.client(server).build();
                SmsInbox inbox = client.inbox()) {
            if (!besideTheTexts) {
                server.listNoFiles();
            }
            Instant now = Instant.now();
            server.receive("in-1", "12065550100", "12065550101", "One", now, "image/png");
            server.receive("in-2", "12065550100", "12065550101", "Two", now, "image/jpeg");
            server.receive("in-3", "12065550100", "12065550101", "Three", now);

            inbox.refresh();

            MediaItem picture =
                    MediaItem.builder()
                            .url(URI.create("https://files.example.org/in-1-1"))
                            .contentType("image/png")
                            .name("in-1-1")
                            .build();
            assertThat(inbox.messages())
                    .filteredOn(text -> text.text().equals("One"))
                    .singleElement()
                    .satisfies(text -> assertThat(text.media()).containsExactly(picture));
            assertThat(inbox.messages())
                    .extracting(text -> text.media().size())
                    .containsExactlyInAnyOrder(1, 1, 0);
        }
    }

    @Test
    void aTextWhosePicturesAreGoneSaysSo() {
        try (FakeFlowroute server = new FakeFlowroute();
                SmsClient client = TestProviders.FLOWROUTE.client(server).build();
                SmsInbox inbox = client.inbox()) {
            server.listNoFiles();
            server.forget("in-1");
            server.receive("in-1", "12065550100", "12065550101", "", Instant.now(), "image/png");

            inbox.refresh();

            assertThat(inbox.messages())
                    .singleElement()
                    .satisfies(
                            text ->
                                    assertThat(text.attributes())
                                            .containsEntry("unreadable-media", "true"));
        }
    }

    @Test
    void aListWithSomeOfThePicturesIsNotAllThereIs() {
        String text =
                "{\"id\":\"in-1\",\"attributes\":{\"direction\":\"inbound\",\"from\":\"12065550100\","
                        + "\"is_mms\":true},\"relationships\":{\"media\":{\"data\":["
                        + "{\"type\":\"media\",\"id\":\"m-1\"},{\"type\":\"media\",\"id\":\"m-2\"}]}},"
                        + "\"included\":[%s]}";
        String file =
                "{\"type\":\"media\",\"attributes\":{\"url\":\"https://example.org/%d.jpg\"}}";

        assertThat(lacksFiles(text.formatted(file.formatted(1)))).isTrue();
        assertThat(lacksFiles(text.formatted(file.formatted(1) + "," + file.formatted(2))))
                .isFalse();
    }

    @Test
    void aTextThatTellsOfFewerPicturesThanItHasSaysSo() {
        String twoLinks =
                "{\"id\":\"in-1\",\"attributes\":{\"direction\":\"inbound\",\"from\":\"12065550100\","
                        + "\"is_mms\":true},\"relationships\":{\"media\":{\"data\":["
                        + "{\"type\":\"media\",\"id\":\"m-1\"},{\"type\":\"media\",\"id\":\"m-2\"}]}}";
        String file =
                ",\"included\":[{\"type\":\"media\",\"attributes\":"
                        + "{\"url\":\"https://example.org/1.jpg\"}}]}";
        HttpAnswer answer =
                new HttpAnswer(
                        "GET", 200, HttpHeaders.empty(), "{\"data\":" + twoLinks + "}" + file);

        TextMessage text =
                ((MessageReceivedEvent) FlowrouteEvents.completed(listed(twoLinks + "}"), answer))
                        .message();

        assertThat(text.media()).hasSize(1);
        assertThat(text.attributes()).containsEntry("unreadable-media", "true");
    }

    private static boolean lacksFiles(String listed) {
        return FlowrouteEvents.lacksFiles(listed(listed));
    }

    private static MessageReceivedEvent listed(String json) {
        return (MessageReceivedEvent)
                FlowrouteEvents.listed(new SmsOrigin("flowroute", "one"), JsonObject.parse(json));
    }

    @Test
    void postsATextWithItsPicture() {
        TextMessage text =
                posted.text(
                        "{\"data\":{\"type\":\"message\",\"id\":\"mdr2-0123\",\"attributes\":{"
                                + "\"direction\":\"inbound\",\"to\":\"12065550101\","
                                + "\"from\":\"12065550100\",\"body\":\"Hi\",\"is_mms\":true,"
                                + "\"message_type\":\"longcode\",\"message_encoding\":0,"
                                + "\"status\":\"delivered\","
                                + "\"timestamp\":\"2025-01-15T03:04:05.67Z\"},"
                                + "\"relationships\":{\"media\":{\"data\":[{\"type\":\"media\","
                                + "\"id\":\"m-1\"}]}}},\"included\":[{\"type\":\"media\","
                                + "\"id\":\"m-1\",\"attributes\":{"
                                + "\"url\":\"https://example.org/a.jpg\","
                                + "\"file_name\":\"a.jpg\",\"file_size\":12345,"
                                + "\"mime_type\":\"image/jpeg\"}}]}");

        assertThat(text.id()).contains(MessageId.of("mdr2-0123"));
        assertThat(text.from()).contains(HANDSET);
        assertThat(text.to()).containsExactly(OURS);
        assertThat(text.sentAt()).contains(Instant.parse("2025-01-15T03:04:05.67Z"));
        assertThat(text.media())
                .containsExactly(
                        MediaItem.builder()
                                .url(URI.create("https://example.org/a.jpg"))
                                .contentType("image/jpeg")
                                .name("a.jpg")
                                .build());
    }

    @Test
    void postedFlatInVersion1() {
        TextMessage text =
                posted.text(
                        "{\"to\":\"12065550101\",\"from\":\"12065550100\",\"body\":\"Hi\","
                                + "\"id\":\"1\"}");

        assertThat(text.from()).contains(HANDSET);
        assertThat(text.text()).isEqualTo("Hi");
    }

    @Test
    void reportsTwiceAboutOneMessage() {
        String report =
                "{\"data\":{\"type\":\"delivery_receipt\",\"id\":\"mdr2-0123\",\"attributes\":{"
                        + "\"level\":%d,\"status\":\"%s\",\"status_code\":%d,"
                        + "\"status_code_description\":\"\",\"body\":\"Hello\","
                        + "\"timestamp\":\"2025-01-15T03:04:05.67Z\"}}}";

        var buffered = posted.report(report.formatted(1, "message buffered", 1003));
        var delivered = posted.report(report.formatted(2, "delivered", 0));

        assertThat(buffered.status().state()).isEqualTo(SmsState.SENT);
        assertThat(buffered.status().code()).contains("1003");
        assertThat(delivered.status().state()).isEqualTo(SmsState.DELIVERED);
        assertThat(delivered.status().at()).contains(Instant.parse("2025-01-15T03:04:05.67Z"));
        assertThat(delivered.id()).contains(MessageId.of("mdr2-0123"));
        assertThat(buffered.repetitionKey()).isNotEqualTo(delivered.repetitionKey());
    }

    @Test
    void keepsWhatNobodyKnows() {
        assertThat(posted.event("{\"data\":{\"type\":\"news\"}}"))
                .isInstanceOf(OtherSmsEvent.class);
        assertThat(posted.event("{\"from\":\"1\",\"body\":\"\"}"))
                .isInstanceOf(MessageReceivedEvent.class);
    }
}
