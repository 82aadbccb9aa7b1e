package io.github.pbxsdk.sip.event;

import io.github.pbxsdk.core.message.TextMessage;
import java.util.Objects;

/** A text arrived; the sender has its answer already. */
public final class MessageReceivedEvent implements TextEvent {

    private final String extension;
    private final TextMessage message;

    /** Creates an event. */
    public MessageReceivedEvent(String extension, TextMessage message) {
        this.extension = Objects.requireNonNull(extension, "extension");
        this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public String extension() {
        return extension;
    }

    /** Returns the text. */
    public TextMessage message() {
        return message;
    }

    @Override
    public String toString() {
        return "MessageReceivedEvent[" + extension + ": " + message + "]";
    }
}
