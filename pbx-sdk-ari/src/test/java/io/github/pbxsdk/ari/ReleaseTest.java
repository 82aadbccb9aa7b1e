package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseTest {

    @ParameterizedTest
    @CsvSource({
        "16.28.0, false", "18.26.4, false", "20.12.9, false", "20.13.0, true", "21.4.0, true",
        "22.2.9, false", "22.3.0, true", "22.10.1, true", "23.0.0, true", "24.1.0, true",
        "13.38.3, false"
    })
    void hasWhatItsBranchGot(String version, boolean has) {
        assertThat(Release.of(version).orElseThrow().has("20.13.0 22.3.0 23.0.0")).isEqualTo(has);
    }

    @ParameterizedTest
    @CsvSource({
        "Asterisk/22.10.1, 22.10.1",
        "certified/18.9-cert3, 18.9.0",
        "16.28.0~dfsg-0+deb11u4, 16.28.0",
        "GIT-22-a1b2c3, 22.0.0"
    })
    void isReadFromWhatVendorsWrite(String text, String release) {
        assertThat(Release.of(text)).map(Release::toString).contains(release);
    }

    @Test
    void isUnknownWhereThereIsNoNumber() {
        assertThat(Release.of("nginx")).isEmpty();
    }
}
