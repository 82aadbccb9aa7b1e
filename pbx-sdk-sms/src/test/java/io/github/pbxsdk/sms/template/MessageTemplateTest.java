package io.github.pbxsdk.sms.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsSegments.Encoding;
import io.github.pbxsdk.sms.template.TemplateException.Problem;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text with gaps, filled for everybody or for nobody. */
class MessageTemplateTest {

    private static final MessageTemplate REMINDER =
            MessageTemplate.of("reminder", "Hi {{name|there}}, see you {{ day }} at {{time}}.");

    private static TemplateRow row(int number, Map<String, String> values) {
        return new TemplateRow(Address.phone("+6149157015" + number), values);
    }

    @Test
    void gapsAreFilledByName() {
        assertThat(REMINDER.variables()).containsExactly("name", "day", "time");
        assertThat(REMINDER.fill(Map.of("name", "Zoë", "day", "Monday", "time", "3 pm")))
                .isEqualTo("Hi Zoë, see you Monday at 3 pm.");
        assertThat(REMINDER.fill(Map.of("name", " ", "day", "Monday", "time", "3 pm")))
                .as("a blank value counts as none")
                .isEqualTo("Hi there, see you Monday at 3 pm.");
    }

    @Test
    void allThatIsMissingIsNamedBeforeAnythingIsMade() {
        List<TemplateRow> rows =
                List.of(
                        row(6, Map.of("day", "Monday", "time", "3 pm")),
                        row(7, Map.of("name", "Ben")),
                        row(8, Map.of("day", "Monday", "time", "")));

        assertThatThrownBy(() -> REMINDER.messages(rows))
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        failure ->
                                assertThat(failure.problems())
                                        .containsExactly(
                                                new Problem(1, List.of("day", "time"), 0),
                                                new Problem(2, List.of("time"), 0)))
                .hasMessageContaining("row 1 has no day, time; row 2 has no time");
    }

    @Test
    void eachRecipientHasHisOwnText() {
        List<TextMessage> messages =
                REMINDER.messages(
                        List.of(
                                row(6, Map.of("name", "Ann", "day", "Monday", "time", "3 pm")),
                                row(7, Map.of("day", "Tuesday", "time", "4 pm"))));

        assertThat(messages)
                .extracting(TextMessage::text)
                .containsExactly(
                        "Hi Ann, see you Monday at 3 pm.", "Hi there, see you Tuesday at 4 pm.");
        assertThat(messages.get(1).to()).containsExactly(Address.phone("+61491570157"));
    }

    @Test
    void thePreviewShowsWhatOneUnusualNameCosts() {
        MessageTemplate template = MessageTemplate.of("t", "{{name}}" + "x".repeat(150));

        TemplatePreview preview =
                template.preview(List.of(Map.of("name", "Ann"), Map.of("name", "Zoë ✓")));

        assertThat(preview.longestRow()).isEqualTo(1);
        assertThat(preview.longest().encoding()).isEqualTo(Encoding.UCS2);
        assertThat(preview.longest().count()).isEqualTo(3);
        assertThat(preview.totalSegments()).isEqualTo(4);
        assertThat(preview.toString()).doesNotContain("Ann");
    }

    @Test
    void aLimitNamesEverybodyWhoseTextIsTooLong() {
        MessageTemplate template =
                MessageTemplate.of("t", "{{name}}" + "x".repeat(150)).maxSegments(1);

        assertThatThrownBy(
                        () ->
                                template.messages(
                                        List.of(
                                                row(6, Map.of("name", "Ann")),
                                                row(7, Map.of("name", "Zoë ✓")))))
                .hasMessageContaining("row 1 takes 3 messages");
    }

    @Test
    void whatHasNoGapIsTold() {
        assertThat(REMINDER.unused(List.of("name", "nmae"))).containsExactly("nmae");
    }

    @Test
    void fourBracesStandForTwoAndLineEndsAreThoseOfTexts() {
        MessageTemplate template = MessageTemplate.of("t", "{{{{name}} is {{name}}\r\nBye");

        assertThat(template.fill(Map.of("name", "Ann"))).isEqualTo("{{name}} is Ann\nBye");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hi {{name", "Hi {{}}", "Hi {{first name}}", "Hi {{3}}", "{{"})
    void aGapThatIsNoneIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> MessageTemplate.of("t", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at " + text.indexOf("{{"));
    }

    @Property
    void valuesArePutInAsTheyAreAndNotLookedAtAgain(@ForAll String value) {
        String filled = MessageTemplate.of("t", "<{{name|}}>").fill(Map.of("name", value));

        String expected = value.isBlank() ? "" : value;
        assertThat(filled)
                .isEqualTo("<" + expected.replace("\r\n", "\n").replace('\r', '\n') + ">");
    }

    @Property
    void everyTextWithoutBracesIsATemplateOfItself(@ForAll String text) {
        if (text.contains("{{")) {
            return;
        }
        assertThat(MessageTemplate.of("t", text).fill(Map.of()))
                .isEqualTo(text.replace("\r\n", "\n").replace('\r', '\n'));
    }
}
