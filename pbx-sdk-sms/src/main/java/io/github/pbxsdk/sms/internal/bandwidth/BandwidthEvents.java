package io.github.pbxsdk.sms.internal.bandwidth;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.http.MediaUrls;
import io.github.pbxsdk.sms.internal.http.Times;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What Bandwidth posts: arrays, also of one event. */
public final class BandwidthEvents {

    private BandwidthEvents() {}

    /** Returns what an object tells. */
    public static SmsEvent event(SmsOrigin origin, JsonObject json) {
        return switch (json.find("type").orElse("")) {
            case "message-received" -> received(origin, json);
            case "message-sending", "message-delivered", "message-failed" -> report(origin, json);
            default -> new OtherSmsEvent(origin, json.raw());
        };
    }

    private static SmsEvent received(SmsOrigin origin, JsonObject json) {
        JsonObject payload = json.object("message");
        TextMessage.Builder message =
                TextMessage.builder(TextMessage.Direction.INBOUND)
                        .text(payload.find("text").orElse(""))
                        .via(origin.provider())
                        .raw(json.raw());
        id(payload).map(MessageId::of).ifPresent(message::id);
        payload.find("from").map(Address::parse).ifPresent(message::from);
        payload.texts("to").stream().map(Address::parse).forEach(message::addTo);
        time(json).ifPresent(message::sentAt);
        payload.texts("media").stream()
                .filter(url -> !isLayout(url))
                .forEach(
                        url -> MediaUrls.attach(message, url, Optional.empty(), Optional.empty()));
        return new MessageReceivedEvent(origin, message.build());
    }

    /** How a phone arranged the parts is no content. */
    private static boolean isLayout(String url) {
        return url.toLowerCase(Locale.ROOT).endsWith(".smil");
    }

    private static SmsEvent report(SmsOrigin origin, JsonObject json) {
        JsonObject payload = json.object("message");
        String type = json.find("type").orElse("");
        SmsStatus status =
                BandwidthJson.status(
                        type, json.find("errorCode"), json.find("description").orElse(""));
        DeliveryReportEvent.Builder report =
                DeliveryReportEvent.builder(
                                origin, time(json).map(status::withTime).orElse(status))
                        .raw(json.raw());
        String to = json.find("to").orElse("");
        id(payload)
                .ifPresent(
                        id ->
                                report.id(MessageId.of(id))
                                        .repetitionKey(id + "|" + type + "|" + to));
        if (!to.isEmpty()) {
            report.to(Address.parse(to));
        }
        payload.find("tag").filter(tag -> !tag.isEmpty()).ifPresent(report::reference);
        return report.build();
    }

    private static Optional<String> id(JsonObject payload) {
        return payload.find("id").filter(id -> !id.isEmpty());
    }

    private static Optional<Instant> time(JsonObject json) {
        return json.find("time").flatMap(Times::iso);
    }
}
