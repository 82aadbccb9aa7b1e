package io.github.pbxsdk.sms;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.PhoneNumber;
import io.github.pbxsdk.core.message.UnparsedAddress;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads phone numbers as people of a country write them.
 *
 * <pre>{@code
 * PhoneNumbers australian = PhoneNumbers.of("AU");
 * australian.find("0491 570 156");   // +61491570156
 * australian.find("102");            // empty: an extension, a short code, nobody knows
 * }</pre>
 *
 * <p>Only numbers that can exist are taken, and none is guessed: two numbers in one text, words and
 * a bare run of up to six digits are none, except where the country has such numbers for everybody.
 * Immutable.
 */
public final class PhoneNumbers {

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}]");
    private static final Pattern EXTENSION =
            Pattern.compile("(?i)(?:;ext=|\\s*\\bext\\.?\\s*|\\s*x\\s*)(\\d{1,7})$");
    private static final Pattern SHAPE = Pattern.compile("\\+?[0-9() .~\\-]*[0-9][0-9() .~\\-]*");

    /** A bracketed zero after a country code is for callers at home. */
    private static final Pattern ZERO_AT_HOME = Pattern.compile("^(\\+\\d{1,3})\\s*\\(0\\)");

    private static final int SHORTEST_INTERNATIONAL = 7;

    private final String region;

    private PhoneNumbers(String region) {
        this.region = region;
    }

    /**
     * Returns a reader for a country.
     *
     * @param region two letters, such as {@code AU}
     * @throws IllegalArgumentException if there is no such country
     */
    public static PhoneNumbers of(String region) {
        String upper = region.toUpperCase(Locale.ROOT);
        if (!LIBRARY.getSupportedRegions().contains(upper)) {
            throw new IllegalArgumentException(
                    "a region is a country in two letters, such as AU, not " + region);
        }
        return new PhoneNumbers(upper);
    }

    /** Returns the country in two letters. */
    public String region() {
        return region;
    }

    /** Returns the number that a text holds, if it holds exactly one that can exist. */
    public Optional<PhoneNumber> find(String text) {
        String clean = clean(text);
        if (!SHAPE.matcher(clean).matches()) {
            return Optional.empty();
        }
        return candidates(clean).flatMap(candidate -> parse(candidate).stream()).findFirst();
    }

    /** Returns what is dialled behind the number, as in {@code 0491 570 156 ext 3}. */
    public Optional<String> findExtension(String text) {
        Matcher extension = EXTENSION.matcher(normalized(text));
        return extension.find() && find(text).isPresent()
                ? Optional.of(extension.group(1))
                : Optional.empty();
    }

    /** Returns the number that a text holds, or the text as it is: nothing is lost. */
    public Address read(String text) {
        return find(text).<Address>map(number -> number).orElseGet(() -> Address.parse(text));
    }

    /** Returns an address that nobody could read as the number that it is here, if it is one. */
    public Address resolve(Address address) {
        return address instanceof UnparsedAddress ? read(address.text()) : address;
    }

    private static String clean(String text) {
        String plain = EXTENSION.matcher(normalized(text)).replaceFirst("");
        return ZERO_AT_HOME.matcher(plain).replaceFirst("$1");
    }

    private static String normalized(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC);
        String visible = INVISIBLE.matcher(folded).replaceAll("").strip();
        StringBuilder ascii = new StringBuilder(visible.length());
        visible.codePoints()
                .forEach(
                        character -> {
                            int digit = Character.digit(character, 10);
                            ascii.appendCodePoint(digit < 0 ? character : '0' + digit);
                        });
        String plain = ascii.toString();
        return plain.regionMatches(true, 0, "tel:", 0, 4) ? plain.substring(4) : plain;
    }

    /** The ways to read it, the likeliest first. */
    private static Stream<String> candidates(String clean) {
        if (clean.startsWith("+")) {
            return Stream.of(clean);
        }
        String digits = clean.replaceAll("[^0-9]", "");
        // Somebody copied a European number into a country with another prefix.
        Stream<String> european =
                digits.startsWith("00") ? Stream.of("+" + digits.substring(2)) : Stream.empty();
        return Stream.concat(
                Stream.concat(Stream.of(clean), european),
                digits.length() > SHORTEST_INTERNATIONAL
                        ? Stream.of("+" + digits)
                        : Stream.empty());
    }

    private Optional<PhoneNumber> parse(String candidate) {
        try {
            Phonenumber.PhoneNumber number = LIBRARY.parse(candidate, region);
            boolean foreign = candidate.startsWith("+");
            boolean good =
                    LIBRARY.isValidNumber(number)
                            && (foreign || isOfRegion(number) || isDialledAbroad(candidate));
            return good
                    ? PhoneNumber.find(LIBRARY.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            // Not a number: that is the answer.
            return Optional.empty();
        }
    }

    private boolean isOfRegion(Phonenumber.PhoneNumber number) {
        return number.getCountryCode() == LIBRARY.getCountryCodeForRegion(region);
    }

    private static boolean isDialledAbroad(String candidate) {
        return candidate.replaceAll("[^0-9]", "").length() > SHORTEST_INTERNATIONAL;
    }

    @Override
    public String toString() {
        return "PhoneNumbers[" + region + "]";
    }
}
