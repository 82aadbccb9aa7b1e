package io.github.pbxsdk.it.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.state.StateStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A week of texts that are polled and called, with an application that fails, is started anew and
 * is killed.
 *
 * <p>{@code -Dpbxsdk.week.texts=100000} makes it as busy as a week may be.
 */
class SimulatedWeekIT {

    private static final int TEXTS = Integer.getInteger("pbxsdk.week.texts", 6000);
    private static final int PROCESSES = Integer.getInteger("pbxsdk.week.processes", 8);
    private static final Duration LIMIT = Duration.ofMinutes(TEXTS > 10_000 ? 20 : 2);

    private final long begin = System.currentTimeMillis();

    @TempDir Path folder;

    @Test
    void noTextIsLostAndNoneIsStoredTwice() throws Exception {
        long start = System.nanoTime();
        int kills = 0;
        try (WeekCarrier carrier = new WeekCarrier(TEXTS)) {
            for (int i = 0; i < PROCESSES; i++) {
                try (Application application = new Application(carrier)) {
                    carrier.bring(
                            i * TEXTS / PROCESSES,
                            (i + 1) * TEXTS / PROCESSES,
                            application.webhook);
                    if (i == PROCESSES - 1) {
                        carrier.bringTheLateOnes();
                        application.awaitAll();
                        application.end();
                    } else if (i % 3 == 2) {
                        application.end();
                    } else {
                        application.kill();
                        kills++;
                    }
                }
            }
        }
        report(kills, Duration.ofNanos(System.nanoTime() - start));
        assertThat(distinct(stored())).as("texts in the store").isEqualTo(TEXTS);
        assertThat(stored()).as("none twice").hasSize(TEXTS);
        assertThat(distinct(written())).as("texts written, by their ids").isEqualTo(TEXTS);
        // The one under way at each door when the process ended.
        assertThat(written().size() - TEXTS).as("written twice").isBetween(0, kills * 3);
    }

    private static long distinct(List<String> ids) {
        return ids.stream().distinct().count();
    }

    private List<String> stored() {
        try (FasterTime time = new FasterTime(begin);
                StateStore store = WeekApplication.open(folder, time);
                var entries = store.stream(WeekApplication.INBOX)) {
            return entries.map(entry -> entry.key().replaceFirst("\\|.*", "")).toList();
        }
    }

    private List<String> written() throws IOException {
        return Files.readAllLines(WeekApplication.linesOf(folder));
    }

    private void report(int kills, Duration took) throws IOException {
        System.out.printf(
                "A week of %d texts in %d s, %d processes, %d killed: %d stored, %d written%n",
                TEXTS, took.toSeconds(), PROCESSES, kills, stored().size(), written().size());
    }

    /** The application, in a process of its own. */
    private final class Application implements AutoCloseable {

        private final Process process;
        private final OutputStream input;
        private final BufferedReader output;
        private final String webhook;

        Application(WeekCarrier carrier) throws IOException {
            process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx512m",
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    WeekApplication.class.getName(),
                                    folder.toString(),
                                    carrier.url(),
                                    carrier.start().toString(),
                                    String.valueOf(begin))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            input = process.getOutputStream();
            output =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
            webhook = line();
        }

        private String line() throws IOException {
            String line = output.readLine();
            assertThat(line).as("the application has ended").isNotNull();
            return line;
        }

        private void tell(String line) throws IOException {
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        }

        private int count() throws IOException {
            tell("count");
            return Integer.parseInt(line());
        }

        void awaitAll() {
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> count() >= TEXTS && distinct(written()) >= TEXTS);
        }

        /** Ends it as an operator does. */
        void end() throws IOException, InterruptedException {
            input.close();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        /** Ends it as a loss of power does. */
        void kill() throws InterruptedException {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
