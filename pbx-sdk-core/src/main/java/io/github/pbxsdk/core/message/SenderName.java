package io.github.pbxsdk.core.message;

import java.util.Optional;

/**
 * A name to send under, in place of a number: 1 to 11 characters, at least one of them a letter.
 *
 * <p>Nobody can answer a name, and none can be sent to. Names that differ in case are the same.
 * Letters and digits of ASCII are safe with every carrier; which others pass is up to each.
 * Immutable.
 */
public final class SenderName extends Address {

    private static final int MOST_CHARACTERS = 11;
    private static final String SIGNS = " -_.&+!'";

    private final String name;

    private SenderName(String name) {
        this.name = name;
    }

    /**
     * Returns the name.
     *
     * @throws IllegalArgumentException if it is longer than 11 characters, has no letter, has a
     *     blank at an end, or has something else than letters, digits, blanks and {@code -_.&+!'}
     */
    public static SenderName of(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "a sender name is 1 to 11 letters, digits, blanks and -_.&+!'"
                                                + " with at least one letter and no blank at an end"));
    }

    /** Returns the name, if the text is one. */
    public static Optional<SenderName> find(String text) {
        boolean good =
                text.length() <= MOST_CHARACTERS
                        && text.equals(text.strip())
                        && text.chars().anyMatch(Character::isLetter)
                        && text.chars().allMatch(SenderName::isAllowed);
        return good ? Optional.of(new SenderName(text)) : Optional.empty();
    }

    private static boolean isAllowed(int unit) {
        return Character.isLetterOrDigit(unit) || SIGNS.indexOf(unit) >= 0;
    }

    @Override
    public Kind kind() {
        return Kind.SENDER_NAME;
    }

    /** Returns the name with its capitals. */
    @Override
    public String text() {
        return name;
    }

    /** Returns the name: it belongs to a business. */
    @Override
    public String masked() {
        return name;
    }

    @Override
    String identity() {
        // One character at a time, as equalsIgnoreCase does: no locale, and no change of length.
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            folded.append(Character.toLowerCase(Character.toUpperCase(name.charAt(i))));
        }
        return folded.toString();
    }
}
