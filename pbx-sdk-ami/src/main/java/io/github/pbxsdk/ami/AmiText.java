package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.core.message.TextMessage;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an event says about a text.
 *
 * <p>Immutable.
 */
public final class AmiText {

    private final Kind kind;
    private final TextMessage message;
    private final String status;
    private final @Nullable String suspicion;
    private final boolean isRepeat;
    private final AmiEvent event;

    AmiText(
            Kind kind,
            TextMessage message,
            String status,
            @Nullable String suspicion,
            boolean isRepeat,
            AmiEvent event) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.message = Objects.requireNonNull(message, "message");
        this.status = status;
        this.suspicion = suspicion;
        this.isRepeat = isRepeat;
        this.event = Objects.requireNonNull(event, "event");
    }

    AmiText suspected(String reason) {
        String all = suspicion == null ? reason : suspicion + "; " + reason;
        TextMessage flagged =
                message.toBuilder().putAttribute(AmiMessageGateway.SUSPICION, all).build();
        return new AmiText(kind, flagged, status, all, isRepeat, event);
    }

    AmiText repeated() {
        return new AmiText(kind, message, status, suspicion, true, event);
    }

    /** Returns what happened to the text. */
    public Kind kind() {
        return kind;
    }

    /** Returns the text, as far as the event has it. */
    public TextMessage message() {
        return message;
    }

    /** Returns how sending went in the server's words, such as {@code SUCCESS}; often empty. */
    public String status() {
        return status;
    }

    /**
     * Returns why the event may be forged, if something about it says so.
     *
     * <p>That nothing says so proves nothing: see {@link AmiEvent}.
     */
    public Optional<String> suspicion() {
        return Optional.ofNullable(suspicion);
    }

    /** Tells whether the same text with the same id came before. */
    public boolean isRepeat() {
        return isRepeat;
    }

    /** Returns the event. */
    public AmiEvent event() {
        return event;
    }

    /** Returns what and who, without the text. */
    @Override
    public String toString() {
        return kind
                + " "
                + message
                + (isRepeat ? ", a repeat" : "")
                + (suspicion == null ? "" : ", suspicious: " + suspicion);
    }

    /** What happened to a text. */
    public enum Kind {
        /** It came in. */
        RECEIVED,
        /** It was passed on or sent, by the dialplan or a user of the PBX. */
        SENT,
        /** It was deleted from the PBX's own store. */
        DELETED
    }
}
