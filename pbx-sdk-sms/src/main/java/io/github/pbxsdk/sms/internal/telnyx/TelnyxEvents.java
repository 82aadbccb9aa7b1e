package io.github.pbxsdk.sms.internal.telnyx;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OptOutEvent;
import io.github.pbxsdk.sms.event.OptOutEvent.Wish;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.http.MediaUrls;
import io.github.pbxsdk.sms.internal.http.Times;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Telnyx posts. */
public final class TelnyxEvents {

    private TelnyxEvents() {}

    /** Returns what an object tells. */
    public static SmsEvent event(SmsOrigin origin, JsonObject json) {
        JsonObject data = json.object("data");
        return switch (data.find("event_type").orElse("")) {
            case "message.received" -> received(origin, data, json.raw());
            case "message.sent", "message.finalized" -> report(origin, data, json.raw());
            default -> new OtherSmsEvent(origin, json.raw());
        };
    }

    private static SmsEvent received(SmsOrigin origin, JsonObject data, RawFields raw) {
        JsonObject payload = data.object("payload");
        TextMessage.Builder message =
                TextMessage.builder(TextMessage.Direction.INBOUND)
                        .text(payload.find("text").orElse(""))
                        .via(origin.provider())
                        .raw(raw);
        id(payload).or(() -> id(data)).ifPresent(message::id);
        number(payload.object("from")).ifPresent(message::from);
        payload.objects("to").forEach(to -> number(to).ifPresent(message::addTo));
        payload.objects("cc").forEach(to -> number(to).ifPresent(message::addTo));
        payload.find("received_at")
                .or(() -> data.find("occurred_at"))
                .flatMap(Times::iso)
                .ifPresent(message::sentAt);
        payload.objects("media")
                .forEach(
                        file ->
                                file.find("url")
                                        .ifPresent(
                                                url ->
                                                        MediaUrls.attach(
                                                                message,
                                                                url,
                                                                file.find("content_type"),
                                                                Optional.empty())));
        TextMessage received = message.build();
        return wish(payload)
                .<SmsEvent>map(wish -> new OptOutEvent(origin, wish, received, key(received)))
                .orElseGet(() -> new MessageReceivedEvent(origin, received));
    }

    private static @Nullable String key(TextMessage received) {
        return received.id().map(MessageId::value).orElse(null);
    }

    /** Set where Telnyx has answered by itself; words of the account's own are texts. */
    private static Optional<Wish> wish(JsonObject payload) {
        String type = payload.find("autoresponse_type").orElse("").toUpperCase(Locale.ROOT);
        return Arrays.stream(Wish.values()).filter(wish -> wish.name().equals(type)).findFirst();
    }

    private static SmsEvent report(SmsOrigin origin, JsonObject data, RawFields raw) {
        JsonObject payload = data.object("payload");
        Optional<JsonObject> to = payload.objects("to").stream().findFirst();
        SmsStatus status = TelnyxJson.status(to.flatMap(json -> json.find("status")).orElse(""));
        SmsStatus timed =
                data.find("occurred_at").flatMap(Times::iso).map(status::withTime).orElse(status);
        Optional<String> code =
                payload.objects("errors").stream().findFirst().flatMap(error -> error.find("code"));
        DeliveryReportEvent.Builder report =
                DeliveryReportEvent.builder(origin, code.map(timed::withCode).orElse(timed))
                        .raw(raw);
        id(payload).ifPresent(report::id);
        data.find("id").filter(id -> !id.isEmpty()).ifPresent(report::repetitionKey);
        to.flatMap(TelnyxEvents::number).ifPresent(report::to);
        return report.build();
    }

    private static Optional<MessageId> id(JsonObject json) {
        return json.find("id").filter(id -> !id.isEmpty()).map(MessageId::of);
    }

    private static Optional<Address> number(JsonObject json) {
        return json.find("phone_number").filter(text -> !text.isEmpty()).map(Address::parse);
    }
}
