package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.samples.RecordingsSync;
import io.github.pbxsdk.samples.RecordingsTranscribe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples of recordings on a directory with one. */
@Timeout(60)
class RecordingSamplesTest {

    private static final String NAME = "internal-102-101-20261121-030000-1795230000.168";
    private static final int SECONDS = 3;

    @TempDir private Path monitor;
    @TempDir private Path folder;
    private final Trial trial = new Trial();

    @BeforeEach
    void record() throws IOException {
        int size = SECONDS * 16_000;
        ByteBuffer file = ByteBuffer.allocate(44 + size).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(size + 36);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
        file.putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size);
        Path day = Files.createDirectories(monitor.resolve("2026/11/21"));
        Files.write(day.resolve(NAME + ".wav"), file.array());
    }

    private List<String> run(Sample sample, String... more) {
        String[] line =
                List.of("--from", monitor.toString(), "--to", folder.toString(), "--json")
                        .toArray(String[]::new);
        String[] all = Arrays.copyOf(line, line.length + more.length);
        System.arraycopy(more, 0, all, line.length, more.length);
        assertThat(trial.run(sample, all)).isEqualTo(ExitCode.DONE);
        assertThat(trial.errors()).isEmpty();
        return trial.output().strip().lines().toList();
    }

    @Test
    void syncShowsWhatArrives() {
        List<String> lines = run(RecordingsSync.SAMPLE, "--for", "5s");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("{\"check\":[\"directory ");
        assertThat(lines.get(1))
                .startsWith("{\"recording\":{\"name\":\"2026/11/21/" + NAME + "\"")
                .contains("\"startOrigin\":\"UNIQUEID\",\"from\":\"101\",\"to\":\"102\"")
                .contains("\"uniqueid\":\"1795230000.168\"");
        assertThat(folder.resolve("2026/11/21/" + NAME + ".wav")).exists();
    }

    @Test
    void transcribeTakesEachOnce() {
        assertThat(run(RecordingsTranscribe.SAMPLE))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line)
                                        .startsWith("{\"transcript\":\"3 s of talk\",\"file\":"));
        assertThat(run(RecordingsTranscribe.SAMPLE)).hasSize(1);
    }
}
