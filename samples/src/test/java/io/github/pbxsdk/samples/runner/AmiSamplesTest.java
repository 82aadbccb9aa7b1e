package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.samples.AmiMessage;
import io.github.pbxsdk.samples.AmiOriginate;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(trial.output()).contains("\"outcome\":\"BUSY\"", "\"cause\":17");
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
                io.github.pbxsdk.testing.ami.AmiMessage.of(
                        "Response", "Success", "Message", "Message successfully sent"));

        ExitCode code = trial.run(AmiMessage.SAMPLE, "--to", "1001", "--json");

        assertThat(trial.errors()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output().strip())
                .isEqualTo(
                        "{\"sent\":{\"to\":\"1001\",\"outcome\":\"ACCEPTED\","
                                + "\"words\":\"Message successfully sent\"}}");
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
