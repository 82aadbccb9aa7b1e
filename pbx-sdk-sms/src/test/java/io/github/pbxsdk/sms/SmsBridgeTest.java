package io.github.pbxsdk.sms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookResponse;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import io.github.pbxsdk.testing.sms.SmsFault;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmsBridgeTest {

    private static final String SEND =
            "{\"to\":\"0491 570 156\",\"from\":\"+61491570110\",\"message\":\"Hello\"}";

    private final FakeTwilio twilio = new FakeTwilio();
    private final SmsClient client = TestProviders.TWILIO.client(twilio).region("AU").build();
    private final SmsInbox inbox = client.inbox();
    private final SmsBridge bridge =
            SmsBridge.builder()
                    .client(client)
                    .inbox(inbox)
                    .credentials(Credentials.of("key", "secret"))
                    .build();

    @AfterEach
    void close() {
        inbox.close();
        client.close();
        twilio.close();
    }

    private WebhookResponse ask(String method, String path, String body, String... headers) {
        HttpHeaders.Builder all =
                HttpHeaders.builder().add("Authorization", "Basic a2V5OnNlY3JldA==");
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return bridge.handle(WebhookRequest.of(method, path, all.build(), body.getBytes(UTF_8)));
    }

    @Test
    void sendsWhatTheFrontEndAsksFor() {
        WebhookResponse response = ask("POST", "/api/sms/send", SEND);

        assertThat(response.status()).isEqualTo(200);
        assertThat(JsonObject.parse(response.body()).find("id"))
                .contains("SM00000000000000000000000000000001");
        assertThat(twilio.accepted().get(0).parameter("To")).contains("+61491570156");
    }

    @Test
    void theSameKeyIsTheSameText() {
        ask("POST", "/api/sms/send", SEND, "Idempotency-Key", "k1");
        WebhookResponse again = ask("POST", "/api/sms/send", SEND, "idempotency-key", "k1");

        assertThat(again.status()).isEqualTo(200);
        assertThat(twilio.accepted()).hasSize(1);
    }

    @Test
    void listsAndCountsWhatCame() {
        twilio.receive("SM9", "+61491570156", "+61491570110", "Yes", Instant.now());
        inbox.refresh();

        JsonObject list = JsonObject.parse(ask("GET", "/pbx/api/sms/messages?limit=50", "").body());

        List<JsonObject> messages = list.objects("messages");
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).find("body")).contains("Yes");
        assertThat(messages.get(0).find("status")).contains("pending");
        assertThat(ask("GET", "/api/sms/unread", "").body()).isEqualTo("{\"count\":1}");
    }

    @Test
    void saysWhatWentWrongInTheWayOfItsGuide() {
        assertThat(ask("POST", "/api/sms/send", "{}").status()).isEqualTo(400);
        assertThat(ask("POST", "/api/sms/send", "{").status()).isEqualTo(400);
        assertThat(ask("GET", "/api/sms/other", "").status()).isEqualTo(404);
        twilio.fail(SmsFault.DROP_AFTER_ACCEPTING, SmsFault.ERROR_AFTER_ACCEPTING);
        assertThat(ask("POST", "/api/sms/send", SEND).status()).isEqualTo(504);
        assertThat(ask("POST", "/api/sms/send", SEND).status()).isEqualTo(504);
        WebhookResponse optedOut =
                ask("POST", "/api/sms/send", SEND.replace("0491 570 156", "+15005550004"));
        assertThat(optedOut.status()).isEqualTo(422);
        assertThat(JsonObject.parse(optedOut.body()).find("message"))
                .contains("Attempt to send to unsubscribed recipient");
    }

    @Test
    void letsNobodyInWithoutTheKey() {
        WebhookRequest bare =
                WebhookRequest.of(
                        "POST", "/api/sms/send", HttpHeaders.empty(), SEND.getBytes(UTF_8));

        assertThat(bridge.handle(bare).status()).isEqualTo(401);
        assertThat(twilio.requests()).isEmpty();
    }
}
