package io.github.pbxsdk.sms.event;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import java.util.Objects;
import java.util.Optional;

/** Somebody sent us a text. */
public final class MessageReceivedEvent implements SmsEvent {

    private final SmsOrigin origin;
    private final TextMessage message;

    /** Creates an event. */
    public MessageReceivedEvent(SmsOrigin origin, TextMessage message) {
        this.origin = Objects.requireNonNull(origin, "origin");
        this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public SmsOrigin origin() {
        return origin;
    }

    /** Returns the text with its sender, whatever that looks like. */
    public TextMessage message() {
        return message;
    }

    @Override
    public Optional<String> repetitionKey() {
        return message.id().map(MessageId::value).map(id -> "in|" + id);
    }

    @Override
    public RawFields raw() {
        return message.raw();
    }

    @Override
    public String toString() {
        return "MessageReceivedEvent[" + origin.provider() + ": " + message + "]";
    }
}
