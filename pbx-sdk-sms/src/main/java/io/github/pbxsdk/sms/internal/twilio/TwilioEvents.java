package io.github.pbxsdk.sms.internal.twilio;

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
import java.util.Optional;

/** What Twilio posts. */
public final class TwilioEvents {

    private TwilioEvents() {}

    /** Returns what the parameters tell. */
    public static SmsEvent event(SmsOrigin origin, RawFields fields) {
        Optional<String> sid = find(fields, "MessageSid").or(() -> find(fields, "SmsSid"));
        String status =
                find(fields, "MessageStatus").or(() -> find(fields, "SmsStatus")).orElse("");
        boolean inbound =
                status.isEmpty() || status.equals("received") || status.equals("receiving");
        if (!inbound) {
            return report(origin, fields, sid, status);
        }
        if (sid.isEmpty() && find(fields, "From").isEmpty()) {
            return new OtherSmsEvent(origin, fields);
        }
        TextMessage message = message(origin, fields, sid);
        return wish(fields)
                .<SmsEvent>map(wish -> new OptOutEvent(origin, wish, message, sid.orElse(null)))
                .orElseGet(() -> new MessageReceivedEvent(origin, message));
    }

    private static Optional<Wish> wish(RawFields fields) {
        return find(fields, "OptOutType")
                .map(
                        type ->
                                switch (type) {
                                    case "STOP" -> Wish.STOP;
                                    case "START" -> Wish.START;
                                    default -> Wish.HELP;
                                });
    }

    private static SmsEvent report(
            SmsOrigin origin, RawFields fields, Optional<String> sid, String words) {
        SmsStatus status = TwilioJson.status(words);
        DeliveryReportEvent.Builder report =
                DeliveryReportEvent.builder(
                                origin,
                                find(fields, "ErrorCode").map(status::withCode).orElse(status))
                        .raw(fields);
        sid.ifPresent(id -> report.id(MessageId.of(id)).repetitionKey(id + "|" + status.words()));
        find(fields, "To").map(Address::parse).ifPresent(report::to);
        return report.build();
    }

    private static TextMessage message(SmsOrigin origin, RawFields fields, Optional<String> sid) {
        TextMessage.Builder message =
                TextMessage.builder(TextMessage.Direction.INBOUND)
                        .text(fields.find("Body").orElse(""))
                        .via(origin.provider())
                        .raw(fields);
        sid.map(MessageId::of).ifPresent(message::id);
        find(fields, "From").map(Address::parse).ifPresent(message::from);
        find(fields, "To").map(Address::parse).ifPresent(message::addTo);
        for (int i = 0; find(fields, "MediaUrl" + i).isPresent(); i++) {
            MediaUrls.attach(
                    message,
                    find(fields, "MediaUrl" + i).orElseThrow(),
                    find(fields, "MediaContentType" + i),
                    Optional.empty());
        }
        return message.build();
    }

    private static Optional<String> find(RawFields fields, String name) {
        return fields.find(name).filter(value -> !value.isEmpty());
    }
}
