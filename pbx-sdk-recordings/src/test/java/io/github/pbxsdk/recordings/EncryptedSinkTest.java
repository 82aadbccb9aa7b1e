package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingSink;
import io.github.pbxsdk.core.security.SecretVault;
import io.github.pbxsdk.core.security.SecretVaultException;
import io.github.pbxsdk.core.security.VaultKey;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
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
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-21T03:01:00Z")));
        inner = FolderSink.of(folder);
        sink = EncryptedSink.of(inner, vault, "acme");
        syncOnce();
    }

    private SyncReport syncOnce() {
        return syncOnce(Instant.parse("2026-11-21T04:00:00Z"));
    }

    private SyncReport syncOnce(Instant now) {
        ManualTime time = ManualTime.startingAt(now);
        try (StateStore store = StateStore.inMemory(time);
                PbxResources resources = PbxResources.builder().time(time).build();
                RecordingSync sync =
                        RecordingSync.builder("pbx-7")
                                .source(DirectorySource.of(monitor))
                                .sink(sink)
                                .store(store)
                                .resources(resources)
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

    @Test
    void theFolderBehindItKeepsItsRetention() throws IOException {
        RecordingSink keeping = FolderSink.builder(folder).retention(Duration.ofDays(90)).build();
        Instant start = Instant.parse("2026-11-21T03:00:00Z");
        sink = EncryptedSink.of(keeping, vault, "acme");
        assertThat(syncOnce(start.plus(Duration.ofDays(89))).erased()).isZero();
        assertThat(files()).hasSize(2);

        assertThat(syncOnce(start.plus(Duration.ofDays(91))).erased()).isEqualTo(1);

        assertThat(files()).isEmpty();
    }
}
