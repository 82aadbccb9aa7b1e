package io.github.pbxsdk.sms.event;

/**
 * Which account of which provider something came from.
 *
 * @param provider such as {@code twilio}
 * @param account the provider's name of the account
 */
public record SmsOrigin(String provider, String account) {

    /** Checks that nothing is missing. */
    public SmsOrigin {
        if (provider.isBlank() || account.isBlank()) {
            throw new IllegalArgumentException("provider and account must not be blank");
        }
    }
}
