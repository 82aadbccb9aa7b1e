package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.security.SecretVault;
import io.github.pbxsdk.core.security.SecretVaultException;
import io.github.pbxsdk.core.security.VaultKey;
import io.github.pbxsdk.core.state.StateStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedSinkTest {

    private static final String NAME =
            "2026/11/21/in-61291234567-+61491570156-20261121-030000-1795230000.168";
    private static final byte[] SOUND = Wav.of(100_000, 1);

    private final SecretVault vault = SecretVault.of(VaultKey.of("2026-11", new byte[32]));

    @TempDir private Path monitor;
    @TempDir private Path folder;
    private FolderSink inner;
    private EncryptedSink sink;

    @BeforeEach
    void sync() throws IOException {
        Path file = monitor.resolve(NAME + ".wav");
        Files.createDirectories(file.getParent());
        Files.write(file, SOUND);
        inner = FolderSink.of(folder);
        sink = EncryptedSink.of(inner, vault, "acme");
        syncOnce();
    }

    private SyncReport syncOnce() {
        try (StateStore store = StateStore.inMemory();
                RecordingSync sync =
                        RecordingSync.builder("pbx-7")
                                .source(DirectorySource.of(monitor))
                                .sink(sink)
                                .store(store)
                                .build()) {
            return sync.syncNow();
        }
    }

    private CallRecording sealed() {
        try (Stream<CallRecording> all = inner.stream()) {
            return all.findFirst().orElseThrow();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void theWayBackGivesSoundAndDescription() throws IOException {
        CallRecording recording = sink.open(sealed());
        Path file = inner.file(sealed()).orElseThrow();

        assertThat(recording.name()).isEqualTo(NAME);
        assertThat(recording.from()).contains(Address.phone("+61491570156"));
        assertThat(recording.size()).hasValue(SOUND.length);
        try (InputStream sound = sink.open(sealed(), Files.newInputStream(file))) {
            assertThat(sound.readAllBytes()).isEqualTo(SOUND);
        }
    }

    @Test
    void nothingOnTheDiskGivesTheCallAway() throws IOException {
        assertThat(files()).hasSize(2);
        for (Path file : files()) {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertThat(folder.relativize(file) + content)
                    .doesNotContain("491570156", "61291234567", "RIFF", "1795230000");
        }
    }

    @Test
    void isDeliveredOnce() throws IOException {
        assertThat(syncOnce().delivered()).isEqualTo(1);

        assertThat(files()).hasSize(2);
    }

    @Test
    void anotherTenantCanNotOpenIt() {
        EncryptedSink other = EncryptedSink.of(inner, vault, "umbrella");

        assertThatExceptionOfType(SecretVaultException.class)
                .isThrownBy(() -> other.open(sealed()));
    }
}
