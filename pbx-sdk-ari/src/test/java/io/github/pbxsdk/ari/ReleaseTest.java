package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.AsteriskVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseTest {

    private static Release release(String version) {
        return Release.of(AsteriskVersion.of(version)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "16.28.0, false", "18.26.4, false", "20.12.9, false", "20.13.0, true", "21.4.0, true",
        "22.2.9, false", "22.3.0, true", "22.10.1, true", "23.0.0, true", "24.1.0, true",
        "13.38.3, false"
    })
    void hasWhatItsBranchGot(String version, boolean has) {
        assertThat(release(version).has("20.13.0 22.3.0 23.0.0")).isEqualTo(has);
    }

    @ParameterizedTest
    @CsvSource({
        "13.38.3, true",
        "16.25.3, true",
        "16.26.0, false",
        "17.9.4, true",
        "18.11.3, true",
        "18.12.0, false",
        "19.8.1, true",
        "20.0.0, false",
        "22.10.1, false"
    })
    void confusesRecordingsUntilItsBranchWasMended(String version, boolean confuses) {
        assertThat(release(version).confusesRecordings()).isEqualTo(confuses);
    }

    @ParameterizedTest
    @CsvSource({
        "16.28.0, false", "18.26.4, false", "20.13.9, false", "20.14.0, true", "21.9.0, false",
        "22.3.9, false", "22.4.0, true", "22.10.1, true", "23.0.0, true", "24.1.0, true"
    })
    void takesRequestsOnTheSocketWhereThatIsCertain(String version, boolean takes) {
        assertThat(release(version).takesRequestsOnTheSocket()).isEqualTo(takes);
    }

    @Test
    void isUnknownWhereThereIsNoNumber() {
        assertThat(Release.of(AsteriskVersion.of("nightly"))).isEmpty();
    }
}
