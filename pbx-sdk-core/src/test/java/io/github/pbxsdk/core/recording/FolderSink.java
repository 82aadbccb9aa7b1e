package io.github.pbxsdk.core.recording;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;

/** A sink as an application may bring it: a temporary file each, renamed when it is whole. */
record FolderSink(Path folder) implements RecordingSink {

    @Override
    public String name() {
        return "folder";
    }

    @Override
    public boolean contains(CallRecording recording) {
        return Files.exists(target(recording));
    }

    @Override
    public Delivery begin(CallRecording recording) throws IOException {
        Path unfinished = folder.resolve(target(recording).getFileName() + ".part");
        return new FileDelivery(unfinished, Files.newOutputStream(unfinished));
    }

    private Path target(CallRecording recording) {
        byte[] key = recording.key().getBytes(StandardCharsets.UTF_8);
        return folder.resolve(HexFormat.of().formatHex(key) + ".wav");
    }

    private final class FileDelivery implements Delivery {

        private final Path unfinished;
        private final OutputStream stream;

        FileDelivery(Path unfinished, OutputStream stream) {
            this.unfinished = unfinished;
            this.stream = stream;
        }

        @Override
        public OutputStream stream() {
            return stream;
        }

        @Override
        public void commit(CallRecording recording) throws IOException {
            stream.close();
            Files.move(unfinished, target(recording), StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void close() throws IOException {
            stream.close();
            Files.deleteIfExists(unfinished);
        }
    }
}
