package io.github.pbxsdk.sms.event;

import io.github.pbxsdk.core.RawFields;
import java.util.Objects;
import java.util.Optional;

/** Something that a provider reported and nobody here knows; nothing of it is lost. */
public final class OtherSmsEvent implements SmsEvent {

    private final SmsOrigin origin;
    private final RawFields raw;

    /** Creates an event. */
    public OtherSmsEvent(SmsOrigin origin, RawFields raw) {
        this.origin = Objects.requireNonNull(origin, "origin");
        this.raw = Objects.requireNonNull(raw, "raw");
    }

    @Override
    public SmsOrigin origin() {
        return origin;
    }

    @Override
    public Optional<String> repetitionKey() {
        return Optional.empty();
    }

    @Override
    public RawFields raw() {
        return raw;
    }

    @Override
    public String toString() {
        return "OtherSmsEvent[" + origin.provider() + ": " + raw + "]";
    }
}
