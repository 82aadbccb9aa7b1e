package io.github.pbxsdk.testing.sms;

/** What a fake provider does wrong with a call to a webhook. */
public enum WebhookFault {
    /** Calls twice at the same time. */
    REPEATED_AT_ONCE,
    /** Calls again when it was answered, as if the answer had been lost. */
    REPEATED,
    /** Calls after the next call. */
    REORDERED,
    /** Signs with another secret; where the secret is in the URL, calls with another one. */
    WRONG_SECRET,
    /** Changes the body after signing. */
    CHANGED_BODY,
    /** Signs with a time that was ten minutes ago. */
    TOO_OLD,
    /** Signs nothing; where the secret is in the URL, leaves it out. */
    UNSIGNED
}
