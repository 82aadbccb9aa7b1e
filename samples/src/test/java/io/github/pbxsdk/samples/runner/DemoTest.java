package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.samples.demo.Demo;
import org.junit.jupiter.api.Test;

/** What a newcomer sees first. */
class DemoTest {

    private final Trial trial = new Trial();

    @Test
    void playsEachSceneOnServersOfItsOwn() {
        ExitCode code = trial.run(Demo.SAMPLE);

        assertThat(trial.errors()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output())
                .contains("| SmsSegments plain = SmsSegments.of(PLAIN);")
                .contains("UCS2, 79 units, 2 segments")
                .contains("sent: ACCEPTED (OK)", "report: DELIVERED", "reply: Yes")
                .contains("1001 is GREEN, 1002 is GREEN", "1002 reads: Somebody is at door 4")
                .contains("QUEUED  1001 - 1003  queue 500", "TALKING  1001 - 1003")
                .contains(".wav  sha256 ")
                .contains("+- ring group 600  [1001, 1004]")
                .contains(
                        "ami GREEN",
                        "ari GREEN",
                        "sip GREEN: 1001 is REGISTERED",
                        "the API answers");
    }

    @Test
    void tellsProgramsOneLineAScene() {
        trial.run(Demo.SAMPLE, "--json");

        assertThat(trial.output().lines())
                .hasSize(7)
                .allMatch(line -> line.startsWith("{\"scene\":\""));
    }
}
