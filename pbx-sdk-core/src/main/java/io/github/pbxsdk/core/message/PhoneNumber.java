package io.github.pbxsdk.core.message;

import java.util.Optional;

/**
 * A phone number in E.164 form: {@code +}, then 7 to 15 digits, the first not 0.
 *
 * <p>Only that form is read here, exactly; {@code 102} never becomes {@code +102}. The {@code
 * PhoneNumbers} of {@code pbx-sdk-sms} reads what people write, such as {@code 0491 570 156} in
 * Australia. Whether somebody has the number is another question. Immutable.
 */
public final class PhoneNumber extends Address {

    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;

    private final String e164;

    private PhoneNumber(String e164) {
        this.e164 = e164;
    }

    /**
     * Returns the number.
     *
     * @throws IllegalArgumentException if the text is not in E.164 form
     */
    public static PhoneNumber of(String e164) {
        return find(e164).orElseThrow(() -> new IllegalArgumentException(complaint(e164)));
    }

    /** Returns the number, if the text is one in E.164 form. */
    public static Optional<PhoneNumber> find(String text) {
        return isE164(text) ? Optional.of(new PhoneNumber(text)) : Optional.empty();
    }

    private static boolean isE164(String text) {
        int digits = text.length() - 1;
        if (digits < FEWEST_DIGITS || digits > MOST_DIGITS) {
            return false;
        }
        return text.startsWith("+") && text.charAt(1) != '0' && areDigits(text, 1);
    }

    private static boolean areDigits(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static String complaint(String text) {
        return "a phone number is written as in +61491570156, but this text "
                + (text.startsWith("+")
                        ? complaintAboutDigits(text.substring(1))
                        : "does not start with +; digits alone may as well be an extension or a"
                                + " short code");
    }

    private static String complaintAboutDigits(String digits) {
        if (!areDigits(digits, 0)) {
            return "has something else than digits after the +";
        }
        if (digits.startsWith("0")) {
            return "has a 0 after the +, and no country code starts with 0";
        }
        return ("has " + digits.length() + " digits after the + instead of ")
                + (FEWEST_DIGITS + " to " + MOST_DIGITS);
    }

    /** Returns the number in E.164 form, such as {@code +61491570156}. */
    public String e164() {
        return e164;
    }

    @Override
    public Kind kind() {
        return Kind.PHONE_NUMBER;
    }

    @Override
    public String text() {
        return e164;
    }

    /** Returns a shortened form for logs, such as {@code +6149•••0156}. */
    @Override
    public String masked() {
        return Mask.number(e164);
    }

    @Override
    String identity() {
        return e164;
    }
}
