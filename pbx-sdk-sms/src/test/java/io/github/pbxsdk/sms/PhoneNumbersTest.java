package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.PhoneNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0491 570 156, AU, +61491570156",
        "491570156, AU, +61491570156",
        "61491570156, AU, +61491570156",
        "0061491570156, AU, +61491570156",
        "001161491570156, AU, +61491570156",
        "+61\u00a0491\u00a0570\u00a0156, AU, +61491570156",
        "0491 570 156 ext 3, AU, +61491570156",
        "0491570156;ext=3, AU, +61491570156",
        "131114, AU, +61131114",
        "011 61 491 570 156, US, +61491570156",
        "00 1 206 555 0100, AU, +12065550100",
        "+39 06 1234 5678, AU, +390612345678",
        "8 (912) 345-67-89, RU, +79123456789",
        "+44 (0)7911 123456, AU, +447911123456",
        "tel:+61491570156, US, +61491570156",
        "٠٤٩١٥٧٠١٥٦, AU, +61491570156"
    })
    void readsWhatPeopleWrite(String text, String region, String number) {
        assertThat(PhoneNumbers.of(region).find(text)).contains(PhoneNumber.of(number));
    }

    @ParameterizedTest
    @CsvSource({
        "102, AU",
        "+102, AU",
        "72345, AU",
        "'', AU",
        "WalkEasy, AU",
        "1-800-FLOWERS, AU",
        "2065550100, AU",
        "0491570156/0491570157, AU",
        "102, US",
        "0412345678, US"
    })
    void guessesNothing(String text, String region) {
        assertThat(PhoneNumbers.of(region).find(text)).isEmpty();
    }

    @Test
    void keepsWhatIsDialledBehindTheNumber() {
        assertThat(PhoneNumbers.of("AU").findExtension("0491 570 156 ext 3")).contains("3");
        assertThat(PhoneNumbers.of("AU").findExtension("0491 570 156")).isEmpty();
    }

    @Test
    void losesNoSenderThatItCanNotRead() {
        assertThat(PhoneNumbers.of("AU").read("Anonymous"))
                .isEqualTo(Address.unparsed("Anonymous"));
    }

    @Test
    void refusesACountryThatDoesNotExist() {
        assertThatThrownBy(() -> PhoneNumbers.of("Australia"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AU");
    }
}
