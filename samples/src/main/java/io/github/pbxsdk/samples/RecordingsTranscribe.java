package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.recordings.DirectorySource;
import io.github.pbxsdk.recordings.FolderSink;
import io.github.pbxsdk.recordings.RecordingSync;
import io.github.pbxsdk.recordings.RecordingTask;
import io.github.pbxsdk.recordings.RecordingTasks;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Has each recording transcribed that arrives: taken, done, or tried again. */
public final class RecordingsTranscribe {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("recordings-transcribe", "has each recording transcribed once")
                    .option(
                            "from",
                            "DIRECTORY",
                            "the directory of recordings, local or mounted",
                            "/var/spool/asterisk/monitor")
                    .option("to", "FOLDER", "where recordings go", "recordings")
                    .running(RecordingsTranscribe::run);

    private RecordingsTranscribe() {}

    /** Turns sound into text: plug in the one you use. */
    interface Transcriber {
        String transcribe(CallRecording recording, Path sound) throws IOException;
    }

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) {
        Path folder = Path.of(sample.option("to"));
        FolderSink sink = FolderSink.of(folder);
        try (StateStore store = FileStateStore.builder().folder(folder.resolve(".state")).open()) {
            RecordingTasks tasks = RecordingTasks.builder("transcribe", store).build();
            try (RecordingSync sync =
                    RecordingSync.builder("pbx")
                            .source(DirectorySource.of(Path.of(sample.option("from"))))
                            .sink(sink)
                            .store(store)
                            .commitWith(tasks) // a task for each arrival, in the same commit
                            .build()) {
                sample.say(sync.syncNow().words());
            }
            work(sample, tasks, sink, RecordingsTranscribe::describe);
        }
    }

    private static void work(
            SampleContext sample, RecordingTasks tasks, FolderSink sink, Transcriber transcriber) {
        for (Optional<RecordingTask> next = tasks.take(); next.isPresent(); next = tasks.take()) {
            RecordingTask task = next.get();
            try {
                Path sound = sink.file(task.recording()).orElseThrow();
                String text = transcriber.transcribe(task.recording(), sound);
                task.finish();
                sample.print(JsonLine.of("transcript", text).and("file", sound.toString()), text);
            } catch (IOException e) {
                // Somebody takes it again in a while; after five times it is given up.
                task.fail(String.valueOf(e.getMessage()));
                sample.print(JsonLine.of("failed", e.getMessage()), "failed: " + e.getMessage());
            }
        }
    }

    /** Stands in for a model: says how long the sound is. */
    private static String describe(CallRecording recording, Path sound) {
        return recording.duration().map(length -> length.toSeconds() + " s of talk").orElse("?");
    }
}
