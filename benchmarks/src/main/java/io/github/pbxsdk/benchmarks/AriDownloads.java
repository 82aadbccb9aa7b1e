package io.github.pbxsdk.benchmarks;

import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.core.Credentials;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A recording of 200 MB from the real server into a file.
 *
 * <p>We look at its header, hash it and have the disk keep it; curl writes it.
 */
public final class AriDownloads implements Benchmark {

    private static final int AUDIO_BYTES = 200_000_000;
    private static final String NAME = "benchmark-download";

    @Override
    public String name() {
        return "ari-download";
    }

    @Override
    public String what() {
        return "recordings of 200 MB stored, from the real Asterisk 22";
    }

    @Override
    public String operations() {
        return "recordings";
    }

    @Override
    public String peer() {
        return "curl";
    }

    @Override
    public Optional<Generator.Start> generator() {
        return Optional.of(Recording::make);
    }

    @Override
    public Workload open(Side side, String address) throws IOException {
        // On the disk of the project, since the system's folder for such files may be in memory.
        Path disk = Files.createDirectories(Path.of("benchmarks", "target").toAbsolutePath());
        Path target = Files.createTempDirectory(disk, "download").resolve("recording.wav");
        return side == Side.OURS
                ? new Ours(LabServer.running(), target)
                : new Curl(address, target);
    }

    private static final class Ours implements Workload {

        private final AriClient client;
        private final Path target;

        Ours(LabServer server, Path target) {
            this.target = target;
            this.client =
                    AriClient.builder()
                            .baseUri(server.setting("ARI_URL"))
                            .credentials(
                                    Credentials.of(
                                            server.setting("ARI_USER"),
                                            server.setting("ARI_PASSWORD")))
                            .build();
        }

        @Override
        public void run(long operations) {
            for (long i = 0; i < operations; i++) {
                Sink.keep(client.storedRecordings().download(NAME, target).sha256());
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
            delete(target);
        }
    }

    private record Curl(String address, Path target) implements Workload {

        @Override
        public void run(long operations) {
            for (long i = 0; i < operations; i++) {
                if (Command.output("curl", "-fsS", "-o", target.toString(), address).isEmpty()) {
                    throw new IllegalStateException("curl failed, or is not there");
                }
            }
        }

        @Override
        public void close() throws IOException {
            delete(target);
        }
    }

    private static void delete(Path target) throws IOException {
        Files.deleteIfExists(target);
        Files.delete(target.getParent());
    }

    /** The file on the server, and where curl finds it. */
    private record Recording(Path file, String address) implements Generator {

        static Generator make() throws IOException {
            LabServer server = LabServer.running();
            Path file = Path.of(server.setting("ARI_RECORDINGS_DIR"), NAME + ".wav");
            write(file);
            String login = server.setting("ARI_USER") + ":" + server.setting("ARI_PASSWORD") + "@";
            String url = server.setting("ARI_URL").replace("://", "://" + login);
            return new Recording(file, url + "/recordings/stored/" + NAME + "/file");
        }

        private static void write(Path file) throws IOException {
            try (FileChannel out =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer header = wavHeader();
                long length = (long) header.remaining() + AUDIO_BYTES;
                out.write(header);
                // Silence: what is never written reads as zeros.
                out.write(ByteBuffer.wrap(new byte[1]), length - 1);
            }
        }

        private static ByteBuffer wavHeader() {
            return ByteBuffer.allocate(44)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                    .putInt(36 + AUDIO_BYTES)
                    .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                    .putInt(16)
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(8000)
                    .putInt(16_000)
                    .putShort((short) 2)
                    .putShort((short) 16)
                    .put("data".getBytes(StandardCharsets.US_ASCII))
                    .putInt(AUDIO_BYTES)
                    .flip();
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
