package io.github.pbxsdk.it.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingEnded;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.recordings.DirectorySource;
import io.github.pbxsdk.recordings.FolderSink;
import io.github.pbxsdk.recordings.RecordingSync;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script for the PBX, run by a shell as FreePBX has it run. */
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "a PBX is a Linux, and the script is for it")
class RecordingHookScriptIT {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu/MM/dd");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");

    private final Instant call = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 60);
    private final String uniqueid = "pbx1-" + call.getEpochSecond() + ".168";
    private final BlockingQueue<RecordingEnded> told = new LinkedBlockingQueue<>();

    @TempDir private Path work;
    private Path monitor;
    private HookReceiver receiver;
    private Subscription subscription;

    @BeforeEach
    void start() throws IOException {
        monitor = Files.createDirectory(work.resolve("monitor"));
        receiver = HookReceiver.start(work, monitor);
        subscription = receiver.hook().subscribe(told::add);
    }

    @AfterEach
    void stop() {
        subscription.close();
        receiver.close();
    }

    private Path record(String caller, byte[] content) throws IOException {
        var local = call.atZone(ZoneId.systemDefault());
        String name = "in-101-" + caller + "-" + STAMP.format(local) + "-" + uniqueid + ".wav";
        Path day = Files.createDirectories(monitor.resolve(DAY.format(local)));
        return Files.write(day.resolve(name), content);
    }

    /** Runs the line as Asterisk does, which has put the ids in; returns the exit code. */
    private int run(String first, String second) throws IOException, InterruptedException {
        String line =
                receiver.command()
                        .replace("^{UNIQUEID}", first)
                        .replace("^{CHANNEL(linkedid)}", second);
        Process shell =
                new ProcessBuilder("/bin/sh", "-c", line)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEmpty();
        return shell.exitValue();
    }

    @Test
    void tellsOfTheRecordingWithAGoodSignature() throws Exception {
        Path file = record("+61491570156", Wavs.of(2_000, 1));

        assertThat(run(uniqueid, "1795229999.1")).isZero();

        assertThat(receiver.statuses()).containsExactly(204);
        RecordingEnded ended = told.remove();
        assertThat(ended.file()).contains(file.getFileName().toString());
        assertThat(ended.uniqueid()).contains(uniqueid);
        assertThat(ended.linkedid()).contains("1795229999.1");
        assertThat(ended.endedAt().orElseThrow()).isAfter(call);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch pwned)",
                "`touch pwned`",
                "1;touch pwned",
                "1&touch pwned&",
                "1|touch pwned",
                "1\ntouch pwned\n",
                "'; touch pwned; '",
                "\"; touch pwned; \"",
                "\",\"uniqueid\":\"1.1",
                "\\\"",
                "%s%n",
                "-o pwned",
                "*",
                "größe 👋"
            })
    void whatACallerSentAsHisNumberDoesNothing(String caller) throws Exception {
        Path file = record(caller, Wavs.of(2_000, 1));
        List<Path> before = all();

        assertThat(run(uniqueid, "1795229999.1")).isZero();

        assertThat(all()).as("no file but those that were there").isEqualTo(before);
        assertThat(receiver.statuses()).containsExactly(204);
        RecordingEnded ended = told.remove();
        assertThat(ended.uniqueid()).contains(uniqueid);
        String name = file.getFileName().toString();
        boolean isTold = !name.matches("(?s).*[\"\\\\\\x00-\\x1f].*");
        assertThat(ended.file()).isEqualTo(Optional.of(name).filter(one -> isTold));
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            return files.sorted().toList();
        }
    }

    @Test
    void saysNothingOfARecordingWithoutASound() throws Exception {
        record("101", new byte[44]);

        assertThat(run(uniqueid, "1795229999.1")).isZero();
        assertThat(run("pbx1-1795230000.169", "1795229999.1")).isZero();

        assertThat(receiver.statuses()).isEmpty();
    }

    @Test
    void withAnotherKeyItIsRefused() throws Exception {
        record("101", Wavs.of(2_000, 1));
        receiver.writeSettings("another key of somebody", monitor);

        assertThat(run(uniqueid, "1795229999.1")).isZero();

        assertThat(receiver.statuses()).containsExactly(401);
        assertThat(told).isEmpty();
    }

    @Test
    void theRecordingIsInTheFolderSoonAfterwards() throws Exception {
        List<CallRecording> arrived = new CopyOnWriteArrayList<>();
        Path folder = work.resolve("folder");
        try (StateStore store = StateStore.inMemory();
                RecordingSync sync =
                        RecordingSync.builder("pbx-7")
                                .source(DirectorySource.of(monitor))
                                .signal(receiver.hook())
                                .zone(ZoneId.systemDefault())
                                .settle(Duration.ofMillis(50))
                                .sink(FolderSink.of(folder))
                                .store(store)
                                .onArrival(arrived::add)
                                .build();
                Subscription every = sync.syncEvery(Duration.ofHours(1))) {
            assertThat(every).isNotNull();
            assertThat(sync.syncNow().delivered()).isZero();
            Path file = record("$(id)", Wavs.of(2_000, 1));
            run(uniqueid, "1795229999.1");

            await("arrival").until(() -> arrived.size() == 1);

            CallRecording recording = arrived.get(0);
            assertThat(recording.linkedid()).contains("1795229999.1");
            assertThat(FolderSink.of(folder).file(recording).orElseThrow())
                    .hasSameBinaryContentAs(file);
        }
    }
}
