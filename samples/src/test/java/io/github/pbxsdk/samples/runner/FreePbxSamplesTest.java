package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.freepbx.Destination;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.freepbx.InboundRouteSettings;
import io.github.pbxsdk.freepbx.IvrSettings;
import io.github.pbxsdk.samples.FreePbxInventory;
import io.github.pbxsdk.samples.FreePbxProvision;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.util.List;
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

    private Trial withGui() {
        return trial().environment("FREEPBX_GUI_USER", FakeFreePbx.ADMINISTRATOR)
                .environment("FREEPBX_GUI_PASSWORD", FakeFreePbx.ADMINISTRATOR_PASSWORD);
    }

    private void fillTheRest() {
        fake.addSoundFile("custom/night");
        try (FreePbxClient pbx =
                FreePbxClient.builder()
                        .baseUri(fake.url())
                        .credentials(
                                Credentials.of(FakeFreePbx.CLIENT_ID, FakeFreePbx.CLIENT_SECRET))
                        .gui(
                                Credentials.of(
                                        FakeFreePbx.ADMINISTRATOR,
                                        FakeFreePbx.ADMINISTRATOR_PASSWORD))
                        .build()) {
            pbx.inboundRoutes()
                    .create(
                            InboundRouteSettings.of("15550001", Destination.ringGroup("600"))
                                    .description("Main")
                                    .build());
            pbx.ivrs().create(IvrSettings.of("Night menu").build());
            pbx.prompts().create("Night", "Press 1", List.of("custom/night"));
        }
    }

    @Test
    void theInventoryIsATree() {
        fillTheRest();
        Trial trial = withGui();

        ExitCode code = trial.run(FreePbxInventory.SAMPLE, "--json");

        assertThat(trial.errors()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output().lines())
                .containsExactly(
                        "{\"extension\":{\"number\":\"1001\",\"name\":\"Alice Example\","
                                + "\"voicemail\":true}}",
                        "{\"inboundRoute\":{\"did\":\"15550001\",\"callerNumber\":\"\","
                                + "\"description\":\"Main\",\"to\":\"Ring Groups:600 Reception\"}}",
                        "{\"ringGroup\":{\"number\":\"600\",\"description\":\"Reception\","
                                + "\"strategy\":\"RING_ALL\",\"members\":[\"1001\"]}}",
                        "{\"ivr\":{\"id\":1,\"name\":\"Night menu\",\"description\":\"\","
                                + "\"road\":\"GUI\"}}",
                        "{\"prompt\":{\"id\":\"1\",\"name\":\"Night\","
                                + "\"description\":\"Press 1\",\"files\":[\"custom/night\"]}}");
    }

    @Test
    void theInventoryReadsAsATreeAndSaysWhatItCannotShow() {
        Trial trial = trial();

        assertThat(trial.run(FreePbxInventory.SAMPLE)).isEqualTo(ExitCode.DONE);
        assertThat(trial.output())
                .contains("FreePBX 16.0.40.7 with Asterisk 16.28.0, running")
                .contains("+- extension 1001  Alice Example")
                .contains("+- ring group 600  Reception")
                .contains("|  +- 1001")
                .contains("no menus: they take FREEPBX_GUI_USER");
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
