package io.github.pbxsdk.samples;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiRecordingSignal;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.recordings.DirectorySource;
import io.github.pbxsdk.recordings.FolderSink;
import io.github.pbxsdk.recordings.RecordingSync;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.nio.file.Path;
import java.time.Duration;

/** Brings recordings from the directory of a PBX into a folder, seconds after each hang-up. */
public final class RecordingsSync {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("recordings-sync", "syncs recordings into a folder as calls end")
                    .uses(
                            PbxSetting.AMI_HOST,
                            PbxSetting.AMI_PORT,
                            PbxSetting.AMI_USER,
                            PbxSetting.AMI_SECRET,
                            PbxSetting.FREEPBX_SYNC_INTERVAL_MINUTES)
                    .option(
                            "from",
                            "DIRECTORY",
                            "the directory of recordings, local or mounted",
                            "/var/spool/asterisk/monitor")
                    .option("to", "FOLDER", "where recordings go", "recordings")
                    .option("for", "TIME", "how long to go on", "10s")
                    .running(RecordingsSync::run);

    private RecordingsSync() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws Exception {
        Path folder = Path.of(sample.option("to"));
        FolderSink sink = FolderSink.of(folder);
        try (StateStore store = FileStateStore.builder().folder(folder.resolve(".state")).open()) {
            RecordingSync.Builder builder =
                    RecordingSync.builder("pbx")
                            .source(DirectorySource.of(Path.of(sample.option("from"))))
                            .directory(sample.option("from"))
                            .sink(sink)
                            .store(store)
                            .progress(progress -> sample.progress(progress.toString()))
                            .onArrival(one -> AriRecordings.show(sample, sink, one));
            if (sample.find(PbxSetting.AMI_HOST).isEmpty()) {
                sample.say("without AMI_HOST recordings come with the regular runs only");
                follow(sample, builder);
                return;
            }
            try (AmiClient ami = ami(sample)) {
                ami.connect();
                follow(sample, builder.signal(AmiRecordingSignal.of(ami)));
            }
        }
    }

    private static void follow(SampleContext sample, RecordingSync.Builder builder)
            throws Exception {
        try (RecordingSync sync = builder.build()) {
            sample.print(JsonLine.of("check", sync.check().findings()), sync.check().words());
            sync.syncEvery(interval(sample)); // until the sync is closed
            sample.waitFor("for");
        }
    }

    private static Duration interval(SampleContext sample) {
        return sample.find(PbxSetting.FREEPBX_SYNC_INTERVAL_MINUTES)
                .map(minutes -> Duration.ofMinutes(Long.parseLong(minutes)))
                .orElse(RecordingSync.DEFAULT_INTERVAL);
    }

    private static AmiClient ami(SampleContext sample) {
        AmiClient.Builder builder =
                AmiClient.builder()
                        .host(sample.get(PbxSetting.AMI_HOST))
                        .credentials(
                                Credentials.of(
                                        sample.get(PbxSetting.AMI_USER),
                                        sample.get(PbxSetting.AMI_SECRET)));
        sample.find(PbxSetting.AMI_PORT).map(Integer::valueOf).ifPresent(builder::port);
        return builder.build();
    }
}
