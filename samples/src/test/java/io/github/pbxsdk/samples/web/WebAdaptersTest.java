package io.github.pbxsdk.samples.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.webhook.SmsWebhook;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookResponse;
import io.github.pbxsdk.sms.webhook.WebhookVerifiers;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import io.github.pbxsdk.testing.sms.WebhookCall;
import io.github.pbxsdk.testing.sms.WebhookFault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same calls to each kind of server. */
class WebAdaptersTest {

    private static final String FORM =
            "MessageSid=SM00000000000000000000000000000001&From=%2B15551230001&To=%2B15551230002"
                    + "&Body=Caf%C3%A9+%F0%9F%91%8D+%26+more&NumMedia=0";
    private static final String SIGNATURE = "Y5VxrPPZ/Qb4sXtUXjoeBxnSr8M=";

    private final List<SmsEvent> events = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private SmsWebhook webhook() {
        return twilio().publicUrl("https://example.org").build();
    }

    private SmsWebhook.Builder twilio() {
        return SmsWebhook.builder()
                .parser(WebhookParsers.twilio(new SmsOrigin("twilio", "AC1")))
                .verifier(WebhookVerifiers.twilio("12345"))
                .intake(
                        SmsIntake.builder()
                                .store(StateStore.inMemory())
                                .handler(events::add)
                                .build());
    }

    private HttpResponse<String> post(String url, String body, String signature) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Twilio-Signature", signature)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource
    void aGenuineCallIsHandledOnceAndAnswered(WebServer kind) throws Exception {
        try (WebServer.Running server = kind.start(webhook()::handle)) {
            HttpResponse<String> first = post(server.url(), FORM, SIGNATURE);
            HttpResponse<String> again = post(server.url(), FORM, SIGNATURE);

            assertThat(List.of(first.statusCode(), again.statusCode())).containsOnly(200);
            assertThat(first.body()).isEqualTo("<Response/>");
            assertThat(first.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/xml");
            assertThat(events).hasSize(1);
            assertThat(((MessageReceivedEvent) events.get(0)).message().text())
                    .isEqualTo("Café 👍 & more");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgedCallAndOneThatIsTooLongAreRefused(WebServer kind) throws Exception {
        try (WebServer.Running server = kind.start(webhook()::handle)) {
            String tooLong = "Body=" + "x".repeat(10 * 1024 * 1024 - 4);

            assertThat(post(server.url(), FORM + "1", SIGNATURE).statusCode()).isEqualTo(401);
            assertThat(post(server.url(), tooLong, SIGNATURE).statusCode()).isEqualTo(413);
            assertThat(events).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProviderThatCallsTheServerItselfIsHeardOnceAndAForgerNever(WebServer kind)
            throws Exception {
        try (FakeTwilio twilio = new FakeTwilio();
                WebServer.Running server = kind.start(twilio().build()::handle)) {
            twilio.webhooksTo(URI.create(server.url() + "?clinic=1%2B2"));
            twilio.fail(WebhookFault.REPEATED, WebhookFault.CHANGED_BODY);

            twilio.receive("+15551230001", "+15551230002", "Café 👍 & more");
            twilio.receive("+15551230001", "+15551230002", "Send money");

            assertThat(twilio.webhookCalls())
                    .extracting(WebhookCall::status)
                    .containsExactly(200, 200, 401);
            assertThat(events)
                    .extracting(event -> ((MessageReceivedEvent) event).message().text())
                    .containsExactly("Café 👍 & more");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatArrivesIsPassedOnToTheLetter(WebServer kind) throws Exception {
        AtomicReference<WebhookRequest> seen = new AtomicReference<>();
        try (WebServer.Running server =
                kind.start(
                        request -> {
                            seen.set(request);
                            return WebhookResponse.of(503, "text/plain", "");
                        })) {
            String query = "?a=1%2B2&b='x'&a=%C3%A4";
            URI uri = URI.create(server.url() + query);
            HttpRequest request =
                    HttpRequest.newBuilder(uri).header("X-One", "1").header("X-One", "2").build();

            assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(503);

            assertThat(seen.get().method()).isEqualTo("GET");
            assertThat(seen.get().url()).isEqualTo("/sms" + query);
            assertThat(seen.get().headers().list("x-one")).containsExactly("1", "2");
            assertThat(seen.get().peer()).contains("127.0.0.1");
        }
    }
}
