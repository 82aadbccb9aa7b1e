package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hands each recording to a piece of code, at least once.
 *
 * <pre>{@code
 * CallbackSink.of((recording, sound) -> bucket.upload(recording.key(), sound));
 * }</pre>
 *
 * <p>It comes a second time when the process dies, or another sink fails, between the handler's
 * return and the commit of the sync. Use {@link CallRecording#key()} to tell, or do what must
 * happen once in a {@link CommitStep}. A handler may take its time; one that takes longer than six
 * hours gets the recording again.
 */
public final class CallbackSink implements RecordingSink {

    private final RecordingHandler handler;
    private final @Nullable Path folder;

    private CallbackSink(RecordingHandler handler, @Nullable Path folder) {
        this.handler = Objects.requireNonNull(handler, "handler");
        this.folder = folder;
    }

    /** Returns a sink that collects the bytes in the temporary folder of the machine. */
    public static CallbackSink of(RecordingHandler handler) {
        return new CallbackSink(handler, null);
    }

    /**
     * Returns a sink that collects the bytes in a folder of its own, for instance an encrypted one.
     */
    public static CallbackSink of(RecordingHandler handler, Path folder) {
        return new CallbackSink(handler, Objects.requireNonNull(folder, "folder"));
    }

    @Override
    public String name() {
        return "callback";
    }

    /** Returns false: the sync keeps account, this does not. */
    @Override
    public boolean contains(CallRecording recording) {
        return false;
    }

    @Override
    public Delivery begin(CallRecording recording) throws IOException {
        Path file =
                folder == null
                        ? Files.createTempFile("recording-", extension(recording))
                        : Files.createTempFile(folder, "recording-", extension(recording));
        return new Handing(file, Files.newOutputStream(file));
    }

    /** The extension comes from the PBX: only a harmless one gets into a file name. */
    private static String extension(CallRecording recording) {
        return recording
                .format()
                .filter(format -> format.matches("[A-Za-z0-9]{1,10}"))
                .map(format -> "." + format)
                .orElse(".bin");
    }

    /** One recording on its way. */
    private final class Handing implements Delivery {

        private final Path file;
        private final OutputStream stream;

        Handing(Path file, OutputStream stream) {
            this.file = file;
            this.stream = stream;
        }

        @Override
        public OutputStream stream() {
            return stream;
        }

        @Override
        public void commit(CallRecording recording) throws Exception {
            stream.close();
            handler.onRecording(recording, file);
        }

        @Override
        public void close() throws IOException {
            stream.close();
            Files.deleteIfExists(file);
        }
    }
}
