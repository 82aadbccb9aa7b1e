package io.github.pbxsdk.core.call;

import java.util.Locale;

/** How a {@link CallRecord} ended, which is not yet how the call ended. */
public enum CallDisposition {
    /** The called channel answered: a phone, but as well a mailbox or an announcement. */
    ANSWERED,
    /** Nobody answered, or the caller gave up before. */
    NO_ANSWER,
    /** The called party was busy. */
    BUSY,
    /** The call could not be set up. */
    FAILED,
    /** There was no free way to the called party. */
    CONGESTION,
    /** A word that is not known here; see {@link CallRecord#dispositionText()}. */
    OTHER;

    /** Returns the disposition for the word in the record, such as {@code NO ANSWER}. */
    public static CallDisposition of(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "ANSWERED" -> ANSWERED;
            case "NO ANSWER" -> NO_ANSWER;
            case "BUSY" -> BUSY;
            case "FAILED" -> FAILED;
            case "CONGESTION" -> CONGESTION;
            default -> OTHER;
        };
    }
}
