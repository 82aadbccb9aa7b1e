package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.provider.SmsBroadcast;
import io.github.pbxsdk.sms.webhook.SmsWebhook;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookVerifiers;

/** A text to a patient, the reply, and the report that it arrived. */
final class TextAndReply implements Scene {

    private static final String PATIENT = "0491 570 156";

    @Override
    public String title() {
        return "A text goes out; its report and its reply come back by webhook";
    }

    @Override
    public void play(Stage stage) {
        SmsBroadcast carrier =
                SmsBroadcast.builder()
                        .baseUrl(stage.carrier.url())
                        .credentials(Credentials.of("clinic", "secret"))
                        .build();
        try (SmsClient sms = SmsClient.builder().provider(carrier).region("AU").build()) {
            // shown:
            TextMessage text =
                    TextMessage.to(sms.address(PATIENT))
                            .text("See you at 9:30. Reply YES.")
                            .build();
            SendResult sent = sms.messages().send(text);

            SmsWebhook webhook =
                    SmsWebhook.builder()
                            .parser(WebhookParsers.smsBroadcast(carrier.origin()))
                            .verifier(WebhookVerifiers.secretInQuery("key", "k1"))
                            .intake(
                                    SmsIntake.builder()
                                            .store(StateStore.inMemory())
                                            .handler(event -> tell(stage, event))
                                            .build())
                            .build();
            // until here
            stage.say("sent: " + sent.status() + ", " + sent.segments() + " segment");
            String id = sent.id().map(MessageId::value).orElse("");
            String report = "?key=k1&to=61491570156&smsref=" + id + "&status=Delivered";
            String reply = "?key=k1&from=61491570156&to=61491570110&message=Yes&smsref=" + id;
            webhook.handle(call(report));
            webhook.handle(call(reply));
            stage.say("a stranger without the key: " + webhook.handle(call("?key=guess")).status());
        }
    }

    private static WebhookRequest call(String query) {
        return WebhookRequest.of("GET", "/sms" + query, HttpHeaders.builder().build(), new byte[0]);
    }

    private static void tell(Stage stage, SmsEvent event) {
        if (event instanceof MessageReceivedEvent received) {
            stage.say("reply: " + received.message().text());
        } else if (event instanceof DeliveryReportEvent report) {
            stage.say("report: " + report.status());
        }
    }
}
