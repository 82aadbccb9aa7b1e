package io.github.pbxsdk.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.pbxsdk.core.message.Address.Kind;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "+61491570156, PHONE_NUMBER",
        "sip:102@pbx.example.com, SIP_URI",
        "SIPS:102@pbx.example.com, SIP_URI",
        "102, UNPARSED",
        "72345, UNPARSED",
        "0491570156, UNPARSED",
        "61491570156, UNPARSED",
        "EyeCare, UNPARSED",
        "'\"Alice\" <sip:101@pbx>', UNPARSED",
        "pjsip:102@pbx, UNPARSED",
        "'', UNPARSED"
    })
    void readsOnlyWhatSaysByItselfWhatItIs(String text, Kind kind) {
        Address address = Address.parse(text);

        assertThat(address.kind()).isEqualTo(kind);
        assertThat(address.text()).isEqualTo(text);
    }

    @Test
    void theSameDigitsAreSomebodyElseInEachKind() {
        assertThat(Address.extension("72345"))
                .isNotEqualTo(Address.shortCode("72345"))
                .isNotEqualTo(Address.unparsed("72345"));
        assertThat(Address.shortCode("72345"))
                .isNotEqualTo(Address.unparsed("72345"))
                .isNotEqualTo(ShortCode.of("72345", "AU"));
        assertThat(ShortCode.of("72345", "AU")).isNotEqualTo(ShortCode.of("72345", "US"));
    }

    @Test
    void keysAreWrittenTheSameWayForEver() {
        assertThat(Address.phone("+61491570156").key()).isEqualTo("phone:+61491570156");
        assertThat(Address.shortCode("72345").key()).isEqualTo("short::72345");
        assertThat(ShortCode.of("72345", "AU").key()).isEqualTo("short:AU:72345");
        assertThat(Address.senderName("Joe's Gym").key()).isEqualTo("name:joe's%0020gym");
        assertThat(Address.extension("102").key()).isEqualTo("extension:102");
        assertThat(Address.sip("SIP:102@PBX:5060;lr").key()).isEqualTo("sip:sip:102@pbx:5060");
        assertThat(Address.unparsed("Zoë|5%").key()).isEqualTo("text:Zo%00EB%007C5%0025");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "102",
                "fax:102",
                "phone:102",
                "short:72345",
                "text:%12",
                "text:%zzzz",
                "name:"
            })
    void refusesWhatIsNoKey(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> Address.ofKey(key));
    }

    @Property
    void aKeyGivesItsAddressBack(@ForAll("addresses") Address address) {
        Address same = Address.ofKey(address.key());

        assertThat(same).isEqualTo(address).hasSameHashCodeAs(address);
        assertThat(same.key()).isEqualTo(address.key());
    }

    @Property
    void twoAddressesHaveOneKeyExactlyWhenTheyAreEqual(
            @ForAll("addresses") Address one, @ForAll("addresses") Address other) {
        assertThat(one.key().equals(other.key())).isEqualTo(one.equals(other));
    }

    @Property
    void keysCanBeJoinedAndStoredAnywhere(@ForAll("addresses") Address address) {
        assertThat(address.key()).matches("[!-~]+").doesNotContain("|");
    }

    @Property
    void masksFitIntoOneLineOfALog(@ForAll("addresses") Address address) {
        if (address.kind() != Kind.SENDER_NAME) {
            assertThat(address.masked()).matches("[ -~•]*");
        }
        assertThat(address.masked()).doesNotContainPattern("\\p{Cntrl}");
    }

    @Property
    void noMaskShowsAPhoneNumberWhateverItWasTakenFor(@ForAll("phoneNumbers") PhoneNumber number) {
        String digits = number.e164().substring(1);

        assertThat(Address.unparsed(digits).masked()).doesNotContainPattern("[0-9]{5}");
        assertThat(Address.extension(digits).masked()).doesNotContainPattern("[0-9]{5}");
        assertThat(Address.sip("sip:" + number.e164() + "@pbx").masked())
                .doesNotContainPattern("[0-9]{5}");
    }

    @Property
    void anyTextIsAnAddressAndKeepsItsText(@ForAll String text) {
        assertThat(Address.parse(text).text()).isEqualTo(text);
    }

    @Provide
    Arbitrary<Address> addresses() {
        return Addresses.any();
    }

    @Provide
    Arbitrary<PhoneNumber> phoneNumbers() {
        return Addresses.phoneNumbers();
    }

    @Nested
    class OfASender {

        @ParameterizedTest
        @ValueSource(strings = {"EyeCare", "A", "Joe's Gym", "Info-24", "Zürich", "R&B+_.!"})
        void isANameWithALetter(String name) {
            assertThat(Address.senderName(name).text()).isEqualTo(name);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "12345",
                    "EyeCareStore",
                    " Walk",
                    "Walk ",
                    "a\nb",
                    "a,b",
                    "a\u0000",
                    "💊a"
                })
        void isNothingElse(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Address.senderName(name))
                    .withMessageContaining("at least one letter");
        }

        @Test
        void isTheSameInWhateverCase() {
            assertThat(Address.senderName("EyeCare"))
                    .isEqualTo(Address.senderName("EYECARE"))
                    .hasSameHashCodeAs(Address.senderName("eyecare"));
        }
    }

    @Nested
    class OfAShortCode {

        @ParameterizedTest
        @ValueSource(strings = {"", "12", "123456789", "+12345", "12a45", "１２３"})
        void isThreeToEightDigits(String digits) {
            assertThatIllegalArgumentException().isThrownBy(() -> Address.shortCode(digits));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "au", "AUS", "61"})
        void namesItsCountryByTwoCapitals(String country) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ShortCode.of("72345", country))
                    .withMessageContaining("such as AU");
        }

        @Test
        void tellsItsCountryWhereItIsKnown() {
            assertThat(ShortCode.of("72345", "AU").country()).contains("AU");
            assertThat(Address.shortCode("72345").country()).isEmpty();
        }
    }

    @Nested
    class OfAnExtension {

        @ParameterizedTest
        @ValueSource(strings = {"102", "1", "*97", "alice", "reception.desk"})
        void isDigitsOrAPlainName(String number) {
            assertThat(Address.extension(number).text()).isEqualTo(number);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "+102", "102@pbx", "1 02", "102\r\n", "é"})
        void isNothingElse(String number) {
            assertThatIllegalArgumentException().isThrownBy(() -> Address.extension(number));
        }

        @Test
        void isShownInLogsWhileItIsShort() {
            assertThat(Address.extension("102").masked()).isEqualTo("102");
            assertThat(Address.extension("0491570156").masked()).isEqualTo("04•••56");
        }
    }

    @Nested
    class InSip {

        @Test
        void hasItsParts() {
            SipUri uri = Address.sip("sip:%31%30%32:secret@PBX.example.com:5080;transport=tcp?x=y");

            assertThat(uri.scheme()).isEqualTo("sip");
            assertThat(uri.user()).contains("102");
            assertThat(uri.host()).isEqualTo("pbx.example.com");
            assertThat(uri.port()).hasValue(5080);
        }

        @Test
        void isTheSameWithOtherParametersOrEscapes() {
            assertThat(Address.sip("sip:102@pbx;transport=tcp"))
                    .isEqualTo(Address.sip("SIP:102@PBX"))
                    .isNotEqualTo(Address.sip("sips:102@pbx"))
                    .isNotEqualTo(Address.sip("sip:102@pbx:5060"))
                    .isNotEqualTo(Address.sip("sip:103@pbx"))
                    .isNotEqualTo(Address.sip("sip:pbx"));
            assertThat(Address.sip("sip:%2B61491570156@pbx"))
                    .isEqualTo(Address.sip("sip:+61491570156@pbx"));
            assertThat(Address.sip("sip:a%c3%A9@pbx")).isEqualTo(Address.sip("sip:a%C3%a9@pbx"));
            assertThat(Address.sip("sip:Alice@pbx")).isNotEqualTo(Address.sip("sip:alice@pbx"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "sip:", "sip:@pbx", "sip:102@", "sip:102@pbx:", "sip:102@pbx:70000",
                    "sip:102@pbx\r\nX: y", "sip:a@b@c", "<sip:102@pbx>", "sip:1 2@pbx",
                            "sip:%4@pbx",
                    "sip:%4%31@pbx", "sip:é@pbx", "http://pbx", "sip:102@pbx>", "sip:102@[::1"
                })
        void isNothingElse(String text) {
            assertThatIllegalArgumentException().isThrownBy(() -> Address.sip(text));
        }

        @Test
        void readsHugeTextsOfStrangersAtOnce() {
            String huge = "sip:" + "a%41;".repeat(100_000) + "@";

            assertThatNoException().isThrownBy(() -> Address.parse(huge));
            assertThat(Address.parse(huge).kind()).isEqualTo(Kind.UNPARSED);
        }

        @Test
        void showsNoSecretInLogs() {
            assertThat(Address.sip("sip:102:secret@pbx;token=abc").masked())
                    .isEqualTo("sip:102@pbx");
            assertThat(Address.sip("sip:+61491570156@pbx").masked())
                    .isEqualTo("sip:+6149•••0156@pbx");
        }
    }
}
