package io.github.pbxsdk.testing.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.time.ManualTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What fake providers call webhooks with, to the letter, and what they do about the answers. */
class FakeWebhooksTest {

    private static final Instant NOW = Instant.parse("2025-01-15T03:04:05.678Z");
    private static final String PHONE = "+61491570156";
    private static final String CLINIC = "+61491570110";

    private final ManualTime time = ManualTime.startingAt(NOW);
    private final HttpClient client = HttpClient.newHttpClient();
    private final RecordingServer server = new RecordingServer();

    @AfterEach
    void closeServer() {
        server.close();
    }

    private String post(FakeSmsServer fake, String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(fake.url() + path))
                        .POST(BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return response.body();
    }

    private <F extends FakeSmsServer> F calling(F fake, String target) {
        fake.time(time);
        fake.webhooksTo(server.url(target));
        return fake;
    }

    @Test
    void twilioPostsAForm() throws Exception {
        try (FakeTwilio fake = calling(new FakeTwilio(), "/sms?clinic=1")) {
            fake.receive(PHONE, CLINIC, "Café 👍 & more");
            post(
                    fake,
                    "/2010-04-01/Accounts/AC1/Messages.json",
                    "To=%2B61491570156&From=%2B61491570110&Body=Hi");
            fake.delivers("SM00000000000000000000000000000001");
            fake.reports("SM00000000000000000000000000000001", DeliveryStep.UNDELIVERED);
        }

        String id = "SM10000000000000000000000000000001";
        assertThat(server.requestLines).containsOnly("POST /sms?clinic=1");
        assertThat(server.headers.get(0).get("Content-type"))
                .containsExactly("application/x-www-form-urlencoded");
        assertThat(server.bodies)
                .containsExactly(
                        ("MessageSid=" + id + "&SmsSid=" + id + "&SmsMessageSid=" + id)
                                + "&AccountSid=AC1&From=%2B61491570156&To=%2B61491570110"
                                + "&ApiVersion=2010-04-01"
                                + "&Body=Caf%C3%A9+%F0%9F%91%8D+%26+more&NumMedia=0&NumSegments=1"
                                + "&SmsStatus=received&FromCity=&FromState=&FromZip=&FromCountry=",
                        report("sent", ""),
                        report("delivered", "&RawDlrDoneDate=2501150304"),
                        report("undelivered", "&ErrorCode=30003&RawDlrDoneDate=2501150304"));
    }

    private static String report(String status, String more) {
        String id = "SM00000000000000000000000000000001";
        return ("MessageSid=" + id + "&SmsSid=" + id)
                + "&AccountSid=AC1&From=%2B61491570110&To=%2B61491570156&ApiVersion=2010-04-01"
                + ("&MessageStatus=" + status + "&SmsStatus=" + status + more);
    }

    @Test
    void messageMediaPostsJson() throws Exception {
        try (FakeMessageMedia fake = calling(new FakeMessageMedia(), "/hooks/mm?site=1")) {
            fake.receive(PHONE, CLINIC, "Yes");
            post(
                    fake,
                    "/v1/messages",
                    "{\"messages\":[{\"content\":\"Tomorrow?\",\"destination_number\":"
                            + "\"+61491570156\",\"source_number\":\"+61491570110\","
                            + "\"metadata\":{\"apiClientRef\":\"1214\"}}]}");
            fake.receive(PHONE, CLINIC, "Yes ✓");
            fake.delivers("00000000-0000-0000-0000-000000000001");
        }

        String ours = "\"message_id\":\"00000000-0000-0000-0000-000000000001\"";
        assertThat(server.requestLines).containsOnly("POST /hooks/mm?site=1");
        assertThat(server.headers.get(0).get("Date"))
                .containsExactly("Wed, 15 Jan 2025 03:04:05 GMT");
        assertThat(server.bodies)
                .containsExactly(
                        "{\"account_id\":\"Shop\",\"reply_id\":"
                                + "\"00000000-0000-0000-0001-000000000001\","
                                + "\"source_number\":\"+61491570156\",\"destination_number\":"
                                + "\"+61491570110\",\"date_received\":"
                                + "\"2025-01-15T03:04:05.678Z\",\"content\":\"Yes\","
                                + "\"metadata\":{}}",
                        "{\"account_id\":\"Shop\",\"reply_id\":"
                                + "\"00000000-0000-0000-0001-000000000002\","
                                + ours
                                + ",\"source_number\":\"+61491570156\",\"destination_number\":"
                                + "\"+61491570110\",\"date_received\":"
                                + "\"2025-01-15T03:04:05.678Z\",\"content\":\"Yes ✓\","
                                + "\"metadata\":{\"apiClientRef\":\"1214\"}}",
                        messageMediaReport(1, "submitted", "200"),
                        messageMediaReport(2, "delivered", "220"));
    }

    private static String messageMediaReport(int number, String status, String code) {
        return "{\"account_id\":\"Shop\",\"delivery_report_id\":\"00000000-0000-0000-0002-"
                + "%012d".formatted(number)
                + "\",\"message_id\":\"00000000-0000-0000-0000-000000000001\",\"status\":\""
                + (status + "\",\"error_code\":\"" + code)
                + "\",\"date_received\":\"2025-01-15T03:04:05.678Z\",\"submitted_date\":"
                + "\"2025-01-15T03:04:05.678Z\",\"source_number\":\"+61491570156\","
                + "\"original_text\":\"Tomorrow?\",\"billing_units\":1,"
                + "\"metadata\":{\"apiClientRef\":\"1214\"}}";
    }

    @Test
    void smsBroadcastAsksWithAQuery() throws Exception {
        try (FakeSmsBroadcast fake = calling(new FakeSmsBroadcast(), "/sms?key=s3cret")) {
            sendByBroadcast(fake);
            fake.receive(PHONE, CLINIC, "Yes please");
            fake.delivers("2942263");
            fake.reports("2942263", DeliveryStep.UNDELIVERED);
        }

        assertThat(server.requestLines)
                .containsExactly(
                        "GET /sms?key=s3cret&to=61491570110&from=61491570156&message=Yes+please"
                                + "&ref=112233&smsref=2942263",
                        "GET /sms?key=s3cret&to=61491570156&ref=112233&smsref=2942263"
                                + "&status=Delivered",
                        "GET /sms?key=s3cret&to=61491570156&ref=112233&smsref=2942263"
                                + "&status=Failed");
    }

    private void sendByBroadcast(FakeSmsBroadcast fake) throws Exception {
        assertThat(
                        post(
                                fake,
                                "/api-adv.php",
                                "username=clinic&password=secret&to=61491570156&message=Hi"
                                        + "&from=61491570110&ref=112233"))
                .isEqualTo("OK: 61491570156:2942263\n");
    }

    @Test
    void itsNewerPortalPostsTheTemplateOfTheGuide() throws Exception {
        try (FakeSmsBroadcast fake = calling(new FakeSmsBroadcast(), "/sms?key=s3cret")) {
            fake.newerPortal(true);
            sendByBroadcast(fake);
            fake.receive(PHONE, CLINIC, "Yes");
            fake.delivers("2942263");
        }

        assertThat(server.requestLines).containsOnly("POST /sms?key=s3cret");
        assertThat(server.bodies)
                .containsExactly(
                        "from=%2B61491570156&to=%2B61491570110&message=Yes&ref=%28112233%29"
                                + "&msgref=%282942263%29&id=00000000-0000-0000-0001-000000000001",
                        "from=%2B61491570156&ref=%28112233%29&msgref=%282942263%29"
                                + "&id=00000000-0000-0000-0002-000000000001&status=submitted"
                                + "&code=200",
                        "from=%2B61491570156&ref=%28112233%29&msgref=%282942263%29"
                                + "&id=00000000-0000-0000-0002-000000000002&status=delivered"
                                + "&code=220");
    }

    @Test
    void flowroutePostsTheTextAndTwoReports() throws Exception {
        try (FakeFlowroute fake = calling(new FakeFlowroute(), "/sms")) {
            fake.receive("+12065550100", "+12065550101", "Hi");
            post(
                    fake,
                    "/v2.2/messages",
                    "{\"data\":{\"type\":\"message\",\"attributes\":{\"to\":\"+12065550100\","
                            + "\"from\":\"+12065550101\",\"body\":\"Hello\"}}}");
            fake.delivers("mdr2-00000000000000000000000000000001");
        }

        assertThat(server.bodies)
                .containsExactly(
                        "{\"data\":{\"type\":\"message\",\"id\":"
                                + "\"mdr2-10000000000000000000000000000001\",\"attributes\":{"
                                + "\"direction\":\"inbound\",\"to\":\"12065550101\","
                                + "\"from\":\"12065550100\",\"body\":\"Hi\",\"is_mms\":false,"
                                + "\"message_type\":\"longcode\",\"message_encoding\":0,"
                                + "\"status\":\"delivered\","
                                + "\"timestamp\":\"2025-01-15T03:04:05.67Z\"}}}",
                        flowrouteReport(1, "message buffered", 1003),
                        flowrouteReport(2, "delivered", 0));
    }

    private static String flowrouteReport(int level, String status, int code) {
        return "{\"data\":{\"type\":\"delivery_receipt\",\"id\":"
                + "\"mdr2-00000000000000000000000000000001\",\"attributes\":{"
                + "\"level\":%d,\"status\":\"%s\",\"status_code\":%d,"
                        .formatted(level, status, code)
                + "\"status_code_description\":\"\",\"body\":\"Hello\","
                + "\"timestamp\":\"2025-01-15T03:04:05.67Z\"}}}";
    }

    @Test
    void telnyxPostsEvents() throws Exception {
        try (FakeTelnyx fake = calling(new FakeTelnyx(), "/sms")) {
            fake.receive("+12065550100", "+12065550101", "Hi");
            post(
                    fake,
                    "/v2/messages",
                    "{\"from\":\"+12065550101\",\"to\":\"+12065550100\",\"text\":\"Hello\"}");
            fake.delivers("40310000-0000-0000-0000-000000000001");
            fake.reports("40310000-0000-0000-0000-000000000001", DeliveryStep.UNDELIVERED);
        }

        assertThat(server.headers.get(0).get("Telnyx-timestamp")).containsExactly("1736910245");
        assertThat(server.bodies)
                .containsExactly(
                        "{\"data\":{\"id\":\"00000000-0000-0000-0003-000000000001\","
                                + "\"event_type\":\"message.received\","
                                + "\"occurred_at\":\"2025-01-15T03:04:05.678Z\",\"payload\":{"
                                + "\"id\":\"40310000-0000-0000-0001-000000000001\","
                                + "\"direction\":\"inbound\","
                                + "\"from\":{\"phone_number\":\"+12065550100\"},"
                                + "\"to\":[{\"phone_number\":\"+12065550101\","
                                + "\"status\":\"webhook_delivered\"}],\"text\":\"Hi\","
                                + "\"media\":[],\"errors\":[]}},\"meta\":{\"attempt\":1}}",
                        telnyxReport(2, "message.sent", "sent", ""),
                        telnyxReport(3, "message.finalized", "delivered", ""),
                        telnyxReport(
                                4, "message.finalized", "delivery_failed", "{\"code\":\"40008\"}"));
    }

    private static String telnyxReport(int number, String type, String status, String errors) {
        return "{\"data\":{\"id\":\"00000000-0000-0000-0003-%012d\",\"event_type\":\"%s\","
                        .formatted(number, type)
                + "\"occurred_at\":\"2025-01-15T03:04:05.678Z\",\"payload\":{"
                + "\"id\":\"40310000-0000-0000-0000-000000000001\",\"direction\":\"outbound\","
                + "\"from\":{\"phone_number\":\"+12065550101\"},"
                + "\"to\":[{\"phone_number\":\"+12065550100\",\"status\":\"%s\"}],"
                        .formatted(status)
                + "\"text\":\"Hello\",\"media\":[],\"errors\":["
                + errors
                + "]}},\"meta\":{\"attempt\":1}}";
    }

    @Test
    void bandwidthPostsAListOfOne() throws Exception {
        try (FakeBandwidth fake = calling(new FakeBandwidth(), "/sms")) {
            fake.receive("+12065550100", "+12065550101", "Hi");
            post(
                    fake,
                    "/api/v2/users/5500123/messages",
                    "{\"applicationId\":\"93de2206\",\"to\":[\"+12065550100\"],"
                            + "\"from\":\"+12065550101\",\"text\":\"Hello\",\"tag\":\"1214\"}");
            fake.reports("14762070468290000000000001", DeliveryStep.UNDELIVERED);
        }

        assertThat(server.headers.get(0).get("Authorization"))
                .containsExactly("Basic Y2xpbmljOnNlY3JldA==");
        assertThat(server.bodies)
                .containsExactly(
                        "[{\"type\":\"message-received\",\"time\":\"2025-01-15T03:04:05.678Z\","
                                + "\"to\":\"+12065550101\","
                                + "\"description\":\"Incoming message received\",\"message\":{"
                                + "\"id\":\"24762070468290000000000001\","
                                + "\"owner\":\"+12065550101\",\"applicationId\":\"93de2206\","
                                + "\"from\":\"+12065550100\",\"to\":[\"+12065550101\"],"
                                + "\"text\":\"Hi\",\"media\":[],\"tag\":\"\","
                                + "\"direction\":\"in\",\"segmentCount\":1}}]",
                        "[{\"type\":\"message-failed\",\"time\":\"2025-01-15T03:04:05.678Z\","
                                + "\"to\":\"+12065550100\","
                                + "\"description\":\"destination-unreachable\","
                                + "\"errorCode\":4720,\"message\":{"
                                + "\"id\":\"14762070468290000000000001\","
                                + "\"owner\":\"+12065550101\",\"applicationId\":\"93de2206\","
                                + "\"from\":\"+12065550101\",\"to\":[\"+12065550100\"],"
                                + "\"text\":\"Hello\",\"media\":[],\"tag\":\"1214\","
                                + "\"direction\":\"out\",\"segmentCount\":1}}]");
    }

    @Test
    void voipMsAsksWithAQueryAndTellsNothingOfTextsThatWereSent() throws Exception {
        try (FakeVoipMs fake = calling(new FakeVoipMs(), "/sms")) {
            fake.receive("+12065550100", "+12065550101", "Hi; to=you");
            post(
                    fake,
                    "/api/v1/rest.php",
                    "api_username=clinic&api_password=secret&method=sendSMS&did=2065550101"
                            + "&dst=2065550100&message=Hi");
            fake.delivers("23434");
        }

        assertThat(server.requestLines)
                .containsExactly(
                        "GET /sms?to=2065550101&from=2065550100&message=Hi%3B+to%3Dyou&id=77001"
                                + "&date=2025-01-15+03%3A04%3A05&media=");
    }

    @Test
    void theBridgePostsWhatTheGuideShows() {
        try (FakeSmsBridge fake = calling(new FakeSmsBridge(), "/api/sms/webhook")) {
            fake.receive(PHONE, CLINIC, "Say \"yes\"");
        }

        assertThat(server.bodies)
                .containsExactly(
                        "{\"from\":\"+61491570156\",\"to\":\"+61491570110\","
                                + "\"message\":\"Say \\u0022yes\\u0022\","
                                + "\"timestamp\":\"2025-01-15T03:04:05.678Z\"}");
    }

    @Test
    void signaturesAreThoseOfThePublishedVectors() throws Exception {
        try (FakeTwilio twilio = new FakeTwilio();
                FakeTwilio signalWire = FakeTwilio.signalWire();
                FakeSmsBridge bridge = new FakeSmsBridge()) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("MessageSid", "SM00000000000000000000000000000001");
            fields.put("From", "+15551230001");
            fields.put("To", "+15551230002");
            fields.put("Body", "Café 👍 & more");
            fields.put("NumMedia", "0");
            signalWire.signWith("PSKEXAMPLE");
            bridge.signWith("key");

            assertThat(signed(twilio, Outgoing.form("https://example.org/sms", fields)))
                    .containsEntry("X-Twilio-Signature", "Y5VxrPPZ/Qb4sXtUXjoeBxnSr8M=");
            assertThat(signed(signalWire, Outgoing.json("https://example.org/sw", "{\"a\":1}")))
                    .containsEntry(
                            "X-SignalWire-Signature", "97904617ec1317cfdccea7bd7af31741c064e929");
            assertThat(
                            signed(
                                    bridge,
                                    Outgoing.json(
                                            "https://example.org/sms",
                                            "The quick brown fox jumps over the lazy dog")))
                    .containsEntry(
                            "x-freepbx-signature",
                            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
        }
        assertThat(
                        FakeTelnyx.signed(
                                Outgoing.json(
                                        "https://example.org/telnyx",
                                        "{\"data\":{\"event_type\":\"message.received\"}}"),
                                Instant.ofEpochSecond(1_700_000_000),
                                FakeWebhooksTest::keyOfTheVector))
                .containsEntry("telnyx-timestamp", "1700000000")
                .containsEntry(
                        "telnyx-signature-ed25519",
                        "K7VcG4FwrJElTZQuuMjgRsShfiMD/cRlI/rYFi/YZs0txJENzEiIIqL68zGgOekgF/ap1T7"
                                + "syscouYdDcaICBw==");
    }

    private static Map<String, String> signed(FakeSmsServer fake, Outgoing call) {
        return fake.proof(call.url()).genuine(call, NOW).headers();
    }

    /** The private key of the first example of RFC 8032. */
    private static KeyPair keyOfTheVector() {
        byte[] seed =
                HexFormat.of()
                        .parseHex(
                                "9d61b19deffd5a60ba844af492ec2cc4"
                                        + "4449c5697b326919703bac031cae7f60");
        try {
            return new KeyPair(
                    null,
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(
                                    new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCallIsRepeatedAsTheProviderDoes() {
        assertThat(callsToABrokenServer(new FakeFlowroute(), "")).isEqualTo(5);
        assertThat(callsToABrokenServer(new FakeTelnyx(), "")).isEqualTo(3);
        assertThat(callsToABrokenServer(new FakeBandwidth(), "")).isEqualTo(6);
        assertThat(callsToABrokenServer(new FakeVoipMs(), "")).isEqualTo(6);
        assertThat(callsToABrokenServer(new FakeTwilio(), "#rc=2&rp=5xx,ct,rt")).isEqualTo(3);
        assertThat(callsToABrokenServer(new FakeTwilio(), "#rc=2&rp=ct,rt")).isEqualTo(1);
        assertThat(callsToABrokenServer(new FakeTwilio(), "")).isEqualTo(1);
        assertThat(callsToABrokenServer(new FakeMessageMedia(), "")).isEqualTo(1);
        assertThat(callsToABrokenServer(new FakeSmsBroadcast(), "")).isEqualTo(1);
        assertThat(callsToABrokenServer(new FakeSmsBridge(), "")).isEqualTo(1);
    }

    private static int callsToABrokenServer(FakeSmsServer fake, String override) {
        try (fake;
                RecordingServer broken =
                        new RecordingServer(500, 500, 500, 500, 500, 500, 500, 500)) {
            fake.webhooksTo(broken.url("/sms" + override));
            fake.receive("+12065550100", "+12065550101", "Hi");
            assertThat(broken.bodies).containsOnly(broken.bodies.get(0));
            return broken.bodies.size();
        }
    }

    @Test
    void repetitionsOfTwilioHaveTheSameToken() {
        try (RecordingServer failing = new RecordingServer(500);
                FakeTwilio fake = new FakeTwilio()) {
            fake.webhooksTo(failing.url("/sms"));
            fake.retries(1);
            fake.receive(PHONE, CLINIC, "Yes");

            assertThat(fake.webhookCalls())
                    .extracting(WebhookCall::status)
                    .containsExactly(500, 200);
            assertThat(failing.headers.get(0).get("I-twilio-idempotency-token"))
                    .isEqualTo(failing.headers.get(1).get("I-twilio-idempotency-token"));
        }
    }

    @Test
    void aServerThatIsGoneIsNoted() {
        try (FakeTwilio fake = new FakeTwilio()) {
            URI gone = server.url("/sms");
            server.close();
            fake.webhooksTo(gone);

            fake.receive(PHONE, CLINIC, "Yes");

            assertThat(fake.webhookCalls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.status()).isZero());
        }
    }

    @Test
    void whatIsHeldBackComesAfterTheNextCall() {
        try (FakeTelnyx fake = calling(new FakeTelnyx(), "/sms")) {
            fake.fail(WebhookFault.REORDERED);
            fake.receive("+12065550100", "+12065550101", "One");
            assertThat(server.bodies).isEmpty();
            fake.receive("+12065550100", "+12065550101", "Two");

            assertThat(server.bodies).hasSize(2);
            assertThat(server.bodies.get(0)).contains("Two");
            assertThat(server.bodies.get(1)).contains("One");
        }
    }

    @Test
    void aProviderThatSignsNothingCanSignNothingWrong() {
        try (FakeFlowroute flowroute = new FakeFlowroute();
                FakeTwilio twilio = new FakeTwilio()) {
            assertThatThrownBy(() -> flowroute.fail(WebhookFault.CHANGED_BODY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("CHANGED_BODY");
            assertThatThrownBy(() -> twilio.fail(WebhookFault.TOO_OLD))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("UNSIGNED");
        }
    }

    @Test
    void textsThatNobodySentAreNotDelivered() {
        try (FakeTwilio fake = new FakeTwilio()) {
            assertThatThrownBy(() -> fake.delivers("SM9"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("SM9");
        }
    }

    @Test
    void textsAreDeliveredByThemselvesAfterTheAnswer() throws Exception {
        try (FakeTwilio fake = calling(new FakeTwilio(), "/sms")) {
            fake.delivering(true);
            post(fake, "/2010-04-01/Accounts/AC1/Messages.json", "To=%2B61491570156&Body=Hi");

            assertThat(fake.awaitWebhookCalls(2))
                    .extracting(call -> call.body().replaceFirst(".*MessageStatus=(\\w+).*", "$1"))
                    .containsExactly("sent", "delivered");
        }
    }

    @Test
    void anAnswerCanComeLateOrInDrops() throws Exception {
        try (FakeTwilio fake = new FakeTwilio()) {
            long start = System.nanoTime();
            fake.slow(Duration.ofMillis(100));
            post(fake, "/2010-04-01/Accounts/AC1/Messages.json", "To=%2B61491570156&Body=Hi");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(100));

            fake.slow(Duration.ZERO);
            fake.drip(Duration.ofMillis(1));
            String body =
                    post(
                            fake,
                            "/2010-04-01/Accounts/AC1/Messages.json",
                            "To=%2B61491570156&Body=Hi");
            assertThat(body).startsWith("{\"sid\":").endsWith("}");
        }
    }
}
