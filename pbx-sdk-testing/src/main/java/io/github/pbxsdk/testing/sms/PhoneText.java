package io.github.pbxsdk.testing.sms;

import java.time.Instant;

/**
 * A text, in either direction.
 *
 * @param from with its plus, as all numbers are here
 * @param notes what the sender wants to have back: a reference, or metadata in JSON
 */
record PhoneText(String id, String from, String to, String text, String notes, Instant at) {

    static final String NO_NOTES = "";

    /** The same number without its plus, as some providers write it. */
    static String digits(String number) {
        return number.replace("+", "");
    }
}
