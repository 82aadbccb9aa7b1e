package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text as a {@link MessageStore} has it. Immutable. */
public final class StoredMessage {

    /** By the provider's time, then in the order of arrival. */
    static final Comparator<StoredMessage> BY_TIME =
            Comparator.comparing((StoredMessage message) -> message.at().toEpochMilli())
                    .thenComparing(StoredMessage::number);

    private final long number;
    private final ConversationKey conversation;
    private final SmsOrigin origin;
    private final TextMessage message;
    private final @Nullable String idempotencyKey;
    private final @Nullable SmsStatus status;
    private final boolean unread;

    StoredMessage(
            long number,
            ConversationKey conversation,
            SmsOrigin origin,
            TextMessage message,
            @Nullable String idempotencyKey,
            @Nullable SmsStatus status,
            boolean unread) {
        this.number = number;
        this.conversation = conversation;
        this.origin = origin;
        this.message = message;
        this.idempotencyKey = idempotencyKey;
        this.status = status;
        this.unread = unread;
    }

    /** Returns its number: later texts have higher ones, and no text ever has another one's. */
    public long number() {
        return number;
    }

    /** Returns the conversation it belongs to. */
    public ConversationKey conversation() {
        return conversation;
    }

    /** Returns by which account it came or went. */
    public SmsOrigin origin() {
        return origin;
    }

    /** Returns the text, without the raw fields. */
    public TextMessage message() {
        return message;
    }

    /** Tells whether somebody sent it to us. */
    public boolean isInbound() {
        return message.direction() == Direction.INBOUND;
    }

    /** Returns when it was sent, by the provider's clock if it told, otherwise by ours. */
    public Instant at() {
        return timeOf(message);
    }

    static Instant timeOf(TextMessage message) {
        return message.sentAt().or(message::receivedAt).orElse(Instant.EPOCH);
    }

    /** Returns the key under which the ledger of the client knows a text of ours. */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(idempotencyKey);
    }

    /** Returns how far a text of ours has come; empty while it is being sent. */
    public Optional<SmsStatus> status() {
        return Optional.ofNullable(status);
    }

    /** Tells whether it is a received one that nobody has marked as read. */
    public boolean isUnread() {
        return unread;
    }

    StoredMessage with(TextMessage value, @Nullable SmsStatus newStatus, boolean isUnread) {
        return new StoredMessage(
                number, conversation, origin, value, idempotencyKey, newStatus, isUnread);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredMessage that
                && number == that.number
                && conversation.equals(that.conversation)
                && origin.equals(that.origin)
                && message.equals(that.message)
                && Objects.equals(idempotencyKey, that.idempotencyKey)
                && Objects.equals(status, that.status)
                && unread == that.unread;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    /** Returns number and outline, with addresses shortened and without the text. */
    @Override
    public String toString() {
        return "StoredMessage[" + number + ", " + message + (unread ? ", unread" : "") + "]";
    }
}
