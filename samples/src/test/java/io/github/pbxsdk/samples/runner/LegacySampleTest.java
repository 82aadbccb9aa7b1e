package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.samples.LegacyListener;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LegacySampleTest {

    private final FakeAmi server = FakeAmi.asterisk22();
    private final Trial trial =
            new Trial()
                    .environment("AMI_HOST", server.host())
                    .environment("AMI_PORT", String.valueOf(server.port()))
                    .environment("AMI_USER", "lab")
                    .environment("AMI_SECRET", "lab-secret");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void oldCodeSeesChannelsHangupsAndWhatIsNew() {
        server.answer(
                "Status",
                AmiMessage.of("Response", "Success", "EventList", "start"),
                AmiMessage.of("Event", "Status", "Channel", "PJSIP/1", "ChannelStateDesc", "Up"),
                AmiMessage.of("Event", "StatusComplete", "EventList", "Complete"));
        CompletableFuture<ExitCode> run =
                CompletableFuture.supplyAsync(
                        () -> trial.until("Busy").run(LegacyListener.SAMPLE, "--json"));
        server.awaitAction(action -> action.get("Action").equalsIgnoreCase("Status"));
        server.emit("Event", "Novelty", "Privilege", "call,all");
        server.emit(
                "Event",
                "Hangup",
                "Privilege",
                "call,all",
                "Channel",
                "PJSIP/1",
                "Cause-txt",
                "Busy");

        assertThat(run).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(ExitCode.DONE);
        assertThat(trial.output())
                .contains("{\"channel\":{\"channel\":\"PJSIP/1\",\"words\":\"Up\"}}")
                .contains("{\"hangup\":{\"channel\":\"PJSIP/1\",\"words\":\"Busy\"}}")
                .contains("\"unknownToAsteriskJava\":1,\"gaps\":0}");
    }

    @Test
    void aWrongSecretIsARefusalAndNoServerIsUnreachable() {
        assertThat(trial.run(LegacyListener.SAMPLE, "--ami-secret", "wrong"))
                .isEqualTo(ExitCode.REFUSED);
        server.close();
        assertThat(trial.run(LegacyListener.SAMPLE)).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void aServerThatSaysNothingIsUnreachable() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            trial.environment("AMI_PORT", String.valueOf(silent.getLocalPort()));

            assertThat(trial.run(LegacyListener.SAMPLE)).isEqualTo(ExitCode.UNREACHABLE);
        }
    }
}
