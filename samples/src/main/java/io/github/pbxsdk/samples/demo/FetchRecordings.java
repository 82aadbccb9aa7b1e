package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.DownloadedRecording;
import io.github.pbxsdk.ari.model.StoredRecording;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.observe.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Recordings are fetched whole, checked and hashed. */
final class FetchRecordings implements Scene {

    private static final AudioFormat TELEPHONE = new AudioFormat(8000, 16, 1, true, false);

    @Override
    public String title() {
        return "Three recordings are fetched over ARI";
    }

    @Override
    public void play(Stage stage) throws Exception {
        for (int seconds = 20; seconds <= 60; seconds += 20) {
            stage.ari.addRecording("call-of-" + seconds + "-seconds", "wav", silence(seconds));
        }
        try (AriClient ari =
                AriClient.builder()
                        .baseUri(stage.ari.uri())
                        .credentials(Credentials.of("lab", "lab-secret"))
                        .build()) {
            // shown:
            for (StoredRecording recording : ari.storedRecordings().list()) {
                Path file = stage.folder.resolve(recording.name() + ".wav");
                DownloadedRecording fetched =
                        ari.storedRecordings()
                                .download(recording.name(), file, now -> stage.progress(bar(now)));
                stage.say(fetched.file().getFileName() + "  sha256 " + fetched.sha256());
            }
            // until here
        }
    }

    private static String bar(Progress now) {
        int tenths = (int) (now.fraction().orElse(0) * 10);
        return "[" + "#".repeat(tenths) + ".".repeat(10 - tenths) + "] " + now;
    }

    private static byte[] silence(int seconds) throws IOException {
        int frames = seconds * 8000;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(new byte[frames * 2]), TELEPHONE, frames),
                AudioFileFormat.Type.WAVE,
                file);
        return file.toByteArray();
    }
}
