package io.github.pbxsdk.sms.internal.broadcast;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.PhoneNumbers;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.messagemedia.MessageMediaEvents;
import java.util.Optional;

/**
 * What SMS Broadcast posts: its classic reports, and for all else the templates of MessageMedia,
 * whose spellings include the classic ones.
 */
public final class BroadcastEvents {

    private static final PhoneNumbers AUSTRALIAN = PhoneNumbers.of("AU");

    private BroadcastEvents() {}

    /** Returns what the members tell. */
    public static SmsEvent event(SmsOrigin origin, JsonObject json) {
        Optional<String> status = find(json, "status");
        boolean classicReport =
                status.isPresent() && find(json, "smsref").isPresent() && !json.has("message");
        return classicReport
                ? report(origin, json, BroadcastLines.status(status.get()))
                : withNumbers(MessageMediaEvents.event(origin, json));
    }

    /** Classic replies write numbers without their plus, as reports do. */
    private static SmsEvent withNumbers(SmsEvent event) {
        if (!(event instanceof MessageReceivedEvent received)) {
            return event;
        }
        TextMessage message = received.message();
        TextMessage.Builder complete =
                message.toBuilder().to(message.to().stream().map(AUSTRALIAN::resolve).toList());
        message.from().map(AUSTRALIAN::resolve).ifPresent(complete::from);
        return new MessageReceivedEvent(event.origin(), complete.build());
    }

    private static SmsEvent report(SmsOrigin origin, JsonObject json, SmsStatus status) {
        String id = find(json, "smsref").orElseThrow();
        DeliveryReportEvent.Builder report =
                DeliveryReportEvent.builder(origin, status)
                        .id(MessageId.of(id))
                        .repetitionKey(id + "|" + status.words())
                        .raw(json.raw());
        find(json, "to").map(AUSTRALIAN::read).ifPresent(report::to);
        find(json, "ref").ifPresent(report::reference);
        return report.build();
    }

    private static Optional<String> find(JsonObject json, String name) {
        return MessageMediaEvents.clean(json.find(name));
    }
}
