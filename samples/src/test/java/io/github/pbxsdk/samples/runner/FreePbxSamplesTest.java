package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.samples.FreePbxInventory;
import io.github.pbxsdk.samples.FreePbxProvision;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The samples of FreePBX against one that is none. */
class FreePbxSamplesTest {

    private final FakeFreePbx fake = new FakeFreePbx();

    @BeforeEach
    void fill() {
        fake.addExtension("1001", "Alice Example");
        fake.addRingGroup("600", "Reception", "1001");
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private Trial trial() {
        return new Trial()
                .environment("FREEPBX_URL", fake.url())
                .environment("FREEPBX_CLIENT_ID", FakeFreePbx.CLIENT_ID)
                .environment("FREEPBX_CLIENT_SECRET", FakeFreePbx.CLIENT_SECRET);
    }

    @Test
    void theInventoryIsATree() {
        Trial trial = trial();

        ExitCode code = trial.run(FreePbxInventory.SAMPLE, "--json");

        assertThat(trial.errors()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output())
                .contains("{\"health\":\"GREEN\"")
                .contains("{\"extension\":\"1001\",\"name\":\"Alice Example\",\"voicemail\":true}")
                .contains(
                        "{\"ringGroup\":\"600\",\"description\":\"Reception\","
                                + "\"strategy\":\"RING_ALL\",\"members\":[\"1001\"]}");
    }

    private ExitCode provision(Trial trial, String group) {
        return trial.run(
                FreePbxProvision.SAMPLE,
                "--extension",
                "1005",
                "--name",
                "Eve",
                "--email",
                "eve@pbx.example",
                "--pin",
                "8642",
                "--mobile",
                "15550007777",
                "--group",
                group,
                "--json");
    }

    @Test
    void aNewEmployeeGetsEverything() {
        Trial trial = trial();

        ExitCode code = provision(trial, "600");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output())
                .contains("{\"extension\":\"1005\",\"name\":\"Eve\"}")
                .contains("{\"ringGroup\":\"600\",\"members\":[\"1001\",\"1005\"]}")
                .contains("{\"live\":true");
        Map<String, ?> followMe = fake.followMe("1005");
        assertThat(followMe.get("followMeList")).isEqualTo("1005-15550007777#");
        assertThat(fake.reloads()).isEqualTo(1);
    }

    @Test
    void nothingIsMadeWhereTheGroupIsMissing() {
        Trial trial = trial();

        ExitCode code = provision(trial, "601");

        assertThat(code).isEqualTo(ExitCode.REFUSED);
        assertThat(trial.errors()).contains("601");
        assertThat(fake.requests("addExtension")).isEmpty();
    }
}
