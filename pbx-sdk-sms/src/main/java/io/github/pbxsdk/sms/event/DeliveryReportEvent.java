package io.github.pbxsdk.sms.event;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.sms.SmsStatus;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The provider told how far one of our texts has come.
 *
 * <p>It may come before the answer to the call that sent the text, twice, and after a later one:
 * see {@link SmsStatus#mergedWith}.
 */
public final class DeliveryReportEvent implements SmsEvent {

    private final SmsOrigin origin;
    private final SmsStatus status;
    private final @Nullable MessageId id;
    private final @Nullable Address to;
    private final @Nullable String reference;
    private final @Nullable String repetitionKey;
    private final RawFields raw;

    private DeliveryReportEvent(Builder builder) {
        this.origin = builder.origin;
        this.status = builder.status;
        this.id = builder.id;
        this.to = builder.to;
        this.reference = builder.reference;
        this.repetitionKey = builder.repetitionKey;
        this.raw = builder.raw;
    }

    /** Returns a builder. */
    public static Builder builder(SmsOrigin origin, SmsStatus status) {
        return new Builder(origin, status);
    }

    /** Returns a builder that has everything this event has. */
    public Builder toBuilder() {
        Builder builder = new Builder(origin, status);
        builder.id = id;
        builder.to = to;
        builder.reference = reference;
        builder.repetitionKey = repetitionKey;
        builder.raw = raw;
        return builder;
    }

    @Override
    public SmsOrigin origin() {
        return origin;
    }

    /** Returns how far it has come. */
    public SmsStatus status() {
        return status;
    }

    /** Returns the provider's id of our text, if it told. */
    public Optional<MessageId> id() {
        return Optional.ofNullable(id);
    }

    /** Returns whom our text was for, if it told. */
    public Optional<Address> to() {
        return Optional.ofNullable(to);
    }

    /** Returns our reference, if it came back. */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    @Override
    public Optional<String> repetitionKey() {
        return Optional.ofNullable(repetitionKey).map(key -> "report|" + key);
    }

    @Override
    public RawFields raw() {
        return raw;
    }

    @Override
    public String toString() {
        return "DeliveryReportEvent[" + origin.provider() + ": " + id + " " + status + "]";
    }

    /** Collects a {@link DeliveryReportEvent}; not thread-safe. */
    public static final class Builder {

        private final SmsOrigin origin;
        private final SmsStatus status;
        private @Nullable MessageId id;
        private @Nullable Address to;
        private @Nullable String reference;
        private @Nullable String repetitionKey;
        private RawFields raw = RawFields.empty();

        private Builder(SmsOrigin origin, SmsStatus status) {
            this.origin = Objects.requireNonNull(origin, "origin");
            this.status = Objects.requireNonNull(status, "status");
        }

        /** Sets the provider's id of our text. */
        public Builder id(MessageId value) {
            this.id = Objects.requireNonNull(value, "id");
            return this;
        }

        /** Sets whom our text was for. */
        public Builder to(Address value) {
            this.to = Objects.requireNonNull(value, "to");
            return this;
        }

        /** Sets our reference. */
        public Builder reference(String value) {
            this.reference = Objects.requireNonNull(value, "reference");
            return this;
        }

        /** Sets what is the same in every repetition of this report. */
        public Builder repetitionKey(String value) {
            this.repetitionKey = Objects.requireNonNull(value, "repetitionKey");
            return this;
        }

        /** Sets everything the provider sent. */
        public Builder raw(RawFields value) {
            this.raw = Objects.requireNonNull(value, "raw");
            return this;
        }

        /** Returns the event. */
        public DeliveryReportEvent build() {
            return new DeliveryReportEvent(this);
        }
    }
}
