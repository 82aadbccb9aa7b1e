package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.sms.SimplerText.Replacement;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.FailoverSms;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call of {@link Messages#send}: the provider has the text.
 *
 * <p>That is not delivered: a delivery report tells more. Immutable.
 */
public final class SendResult {

    private final String idempotencyKey;
    private final SmsStatus status;
    private final @Nullable MessageId id;
    private final @Nullable SmsOrigin origin;
    private final int segments;
    private final List<Replacement> replacements;
    private final boolean knownBefore;

    SendResult(
            String idempotencyKey,
            SmsStatus status,
            @Nullable MessageId id,
            @Nullable SmsOrigin origin,
            int segments,
            List<Replacement> replacements,
            boolean knownBefore) {
        this.idempotencyKey = Objects.requireNonNull(idempotencyKey, "idempotencyKey");
        this.status = Objects.requireNonNull(status, "status");
        this.id = id;
        this.origin = origin;
        this.segments = segments;
        this.replacements = List.copyOf(replacements);
        this.knownBefore = knownBefore;
    }

    /** Returns the provider's id of the text; empty where the provider gives none. */
    public Optional<MessageId> id() {
        return Optional.ofNullable(id);
    }

    /**
     * Returns which account of which provider took it, where the client has several of them; see
     * {@link FailoverSms}.
     */
    public Optional<SmsOrigin> origin() {
        return Optional.ofNullable(origin);
    }

    /** Returns what the provider said. */
    public SmsStatus status() {
        return status;
    }

    /** Returns the key under which the ledger knows this text: the caller's, or one made for it. */
    public String idempotencyKey() {
        return idempotencyKey;
    }

    /** Returns how many messages on the air the text takes, as we count. */
    public int segments() {
        return segments;
    }

    /** Returns what was replaced in the text; see {@link SmsClient.Builder#simplifyTexts}. */
    public List<Replacement> replacements() {
        return replacements;
    }

    /** Tells whether the text had been sent before, so that this call sent nothing. */
    public boolean isKnownBefore() {
        return knownBefore;
    }

    @Override
    public String toString() {
        return "SendResult[" + status + (id == null ? "" : ", id " + id) + "]";
    }
}
