package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {

    @TempDir private Path work;
    private Path monitor;
    private DirectorySource source;

    @BeforeEach
    void record() throws IOException {
        monitor = Files.createDirectory(work.resolve("monitor"));
        source = DirectorySource.of(monitor);
        for (String name :
                List.of(
                        "2025/12/31/old.wav",
                        "2026/11/20/yesterday.wav",
                        "2026/11/21/today.WAV",
                        "greeting.wav",
                        "2026/11/21/.hidden.wav",
                        "2026/11/21/none")) {
            Path file = monitor.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "0123456789");
        }
    }

    private static List<String> names(Stream<RecordingEntry> entries) {
        try (entries) {
            return entries.map(RecordingEntry::name).sorted().toList();
        }
    }

    @Test
    void listsWhatHasAnExtensionAndIsNotHidden() {
        assertThat(names(source.stream()))
                .containsExactly(
                        "2025/12/31/old", "2026/11/20/yesterday", "2026/11/21/today", "greeting");
    }

    @Test
    void skipsEarlierDaysByTheirFolders() {
        assertThat(names(source.streamSince(LocalDate.of(2026, 11, 21))))
                .containsExactly("2026/11/21/today", "greeting");
        assertThat(names(source.streamSince(LocalDate.of(2026, 1, 1))))
                .doesNotContain("2025/12/31/old")
                .contains("2026/11/20/yesterday");
    }

    @Test
    void findsAndOpensByName() throws IOException {
        RecordingEntry found = source.find("2026/11/21/today").orElseThrow();

        assertThat(found.format()).contains("WAV");
        assertThat(found.size()).hasValue(10);
        try (RecordingContent content =
                source.open(RecordingEntry.of("2026/11/21/today"), 7).orElseThrow()) {
            assertThat(content.offset()).isEqualTo(7);
            assertThat(content.length()).hasValue(3);
            assertThat(content.stream().readAllBytes()).isEqualTo(new byte[] {'7', '8', '9'});
        }
        assertThat(source.find("2026/11/21/planned")).isEmpty();
        assertThat(source.find("2030/01/01/planned")).isEmpty();
    }

    @Test
    void nothingOutsideTheDirectoryIsOpened() throws IOException {
        Files.writeString(work.resolve("secret.wav"), "secret");
        Files.createSymbolicLink(monitor.resolve("link.wav"), work.resolve("secret.wav"));

        for (String name : List.of("../secret", "link", "/etc/passwd", "a\0b", "2026/11")) {
            assertThat(source.open(RecordingEntry.builder(name).format("wav").build(), 0))
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsAFailure() {
        assertThatExceptionOfType(PbxConnectionException.class)
                .isThrownBy(() -> names(DirectorySource.of(work.resolve("none")).stream()));
    }
}
