package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import java.util.Objects;

/** A message as it goes out: checked, with its sender, under a key of ours. Immutable. */
public final class OutgoingMessage {

    private final TextMessage message;
    private final String idempotencyKey;

    /** Creates one; the client does. */
    public OutgoingMessage(TextMessage message, String idempotencyKey) {
        this.message = Objects.requireNonNull(message, "message");
        this.idempotencyKey = Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    }

    /** Returns the message. */
    public TextMessage message() {
        return message;
    }

    /** Returns our key, for providers that keep it with the message. */
    public String idempotencyKey() {
        return idempotencyKey;
    }

    /** Returns the first recipient, which is the only one with nearly all providers. */
    public Address to() {
        return message.to().get(0);
    }

    @Override
    public String toString() {
        return "OutgoingMessage[" + message + "]";
    }
}
