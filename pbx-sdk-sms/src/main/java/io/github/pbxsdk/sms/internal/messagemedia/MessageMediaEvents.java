package io.github.pbxsdk.sms.internal.messagemedia;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OptOutEvent;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.http.Times;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import java.util.Base64;
import java.util.Optional;

/**
 * Replies, reports and opt-outs of MessageMedia, in polls and in webhooks whose templates users
 * write: members are read by name, in each of the usual spellings, and none is needed.
 */
public final class MessageMediaEvents {

    private static final String[] SOURCE = {"sourceAddress", "from"};

    private MessageMediaEvents() {}

    /** Returns what an object tells. */
    public static SmsEvent event(SmsOrigin origin, JsonObject json) {
        if (find(json, "notification_id", "notificationId").isPresent()) {
            return optOut(origin, json);
        }
        if (find(json, "delivery_report_id", "drId", "reportId").isPresent()
                || find(json, "status").isPresent()) {
            return report(origin, json);
        }
        boolean message =
                find(json, "reply_id", "replyId", "moId").isPresent()
                        || find(json, "source_number", SOURCE).isPresent();
        return message ? received(origin, json) : new OtherSmsEvent(origin, json.raw());
    }

    /** Returns a reply. */
    public static SmsEvent received(SmsOrigin origin, JsonObject json) {
        TextMessage.Builder message = message(origin, json);
        find(json, "reply_id", "replyId", "moId", "id").map(MessageId::of).ifPresent(message::id);
        return new MessageReceivedEvent(origin, message.build());
    }

    private static SmsEvent optOut(SmsOrigin origin, JsonObject json) {
        String id = find(json, "notification_id", "notificationId").orElseThrow();
        return new OptOutEvent(origin, OptOutEvent.Wish.STOP, message(origin, json).build(), id);
    }

    private static TextMessage.Builder message(SmsOrigin origin, JsonObject json) {
        TextMessage.Builder message =
                TextMessage.builder(TextMessage.Direction.INBOUND)
                        .text(json.find("content", "moContent", "message").orElse(""))
                        .via(origin.provider())
                        .raw(json.raw());
        find(json, "source_number", SOURCE).map(Address::parse).ifPresent(message::from);
        find(json, "destination_number", "destinationAddress", "to")
                .map(Address::parse)
                .ifPresent(message::addTo);
        find(json, "message_id", "messageId", "mtId", "msgref", "smsref")
                .map(MessageId::of)
                .ifPresent(message::inReplyTo);
        reference(json).ifPresent(message::reference);
        find(json, "date_received", "receivedTimestamp", "received")
                .flatMap(Times::iso)
                .ifPresent(message::sentAt);
        json.objects("attachments").forEach(file -> attach(message, file));
        return message;
    }

    private static void attach(TextMessage.Builder message, JsonObject file) {
        String content = file.find("content", "base64").orElse("");
        try {
            MediaItem.Builder item =
                    MediaItem.builder().bytes(Base64.getMimeDecoder().decode(content));
            file.find("content_type", "contentType").ifPresent(item::contentType);
            file.find("original_name", "originalName").ifPresent(item::name);
            message.addMedia(item.build());
        } catch (IllegalArgumentException e) {
            // Broken base64: the text arrives all the same, and raw fields keep what came.
            message.putAttribute("unreadable-attachment", "true");
        }
    }

    /** Returns a delivery report. */
    public static SmsEvent report(SmsOrigin origin, JsonObject json) {
        SmsStatus status =
                MessageMediaJson.status(
                        find(json, "status").orElse(""),
                        find(json, "error_code", "statusCode", "status_code", "code"));
        DeliveryReportEvent.Builder report =
                DeliveryReportEvent.builder(origin, withTime(status, json)).raw(json.raw());
        find(json, "message_id", "messageId", "mtId", "msgref", "smsref")
                .map(MessageId::of)
                .ifPresent(report::id);
        // In a report the source is whom our message was for.
        find(json, "source_number", SOURCE).map(Address::parse).ifPresent(report::to);
        reference(json).ifPresent(report::reference);
        find(json, "delivery_report_id", "drId", "reportId", "id").ifPresent(report::repetitionKey);
        return report.build();
    }

    private static SmsStatus withTime(SmsStatus status, JsonObject json) {
        return find(json, "date_received", "receivedTimestamp", "received")
                .flatMap(Times::iso)
                .map(status::withTime)
                .orElse(status);
    }

    private static Optional<String> reference(JsonObject json) {
        Optional<String> ours = clean(json.object("metadata").find("apiClientRef"));
        return ours.isPresent() ? ours : find(json, "ref", "apiClientRef");
    }

    private static Optional<String> find(JsonObject json, String name, String... others) {
        Optional<String> found = clean(json.find(name));
        for (int i = 0; found.isEmpty() && i < others.length; i++) {
            found = clean(json.find(others[i]));
        }
        return found;
    }

    /** Templates leave parentheses around a value, and the name of a variable without one. */
    public static Optional<String> clean(Optional<String> value) {
        return value.map(String::strip)
                .map(text -> text.matches("\\(.*\\)") ? text.substring(1, text.length() - 1) : text)
                .filter(text -> !text.isEmpty() && !text.startsWith("$"));
    }
}
