package io.github.pbxsdk.it.recordings;

import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.it.lab.Asterisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A call that MixMonitor records under FreePBX's name, with sound in it. */
final class RecordedCall {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int HEADER_BYTES = 44;

    private final AmiClient ami;
    private final Path monitor;
    private final String caller;
    private final String recorded;

    private RecordedCall(AmiClient ami, Path monitor, String id) {
        this.ami = ami;
        this.monitor = monitor;
        this.caller = id + "1";
        this.recorded = id + "2";
    }

    /** Starts a call and waits until sound of it is on the disk. */
    static RecordedCall start(AmiClient ami, Asterisk asterisk) {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        String id = "rec" + mark + "-" + Instant.now().getEpochSecond() + ".";
        RecordedCall call = new RecordedCall(ami, asterisk.path("RECORDINGS_DIR"), id);
        ami.send(
                AmiAction.raw(
                        "Originate",
                        "Channel",
                        "Local/" + asterisk.setting("NUMBER_RECORDED_ECHO") + "@from-internal/n",
                        "ChannelId",
                        call.caller,
                        "OtherChannelId",
                        call.recorded,
                        "CallerID",
                        "<1001>",
                        "Application",
                        "Playback",
                        "Data",
                        "demo-congrats&demo-congrats&demo-congrats",
                        "Async",
                        "true"));
        await("sound of " + call.recorded)
                .atMost(LIMIT)
                .until(() -> call.file().filter(RecordedCall::hasSound).isPresent());
        return call;
    }

    private static boolean hasSound(Path file) {
        return file.toFile().length() > HEADER_BYTES;
    }

    /** Returns the unique id of the channel that is recorded. */
    String uniqueid() {
        return recorded;
    }

    /** Returns the file on the server. */
    Optional<Path> file() {
        try (Stream<Path> files = Files.walk(monitor)) {
            return files.filter(file -> file.toString().endsWith("-" + recorded + ".wav"))
                    .findFirst();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void hangUp() {
        ami.send(AmiAction.raw("Hangup", "Channel", caller));
    }
}
