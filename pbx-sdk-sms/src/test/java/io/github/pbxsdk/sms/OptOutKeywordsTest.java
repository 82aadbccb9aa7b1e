package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.sms.event.OptOutEvent.Wish;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are nothing but a wish. */
class OptOutKeywordsTest {

    private static final List<String> STOPS =
            List.of(
                    "STOP",
                    "STOPALL",
                    "STOP ALL",
                    "UNSUBSCRIBE",
                    "CANCEL",
                    "END",
                    "QUIT",
                    "REVOKE",
                    "OPTOUT",
                    "OPT OUT");

    private final OptOutKeywords keywords = OptOutKeywords.standard();

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP",
        "stop, STOP",
        "' Stop! ', STOP",
        "\"'Stop.'\", STOP",
        "'STOP   ALL', STOP",
        "'opt out', STOP",
        "ＳＴＯＰ, STOP",
        "STOP\uD83D\uDED1, STOP",
        "\u200ESTOP\u200F, STOP",
        "Unsubscribe, STOP",
        "start, START",
        "Yes., START",
        "UNSTOP, START",
        "help?, HELP",
        "INFO, HELP"
    })
    void aTextThatIsNothingButAKeywordIsAWish(String text, Wish wish) {
        assertThat(keywords.find(text)).hasValue(wish);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please cancel my 3 pm",
                "NO",
                "Yes please",
                "Don't stop",
                "stop it",
                "S T O P",
                "stopp",
                "the end",
                "\u0421TOP",
                "",
                "!",
                "👍"
            })
    void aKeywordInsideASentenceNeverCancelsAnything(String text) {
        assertThat(keywords.find(text)).isEmpty();
    }

    @Test
    void whereAppointmentsAreCancelledByTextCancelIsAnAnswerButStopStays() {
        OptOutKeywords ofAppointments = keywords.without("cancel", "YES");

        assertThat(ofAppointments.find("Cancel")).isEmpty();
        assertThat(ofAppointments.find("yes")).isEmpty();
        assertThat(ofAppointments.find("stop")).hasValue(Wish.STOP);
        assertThatThrownBy(() -> keywords.without("Stop!"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keywords.and(Wish.START, "stop"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherLanguageHasItsOwn() {
        OptOutKeywords french = keywords.and(Wish.STOP, "ARRÊT");

        assertThat(french.find("arrêt !")).hasValue(Wish.STOP);
        assertThat(keywords.find("arrêt !")).isEmpty();
    }

    @Test
    void theLocaleOfTheMachineDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(keywords.find("unsubscribe")).hasValue(Wish.STOP);
            assertThat(keywords.find("info")).hasValue(Wish.HELP);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Property
    void anyWordMoreMakesItAnOrdinaryText(
            @ForAll("stops") String keyword, @ForAll("words") String word) {
        assertThat(keywords.find(word + " " + keyword)).isEmpty();
        assertThat(keywords.find(keyword + " " + word)).isEmpty();
    }

    @Property
    void signsBlanksAndCaseAroundAKeywordDoNotMatter(
            @ForAll("stops") String keyword,
            @ForAll("signs") String before,
            @ForAll("signs") String after) {
        assertThat(keywords.find(before + keyword.toLowerCase(Locale.ROOT) + after))
                .hasValue(Wish.STOP);
    }

    @Property
    void anyTextIsReadWithoutFailing(@ForAll String text) {
        keywords.find(text)
                .ifPresent(wish -> assertThat(keywords.find(" " + text + "\n")).hasValue(wish));
    }

    @Provide
    Arbitrary<String> stops() {
        return Arbitraries.of(STOPS);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of(
                "please", "my", "3", "appointment", "at", "the", "don't", "to", "bus", "no", "ok");
    }

    @Provide
    Arbitrary<String> signs() {
        return Arbitraries.strings().withChars(" .,;:!?-\"'()*\n\t…").ofMaxLength(4);
    }
}
