package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "1700000000.1, 1700000000.1",
        "dir/rec one, dir%2Frec%20one",
        "in-+15550100-200, in-%2B15550100-200",
        "PJSIP/100;1, PJSIP%2F100%3B1",
        "größe, gr%C3%B6%C3%9Fe",
        "50%, 50%25",
        "..., ...",
        "a..b, a..b"
    })
    void areReadBackByTheServer(String name, String encoded) {
        assertThat(Names.encoded("name", Names.checked("name", name))).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../x",
                "a/../b",
                "..%2F",
                "..%2fetc",
                "%2e%2e/x",
                "%252e%252e%252fx",
                "..\\x",
                "./x",
                "a\nb",
                "a\u0000b",
                "a\u007fb",
                "a\u0085b",
                "a\ud800b"
            })
    void thatLeadOutOrAreNoTextAreRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Names.checked("name", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "dir/", "dir//x"})
    void ofRecordingsAreRelativePaths(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Names.checkedRecording("name", name));
    }
}
