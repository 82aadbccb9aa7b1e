package io.github.pbxsdk.core.observe;

import io.github.pbxsdk.core.internal.flight.FlightAccess;
import io.github.pbxsdk.core.internal.flight.FlightFile;
import io.github.pbxsdk.core.internal.flight.FlightLog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Writes what clients and the PBX say to each other into a file, secrets removed.
 *
 * <pre>{@code
 * try (FlightRecorder recorder = FlightRecorder.to(Path.of("pbx.flight")).build()) {
 *     AmiClient ami = AmiClient.builder().flightRecorder(recorder)…build();
 *     …
 * }
 * FlightRecording recording = FlightRecording.read(Path.of("pbx.flight"));
 * }</pre>
 *
 * <p>The file is text, one message a line, made to be read, searched and sent along with a
 * question. Passwords, tokens and keys are masked before anything is written: those that the client
 * knows, and what a name in front or a typical shape gives away. A secret that stands in free text,
 * under no name, can slip through; phone numbers, names and the texts of messages stay in. So the
 * file is created for its owner alone: look at it before you give it away.
 *
 * <p>Recording never holds up a client. When the disk is too slow, or full, messages are left out
 * and counted in the file. A file that is there is continued, unless it is something else: then
 * nothing is written and the log says so.
 *
 * <p>Several clients may share one recorder. Thread-safe.
 */
public final class FlightRecorder implements AutoCloseable {

    static {
        FlightAccess.register(recorder -> recorder.log);
    }

    private final Path file;
    private final FlightLog log;

    private FlightRecorder(Builder builder) {
        this.file = builder.file;
        this.log =
                new FlightLog(
                        new FlightFile(
                                file, builder.maxBytes, InstantSource.system(), System::nanoTime),
                        Builder.QUEUE_BYTES);
    }

    /** Returns a builder of a recorder that writes to this file. */
    public static Builder to(Path file) {
        return new Builder(file);
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    static Path olderPartOf(Path file) {
        return FlightFile.asideOf(file);
    }

    /**
     * Writes what waits and ends the recording; the clients go on.
     *
     * <p>Repeatable. Returns after three seconds even if the disk does not.
     */
    @Override
    public void close() {
        log.close();
    }

    @Override
    public String toString() {
        return "FlightRecorder[" + file + "]";
    }

    /** Collects the settings of {@link FlightRecorder}; not thread-safe. */
    public static final class Builder {

        private static final long MEBIBYTE = 1024 * 1024;
        private static final long QUEUE_BYTES = 16 * MEBIBYTE;
        private static final long LEAST_BYTES = 4 * MEBIBYTE;

        private final Path file;
        private long maxBytes = 64 * MEBIBYTE;

        private Builder(Path file) {
            this.file = Objects.requireNonNull(file, "file");
        }

        /**
         * Sets how much room the recording may take; 64 MiB by default, 4 MiB at least.
         *
         * <p>When half of it is full, the file is put aside as {@code <name>.old}, in place of an
         * older one: the newest half at least is always there.
         *
         * @throws IllegalArgumentException if it is less than 4 MiB
         */
        public Builder maxBytes(long value) {
            if (value < LEAST_BYTES) {
                throw new IllegalArgumentException(
                        "maxBytes must be at least " + LEAST_BYTES + ", but is " + value);
            }
            this.maxBytes = value;
            return this;
        }

        /** Returns the recorder; opens and starts nothing before there is something to record. */
        public FlightRecorder build() {
            return new FlightRecorder(this);
        }
    }
}
