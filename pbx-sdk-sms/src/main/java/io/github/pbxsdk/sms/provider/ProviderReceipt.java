package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.sms.SmsStatus;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a provider answered when it took a message. Immutable. */
public final class ProviderReceipt {

    private final SmsStatus status;
    private final @Nullable MessageId id;

    private ProviderReceipt(SmsStatus status, @Nullable MessageId id) {
        this.status = Objects.requireNonNull(status, "status");
        this.id = id;
    }

    /** Returns a receipt without an id. */
    public static ProviderReceipt of(SmsStatus status) {
        return new ProviderReceipt(status, null);
    }

    /** Returns this receipt with the provider's id of the message. */
    public ProviderReceipt identifiedBy(MessageId value) {
        return new ProviderReceipt(status, Objects.requireNonNull(value, "id"));
    }

    /** Returns what the provider said. */
    public SmsStatus status() {
        return status;
    }

    /** Returns the id, if the provider gave one. */
    public Optional<MessageId> id() {
        return Optional.ofNullable(id);
    }

    @Override
    public String toString() {
        return "ProviderReceipt[" + status + ", " + id + "]";
    }
}
