package io.github.pbxsdk.testing.sms;

/** What a fake provider does wrong with a request to send. */
public enum SmsFault {
    /** Takes the message and answers 503. */
    ERROR_AFTER_ACCEPTING,
    /** Takes the message and hangs up without an answer. */
    DROP_AFTER_ACCEPTING,
    /** Takes the message and answers nothing while the connection lasts. */
    SILENCE_AFTER_ACCEPTING,
    /** Takes the message and answers 200 with a page of HTML. */
    GARBAGE_AFTER_ACCEPTING,
    /** Takes the message, reports its delivery, if it does so at all, and answers then. */
    REPORT_BEFORE_ANSWER,
    /** Takes nothing and answers 429. */
    TOO_MANY_REQUESTS,
    /** Takes nothing and answers 401. */
    UNAUTHORIZED
}
