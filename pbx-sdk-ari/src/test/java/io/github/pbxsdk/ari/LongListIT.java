package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.testing.ari.AriReply;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list of a large archive in a process with a small heap. */
@Timeout(120)
class LongListIT {

    private static final int ENTRIES = 500_000;

    private static String list() {
        StringBuilder list = new StringBuilder(45_000_000).append('[');
        for (int i = 0; i < ENTRIES; i++) {
            list.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"2026/11/20/in-+15550100-200-20261120-230326-")
                    .append(1_795_216_112 + i)
                    .append(".1\",\"format\":\"wav\"}");
        }
        return list.append(']').toString();
    }

    @Test
    void halfAMillionRecordingsAreListedIn64Megabytes() throws Exception {
        try (FakeAri server = FakeAri.asterisk22()) {
            String list = list();
            server.answer("GET /recordings/stored", request -> AriReply.json(200, list));
            Process child =
                    new ProcessBuilder(
                                    List.of(
                                            Path.of(System.getProperty("java.home"), "bin", "java")
                                                    .toString(),
                                            "-Xmx64m",
                                            "-cp",
                                            System.getProperty("java.class.path"),
                                            RecordingCounter.class.getName(),
                                            server.uri().toString()))
                            .redirectErrorStream(true)
                            .start();
            try {
                String said =
                        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(said.strip().lines())
                        .last()
                        .isEqualTo(ENTRIES + " streamed, " + ENTRIES + " told");
            } finally {
                child.destroyForcibly();
            }
        }
    }
}
