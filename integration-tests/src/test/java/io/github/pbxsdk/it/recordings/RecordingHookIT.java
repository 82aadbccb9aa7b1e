package io.github.pbxsdk.it.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.recording.RecordingEnded;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook script, run by a real Asterisk when MixMonitor has closed a file. */
@OnAsterisk
class RecordingHookIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu/MM/dd");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");

    @TempDir private Path work;

    /** Calls an extension that echoes, with sound from the other side; returns the channel. */
    private static String call(AmiClient ami, Asterisk asterisk, String uniqueid) {
        ami.send(
                AmiAction.raw(
                        "Originate",
                        "Channel",
                        "Local/" + asterisk.setting("NUMBER_ECHO") + "@from-internal/n",
                        "ChannelId",
                        uniqueid,
                        "OtherChannelId",
                        uniqueid + "2",
                        "Application",
                        "Playback",
                        "Data",
                        "demo-congrats&demo-congrats",
                        "Async",
                        "true"));
        await("the call " + uniqueid)
                .atMost(LIMIT)
                .until(() -> asterisk.cli("core show channels concise").contains(uniqueid));
        return uniqueid;
    }

    /** Records a call as FreePBX does, whose caller sent a command as his number. */
    @Test
    void tellsOfARealRecordingAndRunsNothingOfItsName(Asterisk asterisk) throws Exception {
        Path monitor = Files.createDirectory(work.resolve("monitor"));
        BlockingQueue<RecordingEnded> told = new LinkedBlockingQueue<>();
        Instant now = Instant.now();
        var local = now.atZone(ZoneId.systemDefault());
        String uniqueid = "hook-" + now.getEpochSecond() + ".1";
        String name =
                "in-600-$(touch pwned)`touch pwned`-"
                        + STAMP.format(local)
                        + "-"
                        + uniqueid
                        + ".wav";
        Path file = Files.createDirectories(monitor.resolve(DAY.format(local))).resolve(name);
        try (HookReceiver receiver = HookReceiver.start(work, monitor);
                Subscription subscription = receiver.hook().subscribe(told::add);
                AmiClient ami = RecordingSyncIT.connected(asterisk)) {
            assertThat(subscription).isNotNull();
            call(ami, asterisk, uniqueid);
            ami.send(
                    AmiAction.raw(
                            "MixMonitor",
                            "Channel",
                            uniqueid,
                            "File",
                            file.toString(),
                            "Command",
                            receiver.command()));
            await("sound").atMost(LIMIT).until(() -> file.toFile().length() > 16_000);
            assertThat(told).as("while it runs").isEmpty();
            ami.send(AmiAction.raw("Hangup", "Channel", uniqueid));

            RecordingEnded ended = told.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);

            assertThat(ended).isNotNull();
            assertThat(ended.uniqueid()).contains(uniqueid);
            assertThat(ended.linkedid()).isPresent();
            assertThat(ended.file()).contains(name);
            await("the answer").until(() -> receiver.statuses().equals(List.of(204)));
            assertWhole(file);
            assertThat(workingDirectory(asterisk).resolve("pwned")).doesNotExist();
        }
    }

    private static Path workingDirectory(Asterisk asterisk) throws IOException {
        return Path.of("/proc", asterisk.setting("PBX_LAB_PID"), "cwd").toRealPath();
    }

    /** Told when the file was closed, and not before. */
    private static void assertWhole(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int riff = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        assertThat(riff + 8).isEqualTo(bytes.length);
    }
}
