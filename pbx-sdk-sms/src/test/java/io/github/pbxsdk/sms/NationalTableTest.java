package io.github.pbxsdk.sms;

import static io.github.pbxsdk.sms.NationalTable.PORTUGUESE_SINGLE_SHIFT;
import static io.github.pbxsdk.sms.NationalTable.SPANISH_SINGLE_SHIFT;
import static io.github.pbxsdk.sms.NationalTable.TURKISH_LOCKING_SHIFT;
import static io.github.pbxsdk.sms.NationalTable.TURKISH_SINGLE_SHIFT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.sms.SmsSegments.Encoding;
import io.github.pbxsdk.sms.SmsSegments.Offender;
import io.github.pbxsdk.sms.SmsSegments.Part;
import io.github.pbxsdk.sms.internal.text.GsmAlphabet;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NationalTableTest {

    private static SmsSegments cut(String text, NationalTable... tables) {
        return SmsSegments.of(text, SegmentProfile.national(tables));
    }

    /** Tables 6.2.1 and A.3 of 3GPP TS 23.038, read row by row. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "TURKISH_LOCKING_SHIFT, @£$¥€éùıòÇĞğÅåΔ_ΦΓΛΩΠΨΣΘΞŞşßÉ¤İÄÖÑÜ§çäöñüà, èìØøÆæ¡¿",
                "PORTUGUESE_LOCKING_SHIFT, @£$¥êéúíóçÔôÁáΔ_ªÇÀ∞^\\€Ó|ÂâÊÉºÍÃÕÚÜ§~ãõüà, èùìòØøÅåΦ¤¡ÄÖÑ¿äöñ"
            })
    void aLockingTableHasItsLettersForOneSeptet(
            NationalTable table, String letters, String absent) {
        GsmAlphabet alphabet = NationalTable.alphabet(List.of(table));

        assertThat(letters.chars().boxed().map(unit -> alphabet.septets((char) (int) unit)))
                .containsOnly(1);
        assertThat(absent.chars().boxed().map(unit -> alphabet.septets((char) (int) unit)))
                .containsOnly(0);
        assertThat(cut(letters, table).tables()).containsExactly(table);
    }

    @ParameterizedTest
    @CsvSource({
        "TURKISH_SINGLE_SHIFT, ĞİŞçğış",
        "SPANISH_SINGLE_SHIFT, çÁÍÓÚáíóú",
        "PORTUGUESE_SINGLE_SHIFT, êçÔôÁáÊÀÍÓÚÃÕÂíóúãõâ"
    })
    void aSingleShiftTableHasItsLettersForTwo(NationalTable table, String letters) {
        SmsSegments segments = cut(letters + "abc€", table);

        assertThat(segments.encoding()).isEqualTo(Encoding.GSM7);
        assertThat(segments.tables()).containsExactly(table);
        assertThat(segments.units()).isEqualTo(2 * letters.length() + 3 + 2);
        assertThat(SmsSegments.of(letters).encoding()).as("by itself").isEqualTo(Encoding.UCS2);
    }

    @Test
    void theHeaderTakesItsRoom() {
        assertThat(cut("ı" + "x".repeat(154), TURKISH_LOCKING_SHIFT).count()).isOne();
        assertThat(cut("ı" + "x".repeat(155), TURKISH_LOCKING_SHIFT).parts())
                .extracting(Part::units)
                .containsExactly(149, 7);
        NationalTable[] both = {TURKISH_LOCKING_SHIFT, SPANISH_SINGLE_SHIFT};
        assertThat(cut("ıá" + "x".repeat(149), both).count()).isOne();
        assertThat(cut("ıá" + "x".repeat(149), both).remaining()).isZero();
        assertThat(cut("ıá" + "x".repeat(150), both).parts())
                .extracting(Part::units)
                .containsExactly(146, 7);
    }

    @Test
    void tablesAreTakenOnlyWhereTheyPay() {
        NationalTable[] turkish = {TURKISH_SINGLE_SHIFT, TURKISH_LOCKING_SHIFT};

        assertThat(cut("x".repeat(160), turkish).tables()).isEmpty();
        assertThat(cut("ş".repeat(10), turkish).tables()).containsExactly(TURKISH_SINGLE_SHIFT);
        assertThat(cut("ş".repeat(100), turkish).tables()).containsExactly(TURKISH_LOCKING_SHIFT);
        assertThat(cut("ş".repeat(100), turkish).count()).isOne();
        assertThat(cut("şæ", turkish).tables())
                .as("the locking table has no æ")
                .containsExactly(TURKISH_SINGLE_SHIFT);
        assertThat(cut("şã", TURKISH_LOCKING_SHIFT, PORTUGUESE_SINGLE_SHIFT).tables())
                .containsExactly(TURKISH_LOCKING_SHIFT, PORTUGUESE_SINGLE_SHIFT);
    }

    @Test
    void offendersAreThoseOfTheAlphabetThatLacksTheFewest() {
        assertThat(cut("ş ğ ✓", TURKISH_SINGLE_SHIFT).offenders())
                .containsExactly(new Offender(4, "✓"));
        assertThat(SmsSegments.of("ş ğ ✓").offenders()).hasSize(3);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("x", "ş", "ı", "ç", "ã", "á", "€", "æ", "\n", "😀", "Ж", "Ô")
                .list()
                .ofMaxSize(400)
                .map(pieces -> String.join("", pieces));
    }

    @Property
    void partsJoinedAreTheTextAndNeverMoreThanWithoutTables(@ForAll("texts") String text) {
        SmsSegments national = cut(text, NationalTable.values());

        assertThat(national.parts().stream().map(Part::text).collect(Collectors.joining()))
                .isEqualTo(text);
        assertThat(national.count()).isLessThanOrEqualTo(SmsSegments.of(text).count());
        int header = national.tables().size() * 24 + 8 + (national.count() > 1 ? 40 : 0);
        int bits = national.encoding() == Encoding.UCS2 ? 16 : 7;
        assertThat(national.parts())
                .allSatisfy(
                        part ->
                                assertThat(part.units() * bits + (header == 8 ? 0 : header))
                                        .as("bits in one message")
                                        .isLessThanOrEqualTo(140 * 8));
    }
}
