package io.github.pbxsdk.sms.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "queued",
                "a \"quoted\" word",
                "back\\slash",
                "two\r\nlines\t\0",
                "\u007f é 😀 \u2028",
                "</script>"
            })
    void writesWhatJsonTextWrites(String text) {
        String quick = new JsonTexts().add("words", text).add(text, "words").toString();

        assertThat(quick)
                .isEqualTo(
                        JsonText.of(
                                json -> {
                                    json.beginObject();
                                    json.name("words").value(text);
                                    json.name(text).value("words");
                                    json.endObject();
                                }));
        assertThat(JsonObject.parse(quick).find("words").orElse("")).isEqualTo(text);
    }

    @Test
    void isAnObjectWithoutMembers() {
        assertThat(new JsonTexts()).hasToString("{}");
    }
}
