package io.github.pbxsdk.core.message;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MessageGateway} was told when it had sent a message.
 *
 * <p>A refusal is no receipt but an exception. Immutable.
 */
public final class MessageReceipt {

    private final Outcome outcome;
    private final String words;
    private final @Nullable MessageId id;

    private MessageReceipt(Outcome outcome, String words, @Nullable MessageId id) {
        this.outcome = outcome;
        this.words = Objects.requireNonNull(words, "words");
        this.id = id;
    }

    /**
     * Returns the receipt of a message that the final device has.
     *
     * @param words what the peer answered, such as {@code 200 OK}
     */
    public static MessageReceipt delivered(String words) {
        return new MessageReceipt(Outcome.DELIVERED, words, null);
    }

    /**
     * Returns the receipt of a message that somebody on the way has taken.
     *
     * @param words what the peer answered, such as {@code 202 Accepted}
     */
    public static MessageReceipt accepted(String words) {
        return new MessageReceipt(Outcome.ACCEPTED, words, null);
    }

    /** Returns this receipt with the id the peer gave the message. */
    public MessageReceipt identifiedBy(MessageId messageId) {
        return new MessageReceipt(outcome, words, Objects.requireNonNull(messageId, "messageId"));
    }

    /** Returns how far the message is known to have come. */
    public Outcome outcome() {
        return outcome;
    }

    /** Returns what the peer answered, in its own words. */
    public String words() {
        return words;
    }

    /** Returns the peer's id of the message, on roads that give one. */
    public Optional<MessageId> id() {
        return Optional.ofNullable(id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageReceipt that
                && outcome == that.outcome
                && words.equals(that.words)
                && Objects.equals(id, that.id);
    }

    @Override
    public int hashCode() {
        return Objects.hash(outcome, words, id);
    }

    @Override
    public String toString() {
        return "MessageReceipt[" + outcome + (id == null ? "" : " " + id) + ": " + words + "]";
    }

    /** How far a message is known to have come. */
    public enum Outcome {
        /** Somebody on the way has taken it; whether it arrives is unknown. */
        ACCEPTED,
        /** The device it was meant for has it, which does not mean that anybody has read it. */
        DELIVERED
    }
}
