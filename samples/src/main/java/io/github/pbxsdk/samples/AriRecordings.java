package io.github.pbxsdk.samples;

import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.AriRecordingSource;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.recordings.FolderSink;
import io.github.pbxsdk.recordings.RecordingSync;
import io.github.pbxsdk.recordings.SyncOutcome;
import io.github.pbxsdk.recordings.SyncReport;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.samples.runner.UsageException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** Lists the recordings that ARI has, or brings them into a folder, each once. */
public final class AriRecordings {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("ari-recordings", "lists recordings over ARI, or syncs them to a folder")
                    .needs(PbxSetting.ARI_URL, PbxSetting.ARI_USER, PbxSetting.ARI_PASSWORD)
                    .option("to", "FOLDER", "where recordings go", "recordings")
                    .option("since", "DATE", "only those created on this day or later, in UTC")
                    .words("list or sync")
                    .running(AriRecordings::run);

    private AriRecordings() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) {
        try (AriClient ari =
                AriClient.builder()
                        .baseUri(sample.get(PbxSetting.ARI_URL))
                        .credentials(
                                Credentials.of(
                                        sample.get(PbxSetting.ARI_USER),
                                        sample.get(PbxSetting.ARI_PASSWORD)))
                        .build()) {
            AriRecordingSource source = AriRecordingSource.of(ari);
            switch (String.join(" ", sample.words())) {
                case "list" -> list(sample, source);
                case "sync" -> sync(sample, source);
                default -> throw new UsageException("say list or sync");
            }
        }
    }

    private static void list(SampleContext sample, AriRecordingSource source) {
        try (Stream<RecordingEntry> entries = source.stream()) {
            List<RecordingEntry> all = entries.toList();
            all.forEach(
                    entry ->
                            sample.print(
                                    JsonLine.of(
                                            "recording",
                                            JsonLine.of("name", entry.name())
                                                    .and("format", entry.format().orElse(null))),
                                    entry.name()));
            summarise(sample, all.size(), 0, 0, 0);
        }
    }

    private static void sync(SampleContext sample, AriRecordingSource source) {
        Path folder = Path.of(sample.option("to"));
        FolderSink sink = FolderSink.of(folder);
        try (StateStore store = FileStateStore.builder().folder(folder.resolve(".state")).open();
                RecordingSync sync =
                        RecordingSync.builder("pbx")
                                .source(source)
                                .sink(sink)
                                .store(store)
                                .createdSince(since(sample))
                                .includeUndated() // ARI tells no dates: some have one in their name
                                .onArrival(recording -> show(sample, sink, recording))
                                .build()) {
            SyncReport report = sync.syncNow();
            long failed = report.count(SyncOutcome.FAILED);
            long skipped = report.looked() - report.delivered() - failed;
            summarise(sample, report.looked(), report.delivered(), skipped, failed);
        }
    }

    private static Instant since(SampleContext sample) {
        return sample.findOption("since")
                .map(day -> LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant())
                .orElse(Instant.EPOCH);
    }

    static void show(SampleContext sample, FolderSink sink, CallRecording recording) {
        String file = sink.file(recording).map(Path::toString).orElse("");
        sample.print(
                JsonLine.of(
                        "recording",
                        JsonLine.of("name", recording.name())
                                .and("format", recording.format().orElse(null))
                                .and("size", recording.size().orElse(0))
                                .and("sha256", recording.sha256().orElse(null))
                                .and("file", file)
                                .and("start", recording.start().map(Instant::toString).orElse(null))
                                .and("startOrigin", recording.startOrigin())
                                .and("from", recording.from().map(Address::text).orElse(null))
                                .and("to", recording.to().map(Address::text).orElse(null))
                                .and("uniqueid", recording.uniqueid().orElse(null))),
                file);
    }

    private static void summarise(
            SampleContext sample, long listed, long downloaded, long skipped, long failed) {
        sample.print(
                JsonLine.of(
                        "summary",
                        JsonLine.of("listed", listed)
                                .and("downloaded", downloaded)
                                .and("skipped", skipped)
                                .and("failed", failed)),
                listed
                        + " listed, "
                        + downloaded
                        + " downloaded, "
                        + skipped
                        + " skipped, "
                        + failed
                        + " failed");
    }
}
