package io.github.pbxsdk.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsteriskVersionTest {

    @ParameterizedTest
    @CsvSource({
        "22.10.1, 22, 10, 1",
        "certified/18.9-cert3, 18, 9, 0",
        "16.28.0~dfsg-0+deb11u4, 16, 28, 0",
        "GIT-22-a1b2c3, 22, 0, 0"
    })
    void isReadFromWhatVendorsWrite(String text, int major, int minor, int patch) {
        AsteriskVersion version = AsteriskVersion.of(text);

        assertThat(version.major()).hasValue(major);
        assertThat(version.isAtLeast(major, minor, patch)).isTrue();
        assertThat(version.isAtLeast(major, minor, patch + 1)).isFalse();
        assertThat(version).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "22.10.1, 22.10.1, true", "22.10.1, 22.9.5, true", "22.10.1, 20.99.0, true",
        "22.10.1, 22.10.2, false", "22.10.1, 22.11.0, false", "22.10.1, 23.0.0, false"
    })
    void isComparedNumberByNumber(String version, String other, boolean isAtLeast) {
        assertThat(AsteriskVersion.of(version).isAtLeast(AsteriskVersion.of(other)))
                .isEqualTo(isAtLeast);
    }

    @Test
    void withoutANumberItCountsAsTheNewest() {
        assertThat(AsteriskVersion.of("nightly").major()).isEmpty();
        assertThat(AsteriskVersion.of("").isAtLeast(99, 0, 0)).isTrue();
        assertThat(AsteriskVersion.of("")).hasToString("unknown");
    }
}
