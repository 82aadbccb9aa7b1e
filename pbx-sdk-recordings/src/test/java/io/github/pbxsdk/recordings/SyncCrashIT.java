package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A syncing process that is killed again and again, at any moment. */
@Timeout(600)
class SyncCrashIT {

    private static final int RECORDINGS = 1_000;
    private static final int KILLS = 50;

    private final Random random = new Random(20261121);
    private final Set<String> told = new HashSet<>();

    @TempDir private Path work;
    private Path monitor;
    private Path folder;
    private Path state;

    @BeforeEach
    void record() throws IOException {
        monitor = Files.createDirectory(work.resolve("monitor"));
        folder = work.resolve("folder");
        state = work.resolve("state");
        for (int i = 0; i < RECORDINGS; i++) {
            Path file = monitor.resolve(name(i));
            Files.createDirectories(file.getParent());
            Files.write(file, Wav.of(100 + random.nextInt(30_000), i));
        }
    }

    private static String name(int i) {
        long epoch = 1795190400L + i * 200L;
        int day = 21 + i / 432;
        return "2026/11/%d/internal-102-101-202611%d-%06d-%d.%d.wav"
                .formatted(day, day, i % 432, epoch, i);
    }

    @Test
    void theFolderEqualsTheServerAfter50Kills() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            killOne();
            assertThat(halfOnes()).as("half files in sight after kill %s", kill).isEmpty();
        }
        assertThat(told).as("arrived before the last kill").hasSizeBetween(KILLS, RECORDINGS - 1);

        try (StateStore store = FileStateStore.builder().folder(state).open();
                RecordingSync sync =
                        RecordingSync.builder("pbx-7")
                                .source(DirectorySource.of(monitor))
                                .sink(FolderSink.of(folder))
                                .store(store)
                                .onArrival(this::tellOnce)
                                .build()) {
            SyncReport report = sync.syncArchive();
            assertThat(report.count(SyncOutcome.FAILED)).isZero();
            assertThat(sync.syncArchive().count(SyncOutcome.KNOWN)).isEqualTo(RECORDINGS);
        }

        assertThat(hashes(folder)).isEqualTo(hashes(monitor));
        try (Stream<CallRecording> all = FolderSink.of(folder).stream()) {
            assertThat(all).hasSize(RECORDINGS);
        }
        assertThat(leftovers()).isEmpty();
    }

    private void tellOnce(CallRecording recording) {
        assertThat(told.add(recording.name())).as("told twice: %s", recording.name()).isTrue();
    }

    private void killOne() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xshare:auto",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SyncingProcess.class.getName(),
                                monitor.toString(),
                                folder.toString(),
                                state.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader lines =
                new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("open");
            int patience = random.nextInt(18);
            for (int i = 0; i < patience; i++) {
                told(lines.readLine());
            }
            spin(random.nextInt(20_000_000));
            // Not Process.destroyForcibly(), which closes the pipe with what is still in it.
            process.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("2026/.*\\.\\d+")
                        && Files.exists(monitor.resolve(line + ".wav"))) {
                    told(line);
                }
            }
        } finally {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
    }

    private void told(String line) {
        assertThat(line).as("a line of the process").startsWith("2026/");
        assertThat(told.add(line)).as("told twice: %s", line).isTrue();
    }

    /** Waits less than a delivery takes, so that the kill comes at any moment of it. */
    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Returns the files that show, and are not those of the server. */
    private List<Path> halfOnes() throws IOException {
        Map<String, String> server = hashes(monitor);
        return hashes(folder).entrySet().stream()
                .filter(file -> !file.getValue().equals(server.get(file.getKey())))
                .map(file -> Path.of(file.getKey()))
                .toList();
    }

    private static Map<String, String> hashes(Path directory) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        if (!Files.exists(directory)) {
            return hashes;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(one -> isSound(one)).toList()) {
                hashes.put(
                        directory.relativize(file).toString(),
                        HexFormat.of()
                                .formatHex(
                                        RecordingFiles.digest().digest(Files.readAllBytes(file))));
            }
        }
        return hashes;
    }

    private static boolean isSound(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".wav") && !name.startsWith(".");
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
        }
    }
}
