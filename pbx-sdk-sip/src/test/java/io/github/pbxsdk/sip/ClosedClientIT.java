package io.github.pbxsdk.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.testing.sip.FakeSip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a client leaves behind in a process that has nothing else to do. */
@Timeout(60)
class ClosedClientIT {

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void theProcessEndsAfterTheClient(SipTransport transport) throws Exception {
        try (FakeSip server = FakeSip.asterisk22()) {
            assertThat(run(server, transport, "1001")).containsExactly("registered", "closed");
            assertThat(server.devices("1001")).isEmpty();
        }
    }

    /** Also where there is nobody to say goodbye to. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UDP")
    void theProcessEndsAlthoughTheServerIsAway(SipTransport transport) throws Exception {
        try (FakeSip server = FakeSip.asterisk22()) {
            server.stopListening();
            assertThat(run(server, transport, "1001"))
                    .hasSize(2)
                    .first()
                    .asString()
                    .endsWith("ConnectionException");
        }
    }

    /** Returns what the process said; after "closed" it names each thread that lives on. */
    private List<String> run(FakeSip server, SipTransport transport, String extension)
            throws Exception {
        Path authority = Files.writeString(folder.resolve("ca.pem"), server.authority());
        Process child = start(server, transport, extension, authority);
        try {
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).as("the process has ended").isTrue();
            assertThat(child.exitValue()).isZero();
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.lines().toList();
        } finally {
            child.destroyForcibly();
        }
    }

    private static Process start(
            FakeSip server, SipTransport transport, String extension, Path authority)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
        command.add(ShortLife.class.getName());
        command.add(String.valueOf(TestClients.address(server, transport).getPort()));
        command.addAll(Arrays.asList(transport.name(), extension, authority.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
