package io.github.pbxsdk.core.internal.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    private static final Redaction KNOWN = Redaction.of(List.of("p@ss/w\"rd ü", "hunter22", "x1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "wrong password=abc123 given | wrong password=*** given",
                "GET https://sms.example/send?username=me&password=abc&to=1 failed |"
                        + " GET https://sms.example/send?username=me&password=***&to=1 failed",
                "https://me:abc@pbx.example/x | https://me:***@pbx.example/x",
                "Authorization: Basic bWU6YWJj | Authorization: Basic ***",
                "sent Bearer abcdefghijkl and failed | sent Bearer *** and failed",
                "{\"password\": \"a \\\" b\", \"user\": 1} | {\"password\": ***, \"user\": 1}",
                "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc is old | token *** is old",
                "Extension does not exist. (from-internal,200) |"
                        + " Extension does not exist. (from-internal,200)",
                "invalid password | invalid password",
                "the token has expired | the token has expired",
            })
    void masksWhatNamesAndShapesGiveAway(String text, String expected) {
        assertThat(Redaction.none().apply(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "login as hunter22 refused | login as *** refused",
                "raw p@ss/w\"rd ü here | raw *** here",
                "in a URL p%40ss%2Fw%22rd+%C3%BC or p%40ss%2Fw%22rd%20%C3%BC | in a URL *** or ***",
                "in JSON \"p@ss/w\\\"rd ü\" or \"p@ss\\/w\\\"rd ü\" | in JSON \"***\" or \"***\"",
                "alone x1 and in 0x1f or max12 | alone *** and in 0x1f or max12",
            })
    void masksKnownSecretsWhereverTheyStand(String text, String expected) {
        assertThat(KNOWN.apply(text)).isEqualTo(expected);
    }

    @Test
    void ofTwoSecretsThatBeginAlikeTheLongerOneIsMaskedWhole() {
        assertThat(Redaction.of(List.of("secret", "secret-2")).apply("it is secret-2"))
                .isEqualTo("it is ***");
    }

    @Test
    void longTextIsCutAndNoSecretWithIt() {
        String text = "a".repeat(16 * 1024 - 3) + "hunter22" + "b".repeat(100_000);

        assertThat(KNOWN.apply(text))
                .hasSizeLessThan(17_000)
                .doesNotContain("hun")
                .endsWith("… (116389 characters in all)");
    }

    @Test
    void maliciousTextCostsLittle() {
        List<String> hostile =
                List.of(
                        "password" + "\\\"".repeat(8_000),
                        "password=".repeat(1_800),
                        "://a:".repeat(3_200),
                        "sip:".repeat(4_000),
                        "eyJ".repeat(5_000),
                        "{\"a\":".repeat(3_000));
        long start = System.nanoTime();
        hostile.forEach(KNOWN::apply);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void neverPrintsWhatItKnows() {
        assertThat(KNOWN.toString()).doesNotContain("hunter22");
    }

    @ParameterizedTest
    @CsvSource({
        "+61491570156, +6149•••0156",
        "+12025550123, +1202•••0123",
        "0491570156, 04•••56",
        "5550123, 55•••23",
        "100, 100",
        "12345, 12345",
        "'', ''",
    })
    void phoneNumbersAreShortened(String number, String expected) {
        assertThat(Redaction.phoneNumber(number)).isEqualTo(expected);
    }
}
