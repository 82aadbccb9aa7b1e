package io.github.pbxsdk.core.message;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A short code: 3 to 8 digits that mean something within one country.
 *
 * <p>The same digits belong to somebody else in the next country, so codes of different countries
 * differ, and one whose country is known differs from one whose country nobody told. Immutable.
 */
public final class ShortCode extends Address {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{3,8}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private final String digits;
    private final @Nullable String country;

    private ShortCode(String digits, @Nullable String country) {
        this.digits = digits;
        this.country = country;
    }

    /**
     * Returns a short code whose country nobody told.
     *
     * @throws IllegalArgumentException if it is not 3 to 8 digits
     */
    public static ShortCode of(String digits) {
        return new ShortCode(requireDigits(digits), null);
    }

    /**
     * Returns the short code of a country.
     *
     * @param country two capital letters by ISO 3166, such as {@code AU}
     * @throws IllegalArgumentException if it is not 3 to 8 digits, or the country is not two
     *     capital letters
     */
    public static ShortCode of(String digits, String country) {
        if (!COUNTRY.matcher(country).matches()) {
            throw new IllegalArgumentException(
                    "the country of a short code is two capital letters, such as AU");
        }
        return new ShortCode(requireDigits(digits), country);
    }

    static ShortCode ofIdentity(String identity) {
        int colon = identity.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("the key of a short code has a place for a country");
        }
        String digits = identity.substring(colon + 1);
        return colon == 0 ? of(digits) : of(digits, identity.substring(0, colon));
    }

    private static String requireDigits(String digits) {
        if (!DIGITS.matcher(digits).matches()) {
            throw new IllegalArgumentException("a short code is 3 to 8 digits and nothing else");
        }
        return digits;
    }

    /** Returns the country, if it is known. */
    public Optional<String> country() {
        return Optional.ofNullable(country);
    }

    @Override
    public Kind kind() {
        return Kind.SHORT_CODE;
    }

    /** Returns the digits. */
    @Override
    public String text() {
        return digits;
    }

    /** Returns the digits: a short code belongs to a business. */
    @Override
    public String masked() {
        return digits;
    }

    @Override
    String identity() {
        return (country == null ? "" : country) + ":" + digits;
    }
}
