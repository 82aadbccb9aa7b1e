package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.samples.SipMessage;
import io.github.pbxsdk.samples.SipRegister;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SipFault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The samples of SIP against a server that is none. */
class SipSamplesTest {

    private final FakeSip server = FakeSip.asterisk22();
    private final Trial trial =
            new Trial()
                    .environment("SIP_SERVER", "127.0.0.1:" + server.udp().getPort())
                    .environment("SIP_EXTENSION", "1011")
                    .environment("SIP_PASSWORD", "secret-1011");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRegistrationIsShownInColours() {
        CompletableFuture<ExitCode> run =
                CompletableFuture.supplyAsync(
                        () ->
                                trial.until("🟡 1011 WAITING")
                                        .run(SipRegister.SAMPLE, "--transport", "tcp"));
        await().until(() -> trial.output().contains("🟢 1011 REGISTERED"));
        server.cut();
        await().until(() -> trial.output().contains("🟡 1011 WAITING"));

        assertThat(run).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(ExitCode.DONE);
        assertThat(trial.output()).endsWith("closed by the application\n");
    }

    @Test
    void eachChangeAndEachTextIsALine() {
        CompletableFuture<ExitCode> run =
                CompletableFuture.supplyAsync(
                        () -> trial.until("Good morning").run(SipRegister.SAMPLE, "--json"));
        await().until(() -> trial.output().contains("\"state\":\"REGISTERED\",\"at\":\"20"));
        server.sendText("1012", "1011", "text/plain", "Good morning").join();

        assertThat(run).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(ExitCode.DONE);
        assertThat(trial.output())
                .contains(
                        "{\"message\":{\"from\":\"1012\",\"to\":\"1011\","
                                + "\"text\":\"Good morning\"}}\n");
    }

    @Test
    void aTextHasAStatusAndAnOutcome() {
        ExitCode code =
                trial.until("\"600\"")
                        .run(SipMessage.SAMPLE, "--text", "Hello", "--for", "1s", "--json");

        assertThat(trial.errors()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output().lines())
                .containsExactlyInAnyOrder(
                        "{\"status\":202,\"outcome\":\"ACCEPTED\"}",
                        "{\"message\":{\"from\":\"600\",\"to\":\"1011\",\"text\":\"Hello\"}}");
    }

    @Test
    void aDeliveredTextSaysSo() {
        server.answer(
                "MESSAGE",
                request -> Optional.of(io.github.pbxsdk.testing.sip.SipMessage.answer(200, "OK")));
        assertThat(trial.run(SipMessage.SAMPLE, "--text", "Hello", "--json"))
                .isEqualTo(ExitCode.DONE);
        assertThat(trial.output()).isEqualTo("{\"status\":200,\"outcome\":\"DELIVERED\"}\n");
    }

    @Test
    void aRefusedTextIsARefusal() {
        server.always("MESSAGE", SipFault.answer(403, "Forbidden"));
        assertThat(trial.run(SipMessage.SAMPLE, "--text", "Hello", "--json"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(trial.output()).isEqualTo("{\"status\":403,\"outcome\":\"REJECTED\"}\n");
    }

    @Test
    void aLostAnswerLeavesTheOutcomeUnknown() {
        server.next("MESSAGE", SipFault.cutAfter());
        assertThat(trial.run(SipMessage.SAMPLE, "--text", "Hello", "--transport", "tcp", "--json"))
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(trial.output()).isEqualTo("{\"status\":null,\"outcome\":\"UNKNOWN\"}\n");
    }

    @Test
    void aWrongPasswordIsARefusalAndAWrongTransportAnError() {
        assertThat(trial.run(SipRegister.SAMPLE, "--sip-password", "wrong"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(trial.run(SipRegister.SAMPLE, "--transport", "pigeon"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(trial.errors()).contains("PIGEON");
    }
}
