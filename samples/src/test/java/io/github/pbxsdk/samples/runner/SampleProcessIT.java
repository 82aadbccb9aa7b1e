package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.samples.FirstSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SampleProcessIT {

    @Test
    void closesWhatItOpenedOnCtrlCAndEndsWith130() throws Exception {
        try (Child child = Child.java(WaitsForEver.class)) {
            assertThat(child.nextLine()).startsWith("opened");

            child.interrupt();

            assertThat(child.restOfOutput()).containsExactly("closed");
            assertThat(child.exitCode()).isEqualTo(130);
        }
    }

    @Test
    void endsWithTheExitCodeOfTheSample() throws Exception {
        try (Child child = Child.java(FirstSteps.class, "--wiat", "1s")) {
            assertThat(child.restOfOutput())
                    .containsExactly(
                            "first-steps: there is no option --wiat; did you mean --wait?"
                                    + " (--help shows all)");
            assertThat(child.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void endsByItselfWhenTheWorkIsDone() throws Exception {
        try (Child child = Child.java(Samples.class, "first-steps", "--json", "--wait=1ms")) {
            assertThat(child.restOfOutput()).hasSize(3).allSatisfy(SampleProcessIT::isOneObject);
            assertThat(child.exitCode()).isZero();
        }
    }

    private static void isOneObject(String line) {
        assertThat(line).startsWith("{\"").endsWith("}");
    }
}
