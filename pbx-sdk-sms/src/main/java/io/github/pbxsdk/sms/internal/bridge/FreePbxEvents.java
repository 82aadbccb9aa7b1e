package io.github.pbxsdk.sms.internal.bridge;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What FreePBX posts, and what a bridge in front of it does. */
public final class FreePbxEvents {

    private FreePbxEvents() {}

    /**
     * Returns what FreePBX itself posted.
     *
     * <p>It has no id, so two equal texts are two texts, and its time is always 1970.
     */
    public static SmsEvent own(SmsOrigin origin, JsonObject json) {
        if (!json.find("eventDirection").orElse("").equals("in") || !json.has("from")) {
            return new OtherSmsEvent(origin, json.raw());
        }
        TextMessage.Builder message =
                TextMessage.builder(Direction.INBOUND)
                        .from(Address.parse(json.find("from").orElse("")))
                        .text(json.find("message").orElse(""))
                        .via(origin.provider())
                        .raw(json.raw());
        json.find("to").map(Address::parse).ifPresent(message::addTo);
        json.object("message")
                .find("mediaUrl")
                .flatMap(FreePbxEvents::media)
                .ifPresent(message::addMedia);
        return new MessageReceivedEvent(origin, message.build());
    }

    private static Optional<MediaItem> media(String url) {
        try {
            return Optional.of(MediaItem.of(URI.create(url)));
        } catch (IllegalArgumentException e) {
            // A URL that is none can't be opened; the raw fields keep it.
            return Optional.empty();
        }
    }

    /** Returns what a bridge posted. */
    public static SmsEvent bridge(SmsOrigin origin, JsonObject json) {
        TextMessage message = BridgeJson.message(json, origin.provider(), List.of());
        return json.has("from") && message.direction() == Direction.INBOUND
                ? new MessageReceivedEvent(origin, message)
                : new OtherSmsEvent(origin, json.raw());
    }
}
