package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.samples.AmiMessage;
import io.github.pbxsdk.samples.AmiOriginate;
import io.github.pbxsdk.samples.AmiWatch;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The samples of AMI against a server that is none. */
class AmiSamplesTest {

    private static final Path CALLS = Path.of("..", "recorded", "asterisk", "calls", "22.10.1");

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

    private static io.github.pbxsdk.testing.ami.AmiMessage message(String... lines) {
        return io.github.pbxsdk.testing.ami.AmiMessage.of(lines);
    }

    private static Path recorded(String number) throws IOException {
        try (Stream<Path> calls = Files.list(CALLS)) {
            return calls.filter(call -> call.getFileName().toString().startsWith(number + "-"))
                    .findFirst()
                    .orElseThrow()
                    .resolve("ami.txt");
        }
    }

    @Test
    void aCallThatNobodyAnsweredIsARefusal() throws Exception {
        server.originateAs(recorded("14i"));

        ExitCode code = trial.run(AmiOriginate.SAMPLE, "--channel", "PJSIP/102", "--json");

        assertThat(code).isEqualTo(ExitCode.REFUSED);
        assertThat(trial.output())
                .matches(
                        "(?s)\\{\"outcome\":\"BUSY\",\"uniqueid\":\"[^\"]+\",\"reason\":\".+\"}\\s*");
        assertThat(trial.errors()).contains("not answered");
    }

    @Test
    void aCallThatWasAnsweredIsDone() throws Exception {
        server.originateAs(recorded("14a"));

        ExitCode code = trial.run(AmiOriginate.SAMPLE, "--channel", "PJSIP/102");

        assertThat(trial.errors()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output()).contains("calling PJSIP/102", "ANSWERED");
    }

    @Test
    void aTextIsSentAndSoIsItsReceiptShown() {
        server.answer(
                "MessageSend",
                message("Response", "Success", "Message", "Message successfully sent"));

        ExitCode code = trial.run(AmiMessage.SAMPLE, "--to", "1001", "--json");

        assertThat(trial.errors()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output().strip())
                .isEqualTo(
                        "{\"sent\":{\"to\":\"1001\",\"outcome\":\"ACCEPTED\","
                                + "\"words\":\"Message successfully sent\"}}");
    }

    private CompletableFuture<ExitCode> watching(String... line) {
        return CompletableFuture.supplyAsync(() -> trial.run(AmiWatch.SAMPLE, line));
    }

    private static void assertDone(CompletableFuture<ExitCode> run) {
        assertThat(run).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(ExitCode.DONE);
    }

    @Test
    void eventsOfAskedNamesAreShownAndCounted() throws Exception {
        CompletableFuture<ExitCode> run =
                watching("--events", "Hangup, UserEvent", "--for", "6s", "--json");
        server.awaitAction(action -> action.get("Action").equals("Events"));
        server.emitRecorded(recorded("01"));
        server.cut();
        server.awaitLogins(2);

        assertDone(run);
        assertThat(trial.output().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("{\"event\":\"Hangup\",\"fields\":[[\"Event\",\"Hangup\"],");
        assertThat(trial.output())
                .endsWith(
                        "{\"summary\":{\"received\":2,\"dropped\":0,\"gaps\":1,"
                                + "\"reconnects\":1}}\n");
    }

    @Test
    void callsAreShownFromTheirBeginningToTheirEnd() throws Exception {
        server.answer(
                "Status",
                message("Response", "Success", "EventList", "start"),
                message("Event", "StatusComplete", "EventList", "Complete", "ListItems", "0"));
        trial.until("ENDED");
        CompletableFuture<ExitCode> run = watching("--live");
        await().until(() -> trial.output().contains("0 calls, 0 queues"));
        server.emitRecorded(recorded("01"));

        assertDone(run);
        assertThat(trial.output().lines())
                .filteredOn(line -> line.startsWith("call "))
                .anySatisfy(line -> assertThat(line).contains("RINGING"))
                .anySatisfy(line -> assertThat(line).contains("TALKING  101 - 102"))
                .last()
                .asString()
                .contains("ENDED");
    }

    @Test
    void aWrongSecretIsARefusalAndNoServerIsUnreachable() {
        assertThat(trial.run(AmiMessage.SAMPLE, "--ami-secret", "wrong", "--to", "1001"))
                .isEqualTo(ExitCode.REFUSED);
        server.close();
        assertThat(trial.run(AmiMessage.SAMPLE, "--to", "1001")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(trial.run(AmiOriginate.SAMPLE)).isEqualTo(ExitCode.USAGE);
    }
}
