package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurfaceIndexTest {

    private static final List<SurfaceIndex> ROWS = SurfaceIndex.rows();

    private static SurfaceIndex row(String kind, String name) {
        return ROWS.stream()
                .filter(row -> row.kind().equals(kind) && row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long recorded(String kind) {
        return ROWS.stream()
                .filter(row -> row.kind().equals(kind) && !row.recorded().isEmpty())
                .count();
    }

    @Test
    void tellsWhatWasRecordedOnWhichServer() {
        assertThat(row("event", "Hangup"))
                .hasToString(
                        "event\tHangup\tHangupEvent\t16,18,20,22,23\tcall"
                                + "\t16.25.0,16.28.0,22.10.1,freepbx16");
        assertThat(row("action", "Ping").recorded()).isEqualTo(Set.of("16.25.0", "22.10.1"));
        assertThat(row("event", "AOC-D").toString()).endsWith("never");
        assertThat(row("event", "NewExten").recorded()).isEmpty();
    }

    @Test
    void mostOfACallIsRecorded() {
        assertThat(recorded("event")).isEqualTo(82);
        assertThat(recorded("action")).isGreaterThan(25);
    }

    @Test
    void theGuideHoldsTheTable() throws IOException {
        String table = new SurfaceTable().markdown();
        Path fresh = Files.writeString(Path.of("target", "ami-surface.md"), table);

        assertThat(Files.readString(Path.of("..", "docs", "ami.md")))
                .as("the table in docs/ami.md; a fresh one is in %s", fresh.toAbsolutePath())
                .contains(table);
    }
}
