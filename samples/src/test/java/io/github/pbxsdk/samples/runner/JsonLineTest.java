package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.junit.jupiter.api.Test;

class JsonLineTest {

    @Test
    void keepsTheOrderAndWritesNull() {
        JsonLine line = JsonLine.of("kind", "UNPARSED").and("e164", null).and("ok", false);

        assertThat(line).hasToString("{\"kind\":\"UNPARSED\",\"e164\":null,\"ok\":false}");
    }

    @Test
    void nestsLinesAndLists() {
        JsonLine line =
                JsonLine.of("event", "Hangup")
                        .and("fields", List.of(List.of("Cause", "16"), List.of("Cause", "17")))
                        .and("summary", JsonLine.of("received", 2L));

        assertThat(line)
                .hasToString(
                        "{\"event\":\"Hangup\",\"fields\":[[\"Cause\",\"16\"],[\"Cause\",\"17\"]],"
                                + "\"summary\":{\"received\":2}}");
    }

    @Test
    void writesTimesAndEnumsAsText() {
        JsonLine line =
                JsonLine.of("at", Instant.EPOCH)
                        .and("for", Duration.ofSeconds(2))
                        .and("code", ExitCode.DONE);

        assertThat(line)
                .hasToString(
                        "{\"at\":\"1970-01-01T00:00:00Z\",\"for\":\"PT2S\",\"code\":\"DONE\"}");
    }

    @Test
    void staysOneLineThatReadsBackWhateverTheTextIs() throws IOException {
        StringBuilder text = new StringBuilder("\"quoted\" \\ \u2028\u2029\u0085 😀 ümlaut");
        for (char control = 0; control < 0x20; control++) {
            text.append(control);
        }

        String line = JsonLine.of("text", text.toString()).toString();

        assertThat(line.lines()).hasSize(1);
        assertThat(read(line)).isEqualTo(Map.of("text", text.toString()));
    }

    @Test
    void refusesAFieldTwice() {
        JsonLine line = JsonLine.of("to", "100");

        assertThatThrownBy(() -> line.and("to", "200"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("to");
    }

    private static Object read(String json) throws IOException {
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
            return reader.readJsonValue();
        }
    }
}
