package io.github.pbxsdk.testing.ami;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FakeAmiTest {

    private static final Path RECORDED = Path.of("..", "recorded", "asterisk");
    private static final List<String> VERSIONS = List.of("16.25.0", "22.10.1");

    private static Stream<Arguments> builtIn() {
        return sessions("login-plain", "login-md5", "login-failed", "limits", "permission-denied");
    }

    private static Stream<Arguments> scripted() {
        return sessions("actions-misc", "originate-failures", "userevent-action");
    }

    private static Stream<Arguments> sessions(String... names) {
        return VERSIONS.stream()
                .flatMap(version -> Stream.of(names).map(name -> Arguments.of(version, name)));
    }

    private static Path file(String version, String name) {
        return RECORDED.resolve(version).resolve(name + ".ami.txt");
    }

    private static FakeAmi server(String version) {
        FakeAmi server = version.startsWith("16") ? FakeAmi.asterisk16() : FakeAmi.asterisk22();
        server.addUser("admin", "s3cret", Set.of("all"), Set.of("all"));
        server.addUser("ro", "ro", Set.of(), Set.of());
        return server;
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void answersByItselfAsTheRealServerDid(String version, String name) throws Exception {
        try (FakeAmi server = server(version);
                RawClient client = new RawClient(server)) {
            assertThat(client.readLine()).isEqualTo(firstLine(file(version, name)));
            talk(client, RecordedBlock.in(file(version, name)));
            if (name.equals("login-failed")) {
                assertThat(client.receive().lines()).as("closed by the server").isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scripted")
    void answersARecordedSessionLineByLine(String version, String name) throws Exception {
        try (FakeAmi server = server(version);
                RawClient client = new RawClient(server)) {
            server.replay(file(version, name));
            client.readLine();
            assertThat(talk(client, RecordedBlock.in(file(version, name)))).isGreaterThan(2);
        }
    }

    /** Says what the recorded client said, and returns how many messages came as recorded. */
    private static int talk(RawClient client, List<RecordedBlock> blocks) throws Exception {
        String challenge = "";
        int same = 0;
        for (RecordedBlock block : blocks) {
            if (isNoAnswer(block.message())) {
                continue;
            }
            if (block.fromClient()) {
                client.send(today(block.message(), challenge));
                continue;
            }
            AmiMessage received = client.receive();
            assertThat(comparable(received)).isEqualTo(comparable(block.message()));
            challenge = received.find("Challenge").orElse(challenge);
            same++;
        }
        return same;
    }

    /** The first line and the last, and what a real server tells about its security. */
    private static boolean isNoAnswer(AmiMessage message) {
        return message.get("").startsWith("Asterisk Call Manager")
                || message.get("").startsWith("<connection closed")
                || message.get("Event").equals("SuccessfulAuth");
    }

    /** What cannot be the same twice, or is abridged in the file. */
    private static AmiMessage today(AmiMessage action, String challenge) throws Exception {
        List<AmiMessage.Line> lines = new ArrayList<>();
        for (AmiMessage.Line line : action.lines()) {
            String value = line.value().equals("<1100 x>") ? "x".repeat(1100) : line.value();
            if (line.name().equals("Key") && !challenge.isEmpty()) {
                byte[] hash =
                        MessageDigest.getInstance("MD5")
                                .digest((challenge + "s3cret").getBytes(StandardCharsets.UTF_8));
                value = HexFormat.of().formatHex(hash);
            }
            lines.add(new AmiMessage.Line(line.name(), value));
        }
        return new AmiMessage(lines);
    }

    private static List<String> comparable(AmiMessage message) {
        return message.lines().stream()
                .map(line -> line.name() + ": " + line.value())
                .map(
                        line ->
                                line.replaceFirst(
                                        "^(Timestamp|Challenge|Uptime|LastReload|Core\\w+Time): [0-9.:]+$",
                                        "$1: *"))
                .toList();
    }

    private static String firstLine(Path file) throws IOException {
        return Files.readAllLines(file).get(0);
    }

    @Test
    void takesItsTimeWhenToldTo() throws IOException {
        try (FakeAmi server = FakeAmi.asterisk22();
                RawClient client = new RawClient(server)) {
            client.readLine();
            server.slow(Duration.ofMillis(300));
            long began = System.nanoTime();
            client.send(AmiMessage.of("Action", "Challenge", "ActionID", "1"));

            assertThat(client.receive().get("Response")).isEqualTo("Success");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }
}
