package io.github.pbxsdk.core.message;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An extension of the PBX, such as {@code 102}: a device or a user.
 *
 * <p>It means something on its own PBX only, never gets a {@code +}, and is never handed to a
 * carrier. Mostly digits; Asterisk allows names such as {@code alice} as well. Immutable.
 */
public final class ExtensionNumber extends Address {

    private static final Pattern EXTENSION = Pattern.compile("[0-9A-Za-z*#._-]{1,80}");

    private final String number;

    private ExtensionNumber(String number) {
        this.number = number;
    }

    /**
     * Returns the extension.
     *
     * @throws IllegalArgumentException if it is not 1 to 80 of digits, letters of ASCII and {@code
     *     *#._-}
     */
    public static ExtensionNumber of(String number) {
        return find(number)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "an extension is 1 to 80 digits, letters and *#._- such as"
                                                + " 102, without + and without a host"));
    }

    /** Returns the extension, if the text can be one. */
    public static Optional<ExtensionNumber> find(String text) {
        return EXTENSION.matcher(text).matches()
                ? Optional.of(new ExtensionNumber(text))
                : Optional.empty();
    }

    @Override
    public Kind kind() {
        return Kind.EXTENSION;
    }

    @Override
    public String text() {
        return number;
    }

    /** Returns the extension, shortened where it is as long as a phone number. */
    @Override
    public String masked() {
        return Mask.unlessShort(number);
    }

    @Override
    String identity() {
        return number;
    }
}
