package io.github.pbxsdk.testing.sms;

/** How far a text has come, for the reports of a fake provider. */
public enum DeliveryStep {
    /** It is on its way. */
    SENT,
    /** The phone has it. */
    DELIVERED,
    /** The phone can't be reached. */
    UNDELIVERED
}
