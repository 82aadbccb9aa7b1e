package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SftpSourceTest {

    private static final String NAME = "2026/11/21/in-1-+61491570156-20261121-030000-1795230000.1";
    private static final byte[] SOUND = Wav.of(100_000, 1);

    @TempDir private Path server;
    @TempDir private Path keys;
    private KeyPair hostKey;
    private KeyPair user;
    private SshServer sshd;
    private Path key;

    @BeforeEach
    void start() throws Exception {
        hostKey = keyPair();
        user = keyPair();
        key = keys.resolve("id");
        try (OutputStream file = Files.newOutputStream(key)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(user, "", null, file);
        }
        listen(0);
        record(NAME + ".wav", SOUND);
    }

    private void listen(int port) throws IOException {
        sshd = SshServer.setUpDefaultServer();
        sshd.setHost("127.0.0.1");
        sshd.setPort(port);
        sshd.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        sshd.setPublickeyAuthenticator(
                (name, offered, session) ->
                        name.equals("recordings")
                                && KeyUtils.compareKeys(offered, user.getPublic()));
        sshd.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        sshd.setFileSystemFactory(new VirtualFileSystemFactory(server));
        sshd.start();
    }

    @AfterEach
    void stop() throws IOException {
        sshd.stop(true);
    }

    private static KeyPair keyPair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private void record(String name, byte[] content) throws IOException {
        Path file = server.resolve("monitor").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private SftpSource.Builder builder() {
        return SftpSource.builder("127.0.0.1", "/monitor")
                .port(sshd.getPort())
                .user("recordings")
                .key(key)
                .hostKey(KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic()));
    }

    @Test
    void listsSkipsAndFinds() throws IOException {
        record("2026/10/01/q-1.gsm", new byte[10]);
        record("2026/11/21/.hidden.wav", new byte[10]);
        try (SftpSource source = builder().build()) {
            try (Stream<RecordingEntry> all = source.stream()) {
                assertThat(all.map(RecordingEntry::name))
                        .containsExactlyInAnyOrder(NAME, "2026/10/01/q-1");
            }
            try (Stream<RecordingEntry> late = source.streamSince(LocalDate.of(2026, 11, 1))) {
                RecordingEntry entry = late.findFirst().orElseThrow();
                assertThat(entry.size()).hasValue(SOUND.length);
                assertThat(entry.format()).contains("wav");
                assertThat(source.find(NAME)).contains(entry);
            }
            assertThat(source.find("2026/11/21/none")).isEmpty();
            assertThat(source.find("2030/01/01/none")).isEmpty();
        }
    }

    @Test
    void handsOutAllOrTheRest() throws IOException {
        RecordingEntry entry = RecordingEntry.builder(NAME).format("wav").build();
        try (SftpSource source = builder().build()) {
            try (RecordingContent content = source.open(entry, 0).orElseThrow()) {
                assertThat(content.length()).hasValue(SOUND.length);
                assertThat(content.stream().readAllBytes()).isEqualTo(SOUND);
            }
            try (RecordingContent rest =
                    source.open(RecordingEntry.of(NAME), 150_000).orElseThrow()) {
                assertThat(rest.offset()).isEqualTo(150_000);
                assertThat(rest.stream().readAllBytes())
                        .isEqualTo(Arrays.copyOfRange(SOUND, 150_000, SOUND.length));
            }
        }
    }

    @Test
    void nothingOutsideTheDirectoryIsOpened() throws IOException {
        Files.write(server.resolve("secret.wav"), SOUND);
        Files.createSymbolicLink(server.resolve("monitor/link.wav"), server.resolve("secret.wav"));
        try (SftpSource source = builder().build()) {
            for (String name : List.of("../secret", "link", "/secret", "none")) {
                assertThat(source.open(RecordingEntry.builder(name).format("wav").build(), 0))
                        .as(name)
                        .isEmpty();
            }
        }
    }

    @Test
    void anotherServerIsNotLoggedInTo() throws Exception {
        String other = KeyUtils.getFingerPrint(BuiltinDigests.sha256, keyPair().getPublic());
        try (SftpSource source = builder().hostKey(other).build()) {
            assertThatExceptionOfType(PbxAuthenticationException.class)
                    .isThrownBy(() -> source.find(NAME))
                    .withMessageContaining("shows another key than hostKey(...)");
        }
    }

    @Test
    void anotherUserIsNotLetIn() {
        try (SftpSource source = builder().user("nobody").build()) {
            assertThatExceptionOfType(PbxAuthenticationException.class)
                    .isThrownBy(() -> source.find(NAME))
                    .withMessageEndingWith("does not let nobody in with this key");
        }
    }

    @Test
    void comesBackAfterTheServerWasAway() throws IOException {
        try (SftpSource source = builder().build()) {
            assertThat(source.find(NAME)).isPresent();
            int port = sshd.getPort();
            sshd.stop(true);
            assertThatExceptionOfType(PbxConnectionException.class)
                    .isThrownBy(() -> source.find(NAME));

            listen(port);

            assertThat(source.find(NAME)).isPresent();
        }
    }
}
