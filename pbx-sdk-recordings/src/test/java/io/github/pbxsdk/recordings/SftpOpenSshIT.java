package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.state.StateStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real OpenSSH server, which runs as the user of this test; sshd refuses one that is locked.
 *
 * <p>It is the one in {@code PBX_SSHD}, or that of the machine. Where there is none, the tests are
 * skipped, and one line says so.
 */
@Timeout(60)
class SftpOpenSshIT {

    private static final String NAME = "2026/11/21/in-1-+61491570156-20261121-030000-1795230000.1";
    private static final byte[] SOUND = Wav.of(200_000, 1);
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin/sshd"), Path.of("/usr/local/sbin/sshd"));

    @TempDir private Path work;
    private Path monitor;
    private Path key;
    private KeyPair hostKey;
    private int port;
    private Process sshd;

    private static Optional<Path> program() {
        String wanted = System.getenv("PBX_SSHD");
        return wanted == null
                ? PLACES.stream().filter(Files::isExecutable).findFirst()
                : Optional.of(Path.of(wanted));
    }

    @BeforeAll
    static void requireServer() {
        if (program().isEmpty()) {
            System.out.println(
                    "Tests on OpenSSH are skipped: no sshd here. To run them: install"
                            + " openssh-server, or PBX_SSHD=/path/of/sshd");
        }
        Assumptions.assumeTrue(program().isPresent(), "there is no sshd on this machine");
    }

    @BeforeEach
    void start() throws Exception {
        monitor = Files.createDirectory(work.resolve("monitor"));
        hostKey = keyPair();
        KeyPair user = keyPair();
        key = privateKey("id", user);
        try (OutputStream file = Files.newOutputStream(work.resolve("authorized_keys"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePublicKey(user, "test", file);
        }
        privateKey("host", hostKey);
        port = freePort();
        Files.writeString(work.resolve("sshd_config"), settings());
        listen();
        record(NAME + ".wav", SOUND);
    }

    private static KeyPair keyPair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private Path privateKey(String name, KeyPair pair) throws Exception {
        Path file = work.resolve(name);
        try (OutputStream stream = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "", null, stream);
        }
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String settings() {
        return """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %s
        AuthorizedKeysFile %s
        PidFile none
        StrictModes no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        Subsystem sftp internal-sftp
        """
                .formatted(port, work.resolve("host"), work.resolve("authorized_keys"));
    }

    private void listen() throws IOException {
        sshd =
                new ProcessBuilder(
                                program().orElseThrow().toString(),
                                "-D",
                                "-e",
                                "-f",
                                work.resolve("sshd_config").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(work.resolve("sshd.log").toFile()))
                        .start();
        await("sshd").atMost(10, TimeUnit.SECONDS).until(this::isListening);
    }

    private boolean isListening() throws IOException {
        if (!sshd.isAlive()) {
            throw new AssertionError(Files.readString(work.resolve("sshd.log")));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Those who serve a connection are processes of their own. */
    @AfterEach
    void stop() throws InterruptedException {
        if (sshd != null) {
            sshd.descendants().forEach(ProcessHandle::destroyForcibly);
            sshd.destroyForcibly().waitFor();
        }
    }

    private void record(String name, byte[] content) throws IOException {
        Path file = monitor.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private SftpSource.Builder builder() {
        return SftpSource.builder("127.0.0.1", monitor.toString())
                .port(port)
                .user(System.getProperty("user.name"))
                .key(key)
                .hostKey(KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic()));
    }

    @Test
    void listsFindsAndHandsOutAllOrTheRest() throws IOException {
        record("2026/10/01/q-1.gsm", new byte[10]);
        try (SftpSource source = builder().build()) {
            try (Stream<RecordingEntry> all = source.stream()) {
                assertThat(all.map(RecordingEntry::name))
                        .containsExactlyInAnyOrder(NAME, "2026/10/01/q-1");
            }
            try (Stream<RecordingEntry> late = source.streamSince(LocalDate.of(2026, 11, 1))) {
                assertThat(late.map(RecordingEntry::name)).containsExactly(NAME);
            }
            RecordingEntry entry = source.find(NAME).orElseThrow();
            assertThat(entry.size()).hasValue(SOUND.length);
            assertThat(source.find("2030/01/01/none")).isEmpty();
            try (RecordingContent rest = source.open(entry, 300_000).orElseThrow()) {
                assertThat(rest.stream().readAllBytes())
                        .isEqualTo(Arrays.copyOfRange(SOUND, 300_000, SOUND.length));
            }
        }
    }

    @Test
    void whatIsNoRecordingOfTheDirectoryIsNotOpened() throws IOException {
        Files.write(work.resolve("secret.wav"), SOUND);
        Files.createSymbolicLink(monitor.resolve("link.wav"), work.resolve("secret.wav"));
        try (SftpSource source = builder().build()) {
            for (String name : List.of("../secret", "link", "none")) {
                assertThat(source.open(RecordingEntry.builder(name).format("wav").build(), 0))
                        .as(name)
                        .isEmpty();
            }
        }
    }

    @Test
    void anotherServerAndAnotherKeyAreToldApart() throws Exception {
        String other = KeyUtils.getFingerPrint(BuiltinDigests.sha256, keyPair().getPublic());
        try (SftpSource source = builder().hostKey(other).build()) {
            assertThatExceptionOfType(PbxAuthenticationException.class)
                    .isThrownBy(() -> source.find(NAME))
                    .withMessageContaining("shows another key than hostKey(...)");
        }
        try (SftpSource source = builder().key(privateKey("other", keyPair())).build()) {
            assertThatExceptionOfType(PbxAuthenticationException.class)
                    .isThrownBy(() -> source.find(NAME))
                    .withMessageContaining("with this key");
        }
    }

    @Test
    void aSyncGoesOnAfterTheServerWasKilled() throws Exception {
        Path folder = work.resolve("folder");
        try (StateStore store = StateStore.inMemory();
                SftpSource source = builder().build();
                RecordingSync sync =
                        RecordingSync.builder("pbx-7")
                                .source(source)
                                .sink(FolderSink.of(folder))
                                .store(store)
                                .build()) {
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
            stop();
            assertThatExceptionOfType(PbxConnectionException.class).isThrownBy(sync::syncNow);
            listen();
            String second = NAME.replace("0000.1", "0000.2");
            record(second + ".wav", Wav.of(100_000, 2));

            assertThat(sync.syncNow().delivered()).isEqualTo(1);
            assertThat(folder.resolve(NAME + ".wav")).hasBinaryContent(SOUND);
            assertThat(folder.resolve(second + ".wav")).hasBinaryContent(Wav.of(100_000, 2));
        }
    }
}
