package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.samples.AmiWatch;
import io.github.pbxsdk.samples.FreePbxInventory;
import io.github.pbxsdk.samples.Health;
import io.github.pbxsdk.samples.SipMessage;
import io.github.pbxsdk.samples.SipRegister;
import org.junit.jupiter.api.Test;

/** Samples that nobody has given a setting. */
class FakePbxSamplesTest {

    private static final String NOTE = "no settings are given: this runs on a fake PBX";

    private final Trial trial = new Trial();

    @Test
    void healthSaysHowEachPartIs() {
        ExitCode code = trial.run(Health.SAMPLE, "--json");

        assertThat(trial.errors()).contains(NOTE);
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output().lines())
                .hasSize(5)
                .allMatch(
                        line ->
                                line.matches(
                                        "\\{\"part\":\"[a-z]+\",\"state\":\"(GREEN|YELLOW)\","
                                                + "\"since\":\"20[^\"]+Z\",\"detail\":\".+\","
                                                + "\"latencyMs\":(\\d+|null)}"));
        assertThat(trial.output()).contains("{\"part\":\"ami\",", "{\"part\":\"freepbx\",");
    }

    @Test
    void aPartThatIsRedMakesTheExitCodeOne() {
        trial.environment("AMI_HOST", "127.0.0.1");

        ExitCode code = trial.run(Health.SAMPLE, "--json");

        assertThat(code).isEqualTo(ExitCode.REFUSED);
        assertThat(trial.output()).contains("\"state\":\"RED\"", "AMI_SECRET");
        assertThat(trial.errors()).doesNotContain(NOTE).contains("red: ami");
    }

    @Test
    void watchingShowsACall() {
        ExitCode code =
                trial.until("\"event\":\"Hangup\"", 2)
                        .run(AmiWatch.SAMPLE, "--events", "Hangup,UserEvent", "--json");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output().lines())
                .last()
                .asString()
                .isEqualTo(
                        "{\"summary\":{\"received\":2,\"dropped\":0,\"gaps\":0,"
                                + "\"reconnects\":0}}");
    }

    @Test
    void watchingLiveFindsTheCallThatIsUnderWayAndTheQueue() {
        ExitCode code = trial.run(AmiWatch.SAMPLE, "--live", "--for", "11s", "--json");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output().lines())
                .anyMatch(line -> line.matches("\\{\"call\":\\{.*\"phase\":\"TALKING\".*"))
                .anyMatch(line -> line.matches("\\{\"call\":\\{.*\"recorded\":true}}"))
                .anyMatch(
                        line -> line.matches("\\{\"queue\":\\{\"name\":\"500\",\"waiting\":1,.*"));
    }

    @Test
    void extensionsRegisterAndTextsAreTaken() {
        String registered = "\"state\":\"REGISTERED\"";
        assertThat(trial.until(registered).run(SipRegister.SAMPLE, "--json"))
                .isEqualTo(ExitCode.DONE);
        assertThat(trial.output()).contains(registered);
        assertThat(trial.run(SipMessage.SAMPLE, "--to", "1002", "--text", "Hi", "--for", "1s"))
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void theInventoryHasItsPeople() {
        assertThat(trial.run(FreePbxInventory.SAMPLE, "--json")).isEqualTo(ExitCode.DONE);
        assertThat(trial.output()).contains("Reception", "Laboratory", "Night desk");
    }

    @Test
    void peopleReadTheNoteAmongTheLines() {
        trial.run(FreePbxInventory.SAMPLE);

        assertThat(trial.errors()).isEmpty();
        assertThat(trial.output()).startsWith(NOTE);
    }

    @Test
    void aSettingThatIsGivenEndsTheGame() {
        trial.environment("AMI_HOST", "127.0.0.1");

        assertThat(trial.run(AmiWatch.SAMPLE)).isEqualTo(ExitCode.USAGE);
        assertThat(trial.errors()).contains("AMI_USER");
    }
}
