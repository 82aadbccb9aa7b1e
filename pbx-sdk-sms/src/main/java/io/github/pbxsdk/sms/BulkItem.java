package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import org.jspecify.annotations.Nullable;

/** One recipient of a run on his way to an outcome. */
final class BulkItem {

    private final TextMessage message;
    private @Nullable Draft draft;
    private @Nullable SendOutcome outcome;
    private int attempts;

    BulkItem(TextMessage message) {
        this.message = message;
    }

    TextMessage message() {
        return message;
    }

    void drafted(Draft value) {
        this.draft = value;
    }

    /** Returns what goes out; only those without an outcome are sent. */
    Draft draft() {
        if (draft == null) {
            throw new IllegalStateException("it has an outcome, and is not sent");
        }
        return draft;
    }

    String sender() {
        return draft().outgoing().message().from().map(Address::key).orElse("");
    }

    /** Counts an attempt that certainly sent nothing. */
    int failedAgain() {
        return ++attempts;
    }

    void ends(SendOutcome value) {
        this.outcome = value;
    }

    boolean isOver() {
        return outcome != null;
    }

    SendOutcome outcome() {
        return outcome != null
                ? outcome
                : SendOutcome.skipped(message, "the run ended before it was its turn");
    }
}
