package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a provider answered when it took a message. Immutable. */
public final class ProviderReceipt {

    private final SmsStatus status;
    private final @Nullable MessageId id;
    private final @Nullable SmsOrigin origin;

    private ProviderReceipt(SmsStatus status, @Nullable MessageId id, @Nullable SmsOrigin origin) {
        this.status = Objects.requireNonNull(status, "status");
        this.id = id;
        this.origin = origin;
    }

    /** Returns a receipt without an id. */
    public static ProviderReceipt of(SmsStatus status) {
        return new ProviderReceipt(status, null, null);
    }

    /** Returns this receipt with the provider's id of the message. */
    public ProviderReceipt identifiedBy(MessageId value) {
        return new ProviderReceipt(status, Objects.requireNonNull(value, "id"), origin);
    }

    /** Returns this receipt with whose it is, where a provider stands for several. */
    public ProviderReceipt from(SmsOrigin value) {
        return new ProviderReceipt(status, id, Objects.requireNonNull(value, "origin"));
    }

    /** Returns what the provider said. */
    public SmsStatus status() {
        return status;
    }

    /** Returns the id, if the provider gave one. */
    public Optional<MessageId> id() {
        return Optional.ofNullable(id);
    }

    /** Returns whose receipt it is, if the provider stands for several. */
    public Optional<SmsOrigin> origin() {
        return Optional.ofNullable(origin);
    }

    @Override
    public String toString() {
        return "ProviderReceipt[" + status + ", " + id + "]";
    }
}
