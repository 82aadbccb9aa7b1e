package io.github.pbxsdk.core.observe;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.flight.FlightFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a {@link FlightRecorder} has written, read back to be looked at or replayed.
 *
 * <p>Immutable.
 */
public final class FlightRecording {

    private final List<FlightRecord> records;
    private final long missing;
    private final long damaged;

    private FlightRecording(Reading reading) {
        this.records = List.copyOf(reading.records);
        this.missing = reading.missing;
        this.damaged = reading.damaged;
    }

    /**
     * Reads a recording, also while it is being written.
     *
     * <p>The older part beside it, {@code <name>.old}, is read first where there is one.
     *
     * @throws PbxException if there is no such file, if it is something else, or if a newer version
     *     of this SDK wrote it
     */
    public static FlightRecording read(Path file) {
        Reading reading = new Reading();
        try {
            Path older = FlightRecorder.olderPartOf(file);
            if (Files.exists(older)) {
                reading.read(older);
            }
            reading.read(file);
        } catch (NoSuchFileException e) {
            throw new PbxException("there is no recording " + file, e, false);
        } catch (IOException e) {
            throw new PbxException("cannot read a recording: " + e.getMessage(), e, false);
        }
        return new FlightRecording(reading);
    }

    /** Returns the messages in the order in which they were written. */
    public List<FlightRecord> records() {
        return records;
    }

    /** Returns how many messages the recorder had to leave out. */
    public long missing() {
        return missing;
    }

    /** Returns how many lines cannot be read, such as a last one that was torn off. */
    public long damaged() {
        return damaged;
    }

    @Override
    public String toString() {
        return "FlightRecording["
                + (records.size() + " records, ")
                + (missing + " missing, " + damaged + " damaged]");
    }

    private static final class Reading {

        final List<FlightRecord> records = new ArrayList<>();
        long missing;
        long damaged;

        void read(Path file) throws IOException {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                Instant start = FlightFormat.requireHeader(in, file);
                for (Optional<String> line = FlightFormat.readLine(in);
                        line.isPresent();
                        line = FlightFormat.readLine(in)) {
                    start = take(line.get(), start, file);
                }
            }
        }

        private Instant take(String line, Instant start, Path file) throws IOException {
            if (line.startsWith("#")) {
                OptionalLong count = FlightFormat.missing(line);
                missing += count.orElse(0);
                return start;
            }
            Optional<Instant> newStart = FlightFormat.start(line, file);
            if (newStart.isPresent()) {
                return newStart.get();
            }
            FlightFormat.record(line, start).ifPresentOrElse(records::add, () -> damaged++);
            return start;
        }
    }
}
