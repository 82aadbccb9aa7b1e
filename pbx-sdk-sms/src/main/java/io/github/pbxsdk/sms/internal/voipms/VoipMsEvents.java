package io.github.pbxsdk.sms.internal.voipms;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.PhoneNumbers;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.http.Form;
import io.github.pbxsdk.sms.internal.http.MediaUrls;
import java.util.Optional;
import java.util.regex.Pattern;

/** What VoIP.ms asks for: a URL that users write, whose pairs are parted by {@code &} or {@code ;}. */
public final class VoipMsEvents {

    private static final PhoneNumbers AMERICAN = PhoneNumbers.of("US");
    private static final Pattern OTHER_SEPARATOR =
            Pattern.compile(";(?=(?:to|from|message|id|date|media|files)=)");

    private VoipMsEvents() {}

    /**
     * Returns what a query tells. Its date names no time zone, so it stays among the raw fields.
     *
     * @throws IllegalArgumentException if the query is broken
     */
    public static SmsEvent event(SmsOrigin origin, String query) {
        RawFields fields = Form.parse(OTHER_SEPARATOR.matcher(query).replaceAll("&"));
        if (find(fields, "from").isEmpty()) {
            return new OtherSmsEvent(origin, fields);
        }
        TextMessage.Builder message =
                TextMessage.builder(TextMessage.Direction.INBOUND)
                        .text(fields.find("message").orElse(""))
                        .via(origin.provider())
                        .raw(fields);
        find(fields, "id").map(MessageId::of).ifPresent(message::id);
        find(fields, "from").map(AMERICAN::read).ifPresent(message::from);
        find(fields, "to").map(AMERICAN::read).ifPresent(message::addTo);
        find(fields, "media").or(() -> find(fields, "files")).ifPresent(urls -> attach(message, urls));
        return new MessageReceivedEvent(origin, message.build());
    }

    private static void attach(TextMessage.Builder message, String urls) {
        for (String url : urls.split(",", -1)) {
            if (!url.isBlank()) {
                MediaUrls.attach(message, url.strip(), Optional.empty(), Optional.empty());
            }
        }
    }

    /** A template leaves {@code {ID}} where there is no value. */
    private static Optional<String> find(RawFields fields, String name) {
        return fields.find(name).filter(text -> !text.isEmpty() && !text.matches("\\{[A-Z]+\\}"));
    }
}
