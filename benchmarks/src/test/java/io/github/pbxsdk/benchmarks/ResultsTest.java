package io.github.pbxsdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResultsTest {

    @Test
    void readBackAsTheyWereWritten() {
        Result result = SampleResults.result("ami-events");

        assertThat(Results.result(Results.json(result))).isEqualTo(result);
    }

    @Test
    void thatDoNotCountWhatIsLostAreReadLikeThoseFromBefore() {
        Result result = SampleResults.uncounted("ami-events");
        String json = Results.json(result);

        assertThat(json).doesNotContain("lost");
        assertThat(Results.result(json)).isEqualTo(result);
    }

    @Test
    void nameFormatCommitMachineAndRawRounds() {
        assertThat(Results.json(SampleResults.result("ami-events")))
                .contains("\"format\": \"pbx-sdk-benchmark\"", "\"version\": 1")
                .contains("\"commit\": \"0123456789ab\"", "\"localChanges\": false")
                .contains("\"processor\": \"A \\\"Processor\\\"\"", "\"jdk\": \"Vendor 17.0.1+1\"")
                .contains("\"nanos\": 3000000001")
                .endsWith("}\n");
    }

    @Test
    void ofANewerVersionAreRefused() {
        String newer =
                Results.json(SampleResults.result("ami-events"))
                        .replace("\"version\": 1", "\"version\": 2");

        assertThatThrownBy(() -> Results.result(newer))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("pbx-sdk-benchmark 2");
    }

    @Test
    void sayWhichFieldIsMissing() {
        assertThatThrownBy(() -> Results.measurement("{\"operations\":1,\"nanos\":2}"))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("bytes");
        assertThatThrownBy(() -> Results.measurement("[]")).isInstanceOf(BenchmarkException.class);
        assertThatThrownBy(() -> Results.measurement("{")).isInstanceOf(BenchmarkException.class);
    }
}
