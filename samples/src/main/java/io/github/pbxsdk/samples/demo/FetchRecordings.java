package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.ari.DownloadedRecording;
import io.github.pbxsdk.ari.StoredRecordings;
import io.github.pbxsdk.ari.model.StoredRecording;
import io.github.pbxsdk.core.observe.Progress;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Recordings are fetched whole, checked and hashed. */
final class FetchRecordings implements Scene {

    @Override
    public String title() {
        return "Three calls were recorded; they are fetched over ARI";
    }

    @Override
    public void play(Stage stage) throws Exception {
        stage.backstage.recordCalls(stage).ifPresent(stage::say);
        // shown:
        StoredRecordings recordings = stage.pbx.ari().storedRecordings();
        for (StoredRecording recording : newest(recordings.list())) {
            Path file = stage.folder.resolve(fileName(recording));
            DownloadedRecording fetched =
                    recordings.download(recording.name(), file, now -> stage.progress(bar(now)));
            stage.say(fetched.file().getFileName() + "  sha256 " + fetched.sha256());
        }
        // until here
    }

    /** The names that FreePBX gives have the time in them. */
    private static List<StoredRecording> newest(List<StoredRecording> all) {
        return all.stream()
                .sorted(
                        Comparator.comparing(
                                        (StoredRecording one) ->
                                                one.name()
                                                        .replaceFirst(
                                                                ".*-(\\d{8}-\\d{6})-.*", "$1"))
                                .reversed())
                .limit(3)
                .toList();
    }

    /** On a server a name may have folders in it. */
    private static String fileName(StoredRecording recording) {
        return recording.name().replaceFirst("^.*/", "") + "." + recording.format();
    }

    private static String bar(Progress now) {
        int tenths = (int) (now.fraction().orElse(0) * 10);
        return "[" + "#".repeat(tenths) + ".".repeat(10 - tenths) + "] " + now;
    }
}
