package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.sms.SimplerText.Replacement;
import org.junit.jupiter.api.Test;

class SimplerTextTest {

    private static final String LONG =
            " and a text that is long enough to need a second message".repeat(2);

    @Test
    void replacesTypographyWhereThatSavesAMessageAndReportsEachPlace() {
        SimplerText simpler = SimplerText.of("John’s – “ok”…" + LONG);

        assertThat(simpler.text()).isEqualTo("John's - \"ok\"..." + LONG);
        assertThat(simpler.replacements())
                .startsWith(new Replacement(4, "’", "'"), new Replacement(7, "–", "-"))
                .hasSize(5);
    }

    @Test
    void leavesATextAloneThatTakesNoFewerMessagesWithoutThem() {
        assertThat(SimplerText.of("John’s").text()).isEqualTo("John’s");
        assertThat(SimplerText.of("John’s").replacements()).isEmpty();
    }

    @Test
    void leavesATextAloneThatStaysWideForAnotherReason() {
        String text = "John’s 👍" + LONG;

        assertThat(SimplerText.of(text).text()).isEqualTo(text);
        assertThat(SimplerText.of("mañana á" + LONG).text()).isEqualTo("mañana á" + LONG);
    }

    @Test
    void composesLettersBeforeItLooks() {
        SimplerText simpler = SimplerText.of("man\u0303ana’s" + LONG);

        assertThat(simpler.text()).startsWith("mañana's");
        assertThat(simpler.replacements()).contains(new Replacement(2, "n\u0303", "ñ"));
    }
}
