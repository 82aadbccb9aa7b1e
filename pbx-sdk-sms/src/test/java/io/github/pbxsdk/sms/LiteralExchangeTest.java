package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.internal.broadcast.BroadcastLines;
import io.github.pbxsdk.sms.internal.messagemedia.MessageMediaJson;
import io.github.pbxsdk.sms.internal.twilio.TwilioJson;
import io.github.pbxsdk.sms.provider.FreePbxBridge;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.TwilioSms;
import io.github.pbxsdk.testing.sms.FakeMessageMedia;
import io.github.pbxsdk.testing.sms.FakeSmsBridge;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import io.github.pbxsdk.testing.sms.SmsRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, to the letter, and what the providers' documents say comes back. */
class LiteralExchangeTest {

    private static final TextMessage MESSAGE =
            TextMessage.to(TestProviders.PATIENT).text("Café & 👍").reference("1214").build();
    private static final Instant MORNING = Instant.parse("2031-01-15T22:00:00Z");
    private static final TextMessage IN_THE_MORNING =
            TextMessage.to(TestProviders.PATIENT)
                    .text("New insoles")
                    .addMedia(MediaItem.of(URI.create("https://example.org/a.jpg")))
                    .scheduledAt(MORNING)
                    .validFor(Duration.ofHours(2))
                    .build();

    @Test
    void theBridgeIsAskedAsItsGuideSays() {
        try (FakeSmsBridge server = new FakeSmsBridge();
                SmsClient client = TestProviders.FREEPBX_BRIDGE.client(server).build()) {
            client.messages().send(MESSAGE);
            client.unreadCount();

            SmsRequest send = server.requests().get(0);
            assertThat(send).hasToString("POST /api/sms/send");
            assertThat(send.header("Authorization")).contains("Basic a2V5OnNlY3JldA==");
            assertThat(send.header("Content-Type")).contains("application/json");
            assertThat(send.body())
                    .isEqualTo(
                            "{\"to\":\"+61491570156\",\"from\":\"+61491570110\","
                                    + "\"message\":\"Café & 👍\"}");
            assertThat(server.requests().get(1)).hasToString("GET /api/sms/unread");
        }
    }

    @Test
    void smsBroadcastIsPostedAForm() {
        try (FakeSmsBroadcast server = new FakeSmsBroadcast();
                SmsClient client = TestProviders.SMS_BROADCAST.client(server).build()) {
            client.messages().send(MESSAGE);

            SmsRequest send = server.requests().get(0);
            assertThat(send).hasToString("POST /api-adv.php");
            assertThat(send.target()).doesNotContain("secret");
            assertThat(send.body())
                    .isEqualTo(
                            "username=clinic&password=secret&to=61491570156"
                                    + "&message=Caf%C3%A9+%26+%F0%9F%91%8D&maxsplit=5"
                                    + "&from=61491570110&ref=1214");
        }
    }

    @Test
    void messageMediaGetsOurKeyWithTheMessage() {
        try (FakeMessageMedia server = new FakeMessageMedia();
                SmsClient client = TestProviders.MESSAGE_MEDIA.client(server).build()) {
            client.with(CallOptions.idempotencyKey("k-1")).messages().send(MESSAGE);

            SmsRequest send = server.requests().get(0);
            assertThat(send).hasToString("POST /v1/messages");
            assertThat(send.body())
                    .isEqualTo(
                            "{\"messages\":[{\"content\":\"Café & 👍\","
                                    + "\"destination_number\":\"+61491570156\",\"format\":\"SMS\","
                                    + "\"delivery_report\":true,"
                                    + "\"source_number\":\"+61491570110\","
                                    + "\"source_number_type\":\"INTERNATIONAL\","
                                    + "\"metadata\":{\"pbxSdkKey\":\"k-1\","
                                    + "\"apiClientRef\":\"1214\"}}]}");
        }
    }

    @Test
    void theRoutesOfABridgeMayBeElsewhere() {
        try (FakeSmsBridge server = new FakeSmsBridge();
                SmsClient client =
                        SmsClient.builder()
                                .provider(
                                        FreePbxBridge.builder()
                                                .baseUrl(server.url())
                                                .credentials(Credentials.of("key", "secret"))
                                                .sendPath("/clinic/api/sms/send")
                                                .messagesPath("/clinic/api/sms/messages")
                                                .unreadPath("/clinic/api/sms/unread")
                                                .build())
                                .sender(TestProviders.CLINIC)
                                .build();
                SmsInbox inbox = client.inbox()) {
            client.messages().send(MESSAGE);
            client.unreadCount();
            inbox.refresh();

            assertThat(server.requests())
                    .extracting(SmsRequest::path)
                    .containsExactly(
                            "/clinic/api/sms/send",
                            "/clinic/api/sms/unread",
                            "/clinic/api/sms/messages");
        }
    }

    @Test
    void messageMediaIsToldWhenToSendUntilWhenAndWithWhichPictures() {
        try (FakeMessageMedia server = new FakeMessageMedia();
                SmsClient client = TestProviders.MESSAGE_MEDIA.client(server).build()) {
            client.with(CallOptions.idempotencyKey("k-1")).messages().send(IN_THE_MORNING);

            assertThat(server.requests().get(0).body())
                    .isEqualTo(
                            "{\"messages\":[{\"content\":\"New insoles\","
                                    + "\"destination_number\":\"+61491570156\",\"format\":\"MMS\","
                                    + "\"delivery_report\":true,"
                                    + "\"source_number\":\"+61491570110\","
                                    + "\"source_number_type\":\"INTERNATIONAL\","
                                    + "\"scheduled\":\"2031-01-15T22:00:00Z\","
                                    + "\"message_expiry_timestamp\":\"2031-01-16T00:00:00Z\","
                                    + "\"media\":[\"https://example.org/a.jpg\"],"
                                    + "\"metadata\":{\"pbxSdkKey\":\"k-1\"}}]}");
        }
    }

    @Test
    void aServiceOfTwilioIsToldWhenToSendUntilWhenWithWhichPicturesAndWhereToReport() {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client =
                        SmsClient.builder()
                                .provider(
                                        TwilioSms.builder()
                                                .baseUrl(server.url())
                                                .credentials(Credentials.of("AC1", "12345"))
                                                .messagingService("MG1")
                                                .statusCallback(
                                                        URI.create("https://example.org/sms"))
                                                .build())
                                .build()) {
            client.messages().send(IN_THE_MORNING);

            assertThat(server.sends().get(0).body())
                    .isEqualTo(
                            "To=%2B61491570156&MessagingServiceSid=MG1&Body=New+insoles"
                                    + "&MediaUrl=https%3A%2F%2Fexample.org%2Fa.jpg"
                                    + "&ValidityPeriod=7200&ScheduleType=fixed"
                                    + "&SendAt=2031-01-15T22%3A00%3A00Z"
                                    + "&StatusCallback=https%3A%2F%2Fexample.org%2Fsms");
        }
    }

    @Test
    void smsBroadcastIsToldHowManyMinutesToWait() {
        ManualTime time = ManualTime.startingAt(Instant.parse("2031-01-15T21:29:30Z"));
        try (PbxResources resources = PbxResources.builder().time(time).build();
                FakeSmsBroadcast server = new FakeSmsBroadcast();
                SmsClient client =
                        TestProviders.SMS_BROADCAST.client(server).resources(resources).build()) {
            client.messages()
                    .send(TestProviders.reminder().toBuilder().scheduledAt(MORNING).build());

            assertThat(server.sends().get(0).parameter("delay")).contains("31");
        }
    }

    @Test
    void twilioAndSignalWireArePostedAForm() {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client =
                        SmsClient.builder()
                                .provider(
                                        TwilioSms.builder()
                                                .name("signalwire")
                                                .baseUrl(server.url() + "/api/laml/")
                                                .credentials(Credentials.of("project", "token"))
                                                .build())
                                .sender(TestProviders.CLINIC)
                                .build()) {
            client.messages().send(MESSAGE.toBuilder().validFor(Duration.ofMinutes(10)).build());

            SmsRequest send = server.requests().get(0);
            assertThat(send)
                    .hasToString("POST /api/laml/2010-04-01/Accounts/project/Messages.json");
            assertThat(send.body())
                    .isEqualTo(
                            "To=%2B61491570156&From=%2B61491570110"
                                    + "&Body=Caf%C3%A9+%26+%F0%9F%91%8D&ValidityPeriod=600");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OK: 61491570156:2942263\n",
                "OK:61491570156:2942263",
                "\r\nOK: 1:2942263\r\n"
            })
    void smsBroadcastSaysOkInSeveralWays(String body) {
        assertThat(BroadcastLines.receipt(answer(200, body)).id())
                .contains(MessageId.of("2942263"));
    }

    @ParameterizedTest
    @CsvSource({
        "BAD:0400abc111:Invalid Number, INVALID_RECIPIENT",
        "ERROR: Insufficient credits, INSUFFICIENT_FUNDS",
        "ERROR: Message too long, TOO_LONG"
    })
    void smsBroadcastRefusesWithStatus200(String body, Kind kind) {
        SmsRejectedException refusal =
                catchThrowableOfType(
                        SmsRejectedException.class,
                        () -> BroadcastLines.receipt(answer(200, body)));

        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.mayHaveBeenSent()).isFalse();
    }

    @Test
    void onlyTheWordsTellThatSmsBroadcastDoesNotKnowUs() {
        assertThat(
                        catchThrowableOfType(
                                PbxAuthenticationException.class,
                                () ->
                                        BroadcastLines.receipt(
                                                answer(
                                                        200,
                                                        "ERROR: Username or password is"
                                                                + " incorrect"))))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Welcome</html>", "OK: 1:2\nOK: 3:4", "OK: 61491570156:"})
    void whatNobodyCanReadMayHaveBeenSent(String body) {
        assertThat(
                        catchThrowableOfType(
                                        PbxProtocolException.class,
                                        () -> BroadcastLines.receipt(answer(200, body)))
                                .mayHaveBeenSent())
                .isTrue();
    }

    @Test
    void messageMediaNamesTheCulprit() {
        SmsRejectedException refusal =
                catchThrowableOfType(
                        SmsRejectedException.class,
                        () ->
                                MessageMediaJson.receipt(
                                        answer(
                                                400,
                                                "{\"message\":\"bad\",\"details\":["
                                                        + "\"/messages/0/destination_number: bad\"]}")));

        assertThat(refusal.kind()).isEqualTo(Kind.INVALID_RECIPIENT);
    }

    @ParameterizedTest
    @CsvSource({
        "21614, INVALID_RECIPIENT",
        "21606, INVALID_SENDER",
        "21408, UNSUPPORTED",
        "21617, TOO_LONG",
        "99999, INVALID_REQUEST"
    })
    void twilioHasANumberForEverything(String code, Kind kind) {
        String body = "{\"code\":" + code + ",\"message\":\"no\",\"status\":400}";

        assertThat(
                        catchThrowableOfType(
                                        SmsRejectedException.class,
                                        () -> TwilioJson.receipt(answer(400, body)))
                                .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "queued, QUEUED",
        "SENT, SENT",
        "partially_delivered, SENT",
        "undelivered, UNDELIVERED",
        "receiving, UNKNOWN",
        "brand-new-word, UNKNOWN"
    })
    void aNewWordIsUnknownAndKept(String words, SmsState state) {
        assertThat(TwilioJson.status(words)).isEqualTo(SmsStatus.of(state, words));
    }

    @Test
    void numbersInReasonsAreShortened() {
        SmsRejectedException refusal =
                (SmsRejectedException)
                        answer(400, "").refusal(Kind.OTHER, "1", "61491570156 is\r\nno number");

        assertThat(refusal.reason()).isEqualTo("6149•••56 is  no number");
    }

    private static HttpAnswer answer(int status, String body) {
        return new HttpAnswer("POST http://127.0.0.1", status, HttpHeaders.empty(), body);
    }

    @Test
    void nobodyIsSentToAShortCodeBySmsBroadcast() {
        assertThat(
                        TestProviders.broadcast("http://127.0.0.1")
                                .capabilities()
                                .objection(
                                        TextMessage.to(Address.shortCode("12345"))
                                                .text("Hi")
                                                .build()))
                .isPresent();
    }
}
