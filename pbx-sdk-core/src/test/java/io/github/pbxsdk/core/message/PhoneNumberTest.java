package io.github.pbxsdk.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @Test
    void keepsTheNumberAsItIsWritten() {
        PhoneNumber number = PhoneNumber.of("+61491570156");

        assertThat(number.e164()).isEqualTo("+61491570156");
        assertThat(number).hasToString("+61491570156");
        assertThat(number.kind()).isEqualTo(Address.Kind.PHONE_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1234567", "+123456789012345", "+390612345678"})
    void takesSevenToFifteenDigits(String text) {
        assertThat(PhoneNumber.find(text)).map(PhoneNumber::e164).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "102",
                "+102",
                "+123456",
                "+1234567890123456",
                "+0491570156",
                "0491570156",
                "61491570156",
                "+61 491 570 156",
                "+61491570156\n",
                " +61491570156",
                "+6149157015x",
                "+٦١٤٩١٥٧٠١٥٦",
                "＋61491570156",
                "tel:+61491570156",
                "++61491570156"
            })
    void takesNothingElse(String text) {
        assertThat(PhoneNumber.find(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> PhoneNumber.of(text));
    }

    @Test
    void anExtensionNeverBecomesAPhoneNumber() {
        assertThat(Address.parse("102").kind()).isEqualTo(Address.Kind.UNPARSED);
        assertThat(Address.parse("+102").kind()).isEqualTo(Address.Kind.UNPARSED);
        assertThat(Address.extension("102").text()).isEqualTo("102");
    }

    @ParameterizedTest
    @CsvSource({
        "102, does not start with +",
        "+102, has 3 digits after the + instead of 7 to 15",
        "+0491570156, has a 0 after the +",
        "+61 491 570 156, something else than digits"
    })
    void saysWhatIsWrong(String text, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PhoneNumber.of(text))
                .withMessageContaining(complaint)
                .withMessageStartingWith("a phone number is written as in +61491570156");
    }

    @Test
    void doesNotRepeatAWrongNumberInTheFailure() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PhoneNumber.of("0491570157"))
                .withMessageNotContaining("570157");
    }

    @ParameterizedTest
    @CsvSource({"+61491570156, +6149•••0156", "+6512345678, +65•••78", "+1234567, +12•••67"})
    void showsItsEndsInLogs(String number, String masked) {
        assertThat(PhoneNumber.of(number).masked()).isEqualTo(masked);
    }

    @Property
    void hidesAtLeastThreeDigitsAndShowsAtMostFourInARow(
            @ForAll("phoneNumbers") PhoneNumber number) {
        String masked = number.masked();

        assertThat(masked).doesNotContainPattern("[0-9]{5}");
        assertThat(masked.replaceAll("[^0-9]", "").length())
                .isLessThanOrEqualTo(number.e164().length() - 1 - 3);
    }

    @Property
    void readsBackWhatItWrites(@ForAll("phoneNumbers") PhoneNumber number) {
        assertThat(PhoneNumber.of(number.toString())).isEqualTo(number);
        assertThat(Address.parse(number.text())).isEqualTo(number);
    }

    @Provide
    Arbitrary<PhoneNumber> phoneNumbers() {
        return Addresses.phoneNumbers();
    }
}
