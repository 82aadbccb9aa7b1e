package io.github.pbxsdk.sms.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OptOutEvent;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.webhook.Signatures;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmsWebhookTest {

    private static final SmsOrigin TWILIO = new SmsOrigin("twilio", "AC1");
    private static final SmsOrigin BROADCAST = new SmsOrigin("smsbroadcast", "clinic");
    private static final SmsOrigin FREEPBX = new SmsOrigin("freepbx", "pbx");
    private static final String TEXT =
            "MessageSid=SM1&AccountSid=AC1&From=%2B61491570156&To=%2B61491570110&Body=Yes+please"
                    + "&NumMedia=0&SmsStatus=received";

    private final StateStore store = StateStore.inMemory();
    private final List<SmsEvent> handled = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeStore() {
        store.close();
    }

    private SmsIntake intake() {
        return SmsIntake.builder().store(store).region("AU").handler(handled::add).build();
    }

    private SmsWebhook unsigned(WebhookParser parser) {
        return SmsWebhook.builder().parser(parser).acceptUnsigned().intake(intake()).build();
    }

    private static WebhookRequest post(String body) {
        return WebhookRequest.of("POST", "/sms", HttpHeaders.empty(), body.getBytes(UTF_8));
    }

    private static WebhookRequest get(String query) {
        return WebhookRequest.of("GET", "/sms?" + query, HttpHeaders.empty(), new byte[0]);
    }

    private TextMessage onlyText() {
        assertThat(handled).hasSize(1);
        return ((MessageReceivedEvent) handled.get(0)).message();
    }

    private DeliveryReportEvent onlyReport() {
        assertThat(handled).hasSize(1);
        return (DeliveryReportEvent) handled.get(0);
    }

    @Test
    void handlesARepeatedCallOnceAndAnswersBothWithNothingForThePerson() {
        SmsWebhook webhook = unsigned(WebhookParsers.twilio(TWILIO));

        for (int i = 0; i < 3; i++) {
            assertThat(webhook.handle(post(TEXT)))
                    .isEqualTo(WebhookResponse.of(200, "text/xml", "<Response/>"));
        }

        assertThat(onlyText().text()).isEqualTo("Yes please");
        assertThat(onlyText().from()).contains(Address.phone("+61491570156"));
        assertThat(onlyText().receivedAt()).isPresent();
    }

    @Test
    void asksForARepetitionWhenTheHandlerFailsAndHandlesThat() {
        AtomicInteger calls = new AtomicInteger();
        SmsIntake failing =
                SmsIntake.builder()
                        .store(store)
                        .handler(
                                event -> {
                                    if (calls.incrementAndGet() == 1) {
                                        throw new IOException("disk full");
                                    }
                                })
                        .build();
        SmsWebhook webhook =
                SmsWebhook.builder()
                        .parser(WebhookParsers.twilio(TWILIO))
                        .acceptUnsigned()
                        .intake(failing)
                        .build();

        assertThat(webhook.handle(post(TEXT)).status()).isEqualTo(503);
        assertThat(webhook.handle(post(TEXT)).status()).isEqualTo(200);
        assertThat(webhook.handle(post(TEXT)).status()).isEqualTo(200);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aCallThatIsBeingHandledComesAgain() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        SmsIntake slow =
                SmsIntake.builder()
                        .store(store)
                        .handler(
                                event -> {
                                    started.countDown();
                                    go.await(10, TimeUnit.SECONDS);
                                })
                        .build();
        SmsWebhook webhook =
                SmsWebhook.builder()
                        .parser(WebhookParsers.twilio(TWILIO))
                        .acceptUnsigned()
                        .intake(slow)
                        .build();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<WebhookResponse> first = other.submit(() -> webhook.handle(post(TEXT)));
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(webhook.handle(post(TEXT)).status()).isEqualTo(503);

            go.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
        } finally {
            other.shutdown();
        }
    }

    @Test
    void storesWhatTheHandlerWantsTogetherWithTheNoteThatItWasHandled() {
        SmsIntake committing =
                SmsIntake.builder()
                        .store(store)
                        .committing(
                                (event, commit) -> {
                                    commit.accept(
                                            StateChange.put("inbox", "SM1", "kept").ifAbsent());
                                    if (handled.isEmpty()) {
                                        handled.add(event);
                                        throw new IllegalStateException("crash before the commit");
                                    }
                                })
                        .build();
        SmsWebhook webhook =
                SmsWebhook.builder()
                        .parser(WebhookParsers.twilio(TWILIO))
                        .acceptUnsigned()
                        .intake(committing)
                        .build();

        assertThat(webhook.handle(post(TEXT)).status()).isEqualTo(503);
        assertThat(store.find("inbox", "SM1")).isEmpty();
        assertThat(webhook.handle(post(TEXT)).status()).isEqualTo(200);
        assertThat(store.get("inbox", "SM1").text()).isEqualTo("kept");
    }

    @Test
    void aReportIsAnotherOneForEachStatus() {
        SmsWebhook webhook = unsigned(WebhookParsers.twilio(TWILIO));

        webhook.handle(post("MessageSid=SM2&MessageStatus=delivered&To=%2B61491570156"));
        webhook.handle(post("MessageSid=SM2&MessageStatus=sent&To=%2B61491570156"));
        webhook.handle(post("MessageSid=SM2&MessageStatus=sent&To=%2B61491570156"));

        assertThat(handled)
                .extracting(event -> ((DeliveryReportEvent) event).status().state())
                .containsExactly(SmsState.DELIVERED, SmsState.SENT);
    }

    @Test
    void anOptOutIsAnEventOfItsOwn() {
        unsigned(WebhookParsers.twilio(TWILIO)).handle(post(TEXT + "&OptOutType=STOP"));

        assertThat(handled)
                .singleElement()
                .isInstanceOfSatisfying(
                        OptOutEvent.class,
                        event -> assertThat(event.wish()).isEqualTo(OptOutEvent.Wish.STOP));
    }

    @Test
    void picturesOfTwilioAreUrls() {
        unsigned(WebhookParsers.twilio(TWILIO))
                .handle(
                        post(
                                TEXT.replace("NumMedia=0", "NumMedia=1")
                                        + "&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2Fm%2F1"
                                        + "&MediaContentType0=image%2Fjpeg"));

        assertThat(onlyText().media())
                .singleElement()
                .satisfies(item -> assertThat(item.contentType()).contains("image/jpeg"));
    }

    @Test
    void readsTheClassicReplyAndReportOfSmsBroadcast() {
        SmsWebhook webhook = unsigned(WebhookParsers.smsBroadcast(BROADCAST));
        webhook.handle(
                get("to=61491570110&from=61491570156&message=Yes+please&ref=112233&smsref=1228"));

        assertThat(onlyText().from()).contains(Address.phone("+61491570156"));
        assertThat(onlyText().to()).containsExactly(Address.phone("+61491570110"));
        assertThat(onlyText().reference()).contains("112233");
        assertThat(onlyText().inReplyTo()).contains(MessageId.of("1228"));
        assertThat(onlyText().id()).as("smsref is no id of the reply").isEmpty();

        handled.clear();
        webhook.handle(get("to=61491570156&ref=112233&smsref=1228270573&status=Delivered"));
        assertThat(onlyReport().status().state()).isEqualTo(SmsState.DELIVERED);
        assertThat(onlyReport().id()).contains(MessageId.of("1228270573"));
        assertThat(onlyReport().to()).contains(Address.phone("+61491570156"));
    }

    @Test
    void twoEqualRepliesWithoutAnIdAreTwoReplies() {
        SmsWebhook webhook = unsigned(WebhookParsers.smsBroadcast(BROADCAST));

        webhook.handle(get("to=61491570110&from=61491570156&message=yes&ref=1&smsref=2"));
        webhook.handle(get("to=61491570110&from=61491570156&message=yes&ref=1&smsref=2"));

        assertThat(handled).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=%2B61491570156&to=&message=Yes&ref=(1214)&msgref=(971221653)&id=r-1",
                "{\"from\":\"+61491570156\",\"to\":\"\",\"message\":\"Yes\",\"ref\":\"(1214)\","
                        + "\"msgref\":\"(971221653)\",\"id\":\"r-1\"}"
            })
    void readsTheTemplatesOfTheNewerPortal(String body) {
        SmsWebhook webhook = unsigned(WebhookParsers.smsBroadcast(BROADCAST));

        webhook.handle(post(body));
        webhook.handle(post(body));

        assertThat(onlyText().text()).isEqualTo("Yes");
        assertThat(onlyText().reference()).contains("1214");
        assertThat(onlyText().inReplyTo()).contains(MessageId.of("971221653"));
        assertThat(onlyText().id()).contains(MessageId.of("r-1"));
        assertThat(onlyText().to()).isEmpty();
    }

    @Test
    void whatATemplateLeftUnfilledIsAbsent() {
        unsigned(WebhookParsers.smsBroadcast(BROADCAST))
                .handle(
                        post(
                                "from=%2B61491570156&message=Yes&ref=%24metadata.apiClientRef&msgref="));

        assertThat(onlyText().reference()).isEmpty();
        assertThat(onlyText().inReplyTo()).isEmpty();
    }

    @Test
    void picturesOfPatientsCome() throws Exception {
        unsigned(WebhookParsers.smsBroadcast(BROADCAST))
                .handle(
                        post(
                                "{\"reply_id\":\"a1\",\"source_number\":\"+61491570156\","
                                        + "\"attachments\":[{\"content_type\":\"image/jpeg\","
                                        + "\"content\":\"/9j/4A==\",\"original_name\":"
                                        + "\"IMG_1.jpg\"}]}"));

        MediaItem picture = onlyText().media().get(0);
        assertThat(picture.name()).contains("IMG_1.jpg");
        assertThat(picture.open().readAllBytes()).hasSize(4);
    }

    @Test
    void freePbxCallsItsJsonAForm() {
        String body =
                "{\"to\":\"61491570110\",\"from\":\"61491570156\",\"adaptor\":\"Twilio\","
                        + "\"time\":\"Thu, 01 Jan 1970 00:00:00 +0000\",\"message\":\"Hi & bye\","
                        + "\"eventDirection\":\"in\"}";
        HttpHeaders form =
                HttpHeaders.builder()
                        .add("Content-Type", "application/x-www-form-urlencoded")
                        .build();
        SmsWebhook webhook = unsigned(WebhookParsers.freePbx(FREEPBX));

        webhook.handle(WebhookRequest.of("POST", "/sms", form, body.getBytes(UTF_8)));

        assertThat(onlyText().text()).isEqualTo("Hi & bye");
        assertThat(onlyText().from()).contains(Address.phone("+61491570156"));
        assertThat(onlyText().sentAt()).as("it is always 1970").isEmpty();

        webhook.handle(post(body));
        assertThat(handled).as("it has no id: two texts are two texts").hasSize(2);
        webhook.handle(post(body.replace("\"in\"", "\"out\"")));
        assertThat(handled.get(2)).isInstanceOf(OtherSmsEvent.class);
    }

    @Test
    void picturesOfFreePbxAreUrls() {
        unsigned(WebhookParsers.freePbx(FREEPBX))
                .handle(
                        post(
                                "{\"to\":\"1\",\"from\":\"Anonymous\",\"message\":{\"mediaUrl\":"
                                        + "\"https://pbx/admin/api/api/rest/sms/media/7\"},"
                                        + "\"eventDirection\":\"in\"}"));

        assertThat(onlyText().media()).hasSize(1);
        assertThat(onlyText().from()).contains(Address.unparsed("Anonymous"));
    }

    @Test
    void aBridgeSignsItsCalls() {
        String body =
                "{\"id\":\"m1\",\"from\":\"+61491570156\",\"to\":\"+61491570110\","
                        + "\"message\":\"Hi\",\"timestamp\":\"2025-01-15T03:04:05Z\"}";
        SmsWebhook webhook =
                SmsWebhook.builder()
                        .parser(WebhookParsers.freePbxBridgeWithIds(FREEPBX))
                        .verifier(WebhookVerifiers.freePbxBridge("new", "old"))
                        .intake(intake())
                        .build();
        String signature =
                Signatures.hex(
                        Signatures.hmac("HmacSHA256", "old".getBytes(UTF_8), body.getBytes(UTF_8)));
        HttpHeaders signed = HttpHeaders.builder().add("X-FreePBX-Signature", signature).build();

        assertThat(webhook.handle(post(body)).status()).isEqualTo(401);
        assertThat(handled).isEmpty();
        assertThat(webhook.handle(WebhookRequest.of("POST", "/", signed, body.getBytes(UTF_8))))
                .isEqualTo(WebhookResponse.of(200, "application/json", "{\"success\":true}"));
        assertThat(onlyText().id()).contains(MessageId.of("m1"));
    }

    @Test
    void anUnsignedSourceNeedsAnExplicitChoice() {
        assertThatThrownBy(
                        () ->
                                SmsWebhook.builder()
                                        .parser(WebhookParsers.freePbx(FREEPBX))
                                        .intake(intake())
                                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("acceptUnsigned()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":1} x", "a=%zz"})
    void whatNobodyCanReadIsABadRequest(String body) {
        assertThat(unsigned(WebhookParsers.messageMedia(TWILIO)).handle(post(body)).status())
                .isEqualTo(400);
    }

    @Test
    void whatNobodyKnowsIsHandedOverRaw() {
        unsigned(WebhookParsers.messageMedia(TWILIO)).handle(post("{\"brand\":{\"new\":1}}"));

        assertThat(handled).singleElement().isInstanceOf(OtherSmsEvent.class);
        assertThat(handled.get(0).raw().find("brand.new")).contains("1");
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        SmsWebhook webhook =
                SmsWebhook.builder()
                        .parser(WebhookParsers.twilio(TWILIO))
                        .acceptUnsigned()
                        .intake(intake())
                        .maxBody(10)
                        .build();

        assertThat(webhook.handle(post(TEXT)).status()).isEqualTo(413);
    }

    @Test
    void theSignedUrlIsThePublicOne() {
        String url = "https://clinic.example.com/sms?x=%2B1";
        String signature = twilioSignature(url);
        HttpHeaders direct = HttpHeaders.builder().add("X-Twilio-Signature", signature).build();
        HttpHeaders forwarded =
                direct.toBuilder()
                        .add("X-Forwarded-Proto", "https")
                        .add("X-Forwarded-Host", "clinic.example.com")
                        .build();
        HttpHeaders standard =
                direct.toBuilder()
                        .add("Forwarded", "for=1.2.3.4;host=clinic.example.com;proto=https")
                        .build();
        SmsWebhook configured = signed().publicUrl("https://clinic.example.com/").build();
        SmsWebhook trusting = signed().trustedProxies(Set.of("10.0.0.1")).build();
        WebhookRequest inside = behindProxy(direct);

        assertThat(configured.verifyAndParse(inside)).hasSize(1);
        assertThat(trusting.verifyAndParse(behindProxy(forwarded).from("10.0.0.1"))).hasSize(1);
        assertThat(trusting.verifyAndParse(behindProxy(standard).from("10.0.0.1"))).hasSize(1);
        assertThatThrownBy(() -> trusting.verifyAndParse(behindProxy(forwarded).from("10.0.0.2")))
                .isInstanceOf(PbxAuthenticationException.class);
        assertThatThrownBy(() -> trusting.verifyAndParse(behindProxy(forwarded)))
                .isInstanceOf(PbxAuthenticationException.class);
    }

    private SmsWebhook.Builder signed() {
        return SmsWebhook.builder()
                .parser(WebhookParsers.twilio(TWILIO))
                .verifier(WebhookVerifiers.twilio("12345"))
                .intake(intake());
    }

    private static WebhookRequest behindProxy(HttpHeaders headers) {
        return WebhookRequest.of(
                "POST", "http://10.0.0.5:8080/sms?x=%2B1", headers, "From=1".getBytes(UTF_8));
    }

    private static String twilioSignature(String url) {
        return Signatures.base64(
                Signatures.hmac(
                        "HmacSHA1", "12345".getBytes(UTF_8), (url + "From1").getBytes(UTF_8)));
    }
}
