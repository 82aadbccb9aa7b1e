package io.github.pbxsdk.sms;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What could be found out about a message whose outcome was unknown. Immutable. */
public final class Reconciliation {

    private final Outcome outcome;
    private final @Nullable SendResult result;

    private Reconciliation(Outcome outcome, @Nullable SendResult result) {
        this.outcome = outcome;
        this.result = result;
    }

    static Reconciliation of(Outcome outcome) {
        return new Reconciliation(Objects.requireNonNull(outcome, "outcome"), null);
    }

    static Reconciliation sent(SendResult result) {
        return new Reconciliation(Outcome.SENT, result);
    }

    /** Returns what is known. */
    public Outcome outcome() {
        return outcome;
    }

    /** Returns the result that the call would have had; present after {@link Outcome#SENT}. */
    public Optional<SendResult> result() {
        return Optional.ofNullable(result);
    }

    @Override
    public String toString() {
        return "Reconciliation[" + outcome + "]";
    }

    /** What is known about a message. */
    public enum Outcome {
        /** The provider has it. */
        SENT,
        /**
         * The provider doesn't list it. Lists lag behind; after some minutes it is safe to {@link
         * Messages#forget} it and send again.
         */
        NOT_FOUND,
        /** It is being sent at this moment. */
        UNDER_WAY,
        /** Nothing was ever sent under this key. */
        NEVER_SENT,
        /** This provider can't be asked: wait for a report, or ask the recipient. */
        UNKNOWN
    }
}
