package io.github.pbxsdk.sms.event;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.event.PbxEvent;
import java.util.Optional;

/** Something that a provider reported about texts; immutable. */
public sealed interface SmsEvent extends PbxEvent
        permits MessageReceivedEvent, DeliveryReportEvent, OptOutEvent, OtherSmsEvent {

    /** Returns which account of which provider reported it. */
    SmsOrigin origin();

    /**
     * Returns what is the same when the provider reports this again, and different otherwise; empty
     * where the provider gives nothing of that kind.
     *
     * <p>It is unique within its {@link #origin()}.
     */
    Optional<String> repetitionKey();

    /** Returns everything the provider sent. */
    RawFields raw();
}
