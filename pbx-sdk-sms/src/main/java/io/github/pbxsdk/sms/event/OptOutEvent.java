package io.github.pbxsdk.sms.event;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.TextMessage;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The provider noted that somebody wants texts no more, or again.
 *
 * <p>Where a provider reports that as a text with a mark on it, this event stands for the text.
 */
public final class OptOutEvent implements SmsEvent {

    private final SmsOrigin origin;
    private final Wish wish;
    private final TextMessage message;
    private final @Nullable String repetitionKey;

    /**
     * Creates an event.
     *
     * @param repetitionKey what is the same in every repetition, or null if nothing is
     */
    public OptOutEvent(
            SmsOrigin origin, Wish wish, TextMessage message, @Nullable String repetitionKey) {
        this.origin = Objects.requireNonNull(origin, "origin");
        this.wish = Objects.requireNonNull(wish, "wish");
        this.message = Objects.requireNonNull(message, "message");
        this.repetitionKey = repetitionKey;
    }

    @Override
    public SmsOrigin origin() {
        return origin;
    }

    /** Returns what the person wants. */
    public Wish wish() {
        return wish;
    }

    /** Returns the text that said so, with the person as its sender. */
    public TextMessage message() {
        return message;
    }

    /** Returns this event with another text. */
    public OptOutEvent with(TextMessage value) {
        return new OptOutEvent(origin, wish, value, repetitionKey);
    }

    @Override
    public Optional<String> repetitionKey() {
        return Optional.ofNullable(repetitionKey).map(key -> "in|" + key);
    }

    @Override
    public RawFields raw() {
        return message.raw();
    }

    @Override
    public String toString() {
        return "OptOutEvent[" + origin.provider() + ": " + wish + ", " + message + "]";
    }

    /** What a person wants. */
    public enum Wish {
        /** No more texts. */
        STOP,
        /** Texts again. */
        START,
        /** To know what this is about. */
        HELP
    }
}
