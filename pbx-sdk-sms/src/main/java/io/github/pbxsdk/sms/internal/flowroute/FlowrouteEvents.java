package io.github.pbxsdk.sms.internal.flowroute;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.PhoneNumbers;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.http.MediaUrls;
import io.github.pbxsdk.sms.internal.http.Times;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.provider.HttpAnswer;

/** What Flowroute posts and lists: texts and reports of version 2, and the flat texts of 1. */
public final class FlowrouteEvents {

    private static final PhoneNumbers AMERICAN = PhoneNumbers.of("US");

    private FlowrouteEvents() {}

    /** Returns what an object tells. */
    public static SmsEvent event(SmsOrigin origin, JsonObject json) {
        JsonObject data = json.object("data");
        if (data.find("type").orElse("").equals("delivery_receipt")) {
            return report(origin, data, json.raw());
        }
        if (json.has("data")) {
            return received(origin, data, json);
        }
        return json.has("from") && json.has("body")
                ? text(origin, json, json, json)
                : new OtherSmsEvent(origin, json.raw());
    }

    /** Returns a listed message. */
    public static SmsEvent listed(SmsOrigin origin, JsonObject data) {
        return received(origin, data, data);
    }

    /** Tells whether a listed message has files of which the list does not tell where they are. */
    public static boolean lacksFiles(MessageReceivedEvent listed) {
        return listed.message().id().isPresent()
                && listed.raw().find("attributes.is_mms").filter("true"::equals).isPresent()
                && listed.message().media().size() < Math.max(1, numberOfLinks(listed));
    }

    private static long numberOfLinks(MessageReceivedEvent listed) {
        return listed.raw().list().stream()
                .filter(field -> field.name().equals("relationships.media.data.id"))
                .count();
    }

    /** Returns a listed message as it is told by itself, or what is known of one that is gone. */
    public static SmsEvent completed(MessageReceivedEvent listed, HttpAnswer answer) {
        if (answer.status() == 404) {
            return withoutSome(listed);
        }
        SmsEvent whole = event(listed.origin(), FlowrouteJson.success(answer));
        if (!(whole instanceof MessageReceivedEvent message)) {
            throw answer.unreadable("no message");
        }
        return message.message().media().size() < numberOfLinks(listed)
                ? withoutSome(message)
                : message;
    }

    private static SmsEvent withoutSome(MessageReceivedEvent known) {
        TextMessage.Builder message = known.message().toBuilder();
        MediaUrls.noteUnreadable(message);
        return new MessageReceivedEvent(known.origin(), message.build());
    }

    private static SmsEvent received(SmsOrigin origin, JsonObject data, JsonObject whole) {
        JsonObject attributes = data.object("attributes");
        boolean inbound = attributes.find("direction").orElse("inbound").equals("inbound");
        return inbound && attributes.has("from")
                ? text(origin, data, attributes, whole)
                : new OtherSmsEvent(origin, whole.raw());
    }

    private static SmsEvent text(
            SmsOrigin origin, JsonObject data, JsonObject attributes, JsonObject whole) {
        TextMessage.Builder message =
                TextMessage.builder(TextMessage.Direction.INBOUND)
                        .text(attributes.find("body").orElse(""))
                        .via(origin.provider())
                        .raw(whole.raw());
        data.find("id").filter(id -> !id.isEmpty()).map(MessageId::of).ifPresent(message::id);
        attributes.find("from").map(FlowrouteEvents::address).ifPresent(message::from);
        attributes.find("to").map(FlowrouteEvents::address).ifPresent(message::addTo);
        attributes.find("timestamp").flatMap(Times::iso).ifPresent(message::sentAt);
        whole.objects("included").stream()
                .filter(file -> file.find("type").orElse("").equals("media"))
                .forEach(file -> attach(message, file.object("attributes")));
        return new MessageReceivedEvent(origin, message.build());
    }

    private static void attach(TextMessage.Builder message, JsonObject file) {
        file.find("url")
                .ifPresent(
                        url ->
                                MediaUrls.attach(
                                        message,
                                        url,
                                        file.find("mime_type"),
                                        file.find("file_name")));
    }

    private static SmsEvent report(SmsOrigin origin, JsonObject data, RawFields raw) {
        JsonObject attributes = data.object("attributes");
        SmsStatus status = FlowrouteJson.status(attributes.find("status").orElse(""));
        SmsStatus timed =
                attributes
                        .find("timestamp")
                        .flatMap(Times::iso)
                        .map(status::withTime)
                        .orElse(status);
        DeliveryReportEvent.Builder report =
                DeliveryReportEvent.builder(
                                origin,
                                attributes.find("status_code").map(timed::withCode).orElse(timed))
                        .raw(raw);
        data.find("id")
                .filter(id -> !id.isEmpty())
                .ifPresent(id -> report.id(MessageId.of(id)).repetitionKey(key(id, attributes)));
        attributes.find("to").map(FlowrouteEvents::address).ifPresent(report::to);
        return report.build();
    }

    /** Two reports about one message are usual, one of the switch and one of the carrier. */
    private static String key(String id, JsonObject attributes) {
        return id
                + "|"
                + attributes.find("level").orElse("")
                + "|"
                + attributes.find("status").orElse("")
                + "|"
                + attributes.find("timestamp").orElse("");
    }

    private static Address address(String text) {
        return AMERICAN.read(text);
    }
}
