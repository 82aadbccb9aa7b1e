package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.webhook.WebhookParser;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a provider's webhook posts, read by its parser. */
record Posted(WebhookParser parser) {

    List<SmsEvent> events(String json) {
        return parser.parse(
                WebhookRequest.of(
                        "POST",
                        "/sms",
                        HttpHeaders.empty(),
                        json.getBytes(StandardCharsets.UTF_8)));
    }

    SmsEvent event(String json) {
        List<SmsEvent> events = events(json);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    TextMessage text(String json) {
        return ((MessageReceivedEvent) event(json)).message();
    }

    DeliveryReportEvent report(String json) {
        return (DeliveryReportEvent) event(json);
    }
}
