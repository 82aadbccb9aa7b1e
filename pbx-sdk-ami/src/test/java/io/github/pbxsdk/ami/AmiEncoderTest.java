package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmiEncoderTest {

    private static byte[] encode(String name, String value) {
        return AmiEncoder.encode(AmiFields.of(name, value));
    }

    @Test
    void writesLinesInOrder() {
        byte[] bytes =
                AmiEncoder.encode(
                        AmiFields.of("Action", "Ping", "ActionID", "1", "X", "é"));

        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo("Action: Ping\r\nActionID: 1\r\nX: é\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\r\nCommand: x", "\0", "a\n"})
    void refusesLineBreaksInValues(String value) {
        assertThatThrownBy(() -> encode("Channel", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Channel must not contain line breaks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A:B", "A B", "A\r\nB", "Ä", "A\0"})
    void refusesNamesThatWouldBecomeSomethingElse(String name) {
        assertThatThrownBy(() -> encode(name, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header name");
    }

    @Test
    void takesTheLongestLineOfTheServerAndNoLonger() {
        assertThat(encode("X", "a".repeat(1020))).hasSize(1023 + 4);
        assertThatThrownBy(() -> encode("X", "a".repeat(1021)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("X makes a line of 1024 bytes; the server takes 1023");
        assertThatThrownBy(() -> encode("X", "é".repeat(511)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesMoreLinesThanTheServerTakes() {
        AmiFields.Field line = new AmiFields.Field("Variable", "A=1");
        assertThat(AmiEncoder.encode(AmiFields.of(Collections.nCopies(128, line)))).isNotEmpty();

        assertThatThrownBy(() -> AmiEncoder.encode(AmiFields.of(Collections.nCopies(129, line))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("128 lines at most");
    }

    @Test
    void doesNotShowAValueThatItRefuses() {
        assertThatThrownBy(() -> encode("Secret", "hunter2\n")).message().doesNotContain("hunter2");
    }
}
