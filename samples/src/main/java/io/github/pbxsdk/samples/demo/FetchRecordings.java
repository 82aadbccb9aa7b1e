package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.ari.DownloadedRecording;
import io.github.pbxsdk.ari.StoredRecordings;
import io.github.pbxsdk.ari.model.StoredRecording;
import io.github.pbxsdk.core.observe.Progress;
import io.github.pbxsdk.testing.CallScenario;
import java.nio.file.Path;

/** Recordings are fetched whole, checked and hashed. */
final class FetchRecordings implements Scene {

    @Override
    public String title() {
        return "Three calls were recorded; they are fetched over ARI";
    }

    @Override
    public void play(Stage stage) throws Exception {
        for (int call = 1; call <= 3; call++) {
            stage.fake.play(CallScenario.of("call to 1002, answered after 3 s, recorded"));
        }
        // shown:
        StoredRecordings recordings = stage.pbx.ari().storedRecordings();
        for (StoredRecording recording : recordings.list()) {
            Path file = stage.folder.resolve(recording.name() + ".wav");
            DownloadedRecording fetched =
                    recordings.download(recording.name(), file, now -> stage.progress(bar(now)));
            stage.say(fetched.file().getFileName() + "  sha256 " + fetched.sha256());
        }
        // until here
    }

    private static String bar(Progress now) {
        int tenths = (int) (now.fraction().orElse(0) * 10);
        return "[" + "#".repeat(tenths) + ".".repeat(10 - tenths) + "] " + now;
    }
}
