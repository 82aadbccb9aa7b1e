package io.github.pbxsdk.sms.internal.broadcast;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.sms.PhoneNumbers;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
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

    private BroadcastEvents() {}

    /** Returns what the members tell. */
    public static SmsEvent event(SmsOrigin origin, JsonObject json) {
        Optional<String> status = find(json, "status");
        boolean classicReport =
                status.isPresent() && find(json, "smsref").isPresent() && !json.has("message");
        return classicReport
                ? report(origin, json, BroadcastLines.status(status.get()))
                : MessageMediaEvents.event(origin, json);
    }

    private static SmsEvent report(SmsOrigin origin, JsonObject json, SmsStatus status) {
        String id = find(json, "smsref").orElseThrow();
        DeliveryReportEvent.Builder report =
                DeliveryReportEvent.builder(origin, status)
                        .id(MessageId.of(id))
                        .repetitionKey(id + "|" + status.words())
                        .raw(json.raw());
        find(json, "to").map(BroadcastEvents::address).ifPresent(report::to);
        find(json, "ref").ifPresent(report::reference);
        return report.build();
    }

    private static Address address(String text) {
        return PhoneNumbers.of("AU").read(text);
    }

    private static Optional<String> find(JsonObject json, String name) {
        return MessageMediaEvents.clean(json.find(name));
    }
}
