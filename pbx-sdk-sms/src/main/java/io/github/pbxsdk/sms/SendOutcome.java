package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What became of one recipient of a {@linkplain SmsBulk bulk}. Immutable. */
public final class SendOutcome {

    private final TextMessage message;
    private final State state;
    private final @Nullable SendResult result;
    private final @Nullable Kind kind;
    private final String reason;
    private final int duplicateOf;
    private final boolean retryable;

    private SendOutcome(
            TextMessage message,
            State state,
            @Nullable SendResult result,
            @Nullable Kind kind,
            String reason,
            int duplicateOf,
            boolean retryable) {
        this.message = Objects.requireNonNull(message, "message");
        this.state = state;
        this.result = result;
        this.kind = kind;
        this.reason = reason;
        this.duplicateOf = duplicateOf;
        this.retryable = retryable;
    }

    static SendOutcome sent(TextMessage message, SendResult result) {
        return new SendOutcome(message, State.SENT, result, null, "", -1, false);
    }

    static SendOutcome rejected(TextMessage message, Kind kind, String reason, boolean retryable) {
        return new SendOutcome(message, State.REJECTED, null, kind, reason, -1, retryable);
    }

    static SendOutcome suppressed(TextMessage message, String reason) {
        return new SendOutcome(message, State.SUPPRESSED, null, Kind.OPTED_OUT, reason, -1, false);
    }

    static SendOutcome duplicate(TextMessage message, int of) {
        return new SendOutcome(
                message, State.DUPLICATE, null, null, "the same recipient as " + of, of, false);
    }

    static SendOutcome skipped(TextMessage message, String reason) {
        return new SendOutcome(message, State.SKIPPED, null, null, reason, -1, true);
    }

    static SendOutcome unknown(TextMessage message, String reason) {
        return new SendOutcome(message, State.UNKNOWN, null, null, reason, -1, false);
    }

    /** Returns the message with this recipient alone. */
    public TextMessage message() {
        return message;
    }

    /** Returns the recipient, as it was read. */
    public Address to() {
        return message.to().get(0);
    }

    /** Returns what became of it. */
    public State state() {
        return state;
    }

    /** Returns what the provider said; present when it was sent. */
    public Optional<SendResult> result() {
        return Optional.ofNullable(result);
    }

    /** Returns what to do about it; present when it was rejected or suppressed. */
    public Optional<Kind> kind() {
        return Optional.ofNullable(kind);
    }

    /** Returns why it was not sent, or why nobody knows; an empty text when it was sent. */
    public String reason() {
        return reason;
    }

    /** Returns the place of the recipient that it repeats, from 0; present for a duplicate. */
    public OptionalInt duplicateOf() {
        return duplicateOf < 0 ? OptionalInt.empty() : OptionalInt.of(duplicateOf);
    }

    /** Tells whether the text may be on its way; see {@link PbxException#mayHaveBeenSent()}. */
    public boolean mayHaveBeenSent() {
        return state == State.SENT || state == State.UNKNOWN;
    }

    /** Tells whether it certainly was not sent, and another run may send it. */
    public boolean isRetryable() {
        return retryable;
    }

    @Override
    public String toString() {
        return "SendOutcome["
                + (to().masked() + ": " + state)
                + (reason.isEmpty() ? "" : ", " + reason)
                + "]";
    }

    /** What became of a recipient. */
    public enum State {
        /** The provider has the text. */
        SENT,
        /** Provider, policy or capabilities said no. */
        REJECTED,
        /** The recipient wants no texts. */
        SUPPRESSED,
        /** The recipient stands further up in the list already. */
        DUPLICATE,
        /** It was not tried: the run was stopped, or the provider could not be reached. */
        SKIPPED,
        /** Nobody knows; it is not sent again. */
        UNKNOWN
    }
}
