package io.github.pbxsdk.sms.internal.text;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import com.google.i18n.phonenumbers.ShortNumberInfo.ShortNumberCost;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.ExtensionNumber;
import io.github.pbxsdk.core.message.PhoneNumber;
import io.github.pbxsdk.core.message.ShortCode;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** What the numbering plans of the world say about a number. */
public final class NumberPlans {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final ShortNumberInfo SHORT_NUMBERS = ShortNumberInfo.getInstance();

    /**
     * Where nobody says which country it is: those that mean the same nearly everywhere. Many more
     * are emergency numbers of one country and ordinary extensions in the next.
     */
    private static final Set<String> EVERYWHERE = Set.of("000", "112", "911", "999");

    private NumberPlans() {}

    /** Returns the country of a number in two letters, if it is a number that can exist. */
    public static Optional<String> country(PhoneNumber number) {
        return parse(number).map(NUMBERS::getRegionCodeForNumber);
    }

    /** Tells whether an address leads to an emergency service in one of the countries. */
    public static boolean isEmergency(Address address, Collection<String> countries) {
        if (address instanceof ExtensionNumber || address instanceof ShortCode) {
            return isEmergency(address.text(), countries);
        }
        return address instanceof PhoneNumber number
                && parse(number).filter(NumberPlans::isEmergency).isPresent();
    }

    private static boolean isEmergency(String digits, Collection<String> countries) {
        return EVERYWHERE.contains(digits)
                || countries.stream()
                        .anyMatch(country -> SHORT_NUMBERS.isEmergencyNumber(digits, country));
    }

    /** Somebody has put a country code in front of one. */
    private static boolean isEmergency(Phonenumber.PhoneNumber number) {
        String national = NUMBERS.getNationalSignificantNumber(number);
        return NUMBERS.getRegionCodesForCountryCode(number.getCountryCode()).stream()
                .anyMatch(country -> SHORT_NUMBERS.isEmergencyNumber(national, country));
    }

    /** Tells whether an address costs extra. */
    public static boolean isPremium(Address address, Collection<String> countries) {
        if (address instanceof ShortCode code) {
            String digits = code.text();
            return code.country()
                    .map(country -> isPremium(digits, country))
                    .orElseGet(() -> isPremium(digits, countries));
        }
        return address instanceof PhoneNumber number
                && parse(number)
                        .map(NUMBERS::getNumberType)
                        .filter(type -> type == PhoneNumberType.PREMIUM_RATE)
                        .isPresent();
    }

    private static boolean isPremium(String code, Collection<String> countries) {
        return countries.stream().anyMatch(country -> isPremium(code, country));
    }

    private static boolean isPremium(String code, String country) {
        try {
            Phonenumber.PhoneNumber number = NUMBERS.parse(code, country);
            return SHORT_NUMBERS.getExpectedCostForRegion(number, country)
                    == ShortNumberCost.PREMIUM_RATE;
        } catch (NumberParseException e) {
            // Not a number of that country: it costs nothing there.
            return false;
        }
    }

    private static Optional<Phonenumber.PhoneNumber> parse(PhoneNumber number) {
        try {
            return Optional.of(NUMBERS.parse(number.e164(), null));
        } catch (NumberParseException e) {
            // No country has this code: that is the answer.
            return Optional.empty();
        }
    }
}
