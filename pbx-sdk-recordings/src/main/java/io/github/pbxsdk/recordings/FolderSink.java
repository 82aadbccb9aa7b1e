package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recordings in a folder, each exactly once, with a JSON beside it that says what is known of it:
 *
 * <pre>
 * 2026/11/21/internal-102-101-20261121-030000-1795219200.168.wav
 * 2026/11/21/internal-102-101-20261121-030000-1795219200.168.wav.json
 * </pre>
 *
 * <p>The day is that of the name, by the clock on the wall of the PBX; where a name has none, that
 * of the start. A file appears whole and described, or not at all: it is written under another name
 * beside its place, forced to the disk, and renamed. A later content of the same name is a file of
 * its own with {@code ~2} behind its name.
 *
 * <p>Give each PBX a folder of its own. The files are the caller's to read, copy and move away; to
 * delete them for good, use {@link #erase}. Thread-safe.
 */
public final class FolderSink implements RecordingSink {

    private final RecordingFiles files;
    private final @Nullable Duration retention;

    private FolderSink(Builder builder) {
        this.files = new RecordingFiles(builder.folder, builder.zone);
        this.retention = builder.retention;
    }

    /** Returns a sink that keeps what it gets until it is told otherwise. */
    public static FolderSink of(Path folder) {
        return builder(folder).build();
    }

    /** Returns a builder; the folder is made when it is needed. */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    @Override
    public String name() {
        return "folder " + files.folder();
    }

    /** Returns the folder. */
    public Path folder() {
        return files.folder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException if the folder can't be read, or has a recording of another PBX there
     */
    @Override
    public boolean contains(CallRecording recording) throws IOException {
        return files.contains(recording);
    }

    @Override
    public Delivery begin(CallRecording recording) throws IOException {
        return FolderDelivery.begin(files, recording);
    }

    /** Returns the file of a recording, if it is here. */
    public Optional<Path> file(CallRecording recording) {
        return Optional.of(files.target(recording)).filter(Files::exists);
    }

    /**
     * Returns what is written beside a recording, if it is here.
     *
     * @throws IOException if the folder can't be read
     */
    public Optional<CallRecording> find(CallRecording recording) throws IOException {
        return contains(recording)
                ? Optional.of(
                        RecordingFiles.read(RecordingFiles.description(files.target(recording))))
                : Optional.empty();
    }

    /**
     * Returns what is here, day after day; to be closed. It is read while it is walked.
     *
     * @throws UncheckedIOException if the folder can't be read
     */
    public Stream<CallRecording> stream() {
        return files.descriptions()
                .filter(description -> Files.exists(RecordingFiles.described(description)))
                .map(RecordingFiles::read);
    }

    /**
     * Keeps a recording from being erased, by anybody and by retention, until {@link #release}.
     *
     * @param reason why, for whoever meets it later
     * @throws IOException if it can't be written down
     * @throws IllegalArgumentException if the recording is not here
     */
    public void hold(CallRecording recording, String reason) throws IOException {
        Path file =
                file(recording)
                        .orElseThrow(() -> new IllegalArgumentException("not here: " + recording));
        DurableFiles.write(RecordingFiles.hold(file), reason.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns why a recording is held, if it is. */
    public Optional<String> held(CallRecording recording) throws IOException {
        Path hold = RecordingFiles.hold(files.target(recording));
        return Files.exists(hold) ? Optional.of(Files.readString(hold)) : Optional.empty();
    }

    /** Lets a recording go that was held; nothing happens if it was not. */
    public void release(CallRecording recording) throws IOException {
        Files.deleteIfExists(RecordingFiles.hold(files.target(recording)));
    }

    /**
     * Erases recordings with all that lies beside them, and says what became of each.
     *
     * <pre>{@code
     * EraseReport report = folder.erase(recording ->
     *         recording.from().equals(Optional.of(Address.phone("+61491570156"))));
     * }</pre>
     *
     * <p>Deleted files, not overwritten disks; copies elsewhere are not known here. A sync does not
     * fetch what it has delivered before, as long as it keeps its state.
     *
     * @throws UncheckedIOException if the folder can't be walked
     */
    public EraseReport erase(Predicate<CallRecording> wanted) {
        return new Eraser(wanted).erase(files.descriptions());
    }

    /**
     * Erases what began longer ago than the retention allows; nothing without one.
     *
     * <p>A sync does this after each run. Recordings whose start nobody knows stay.
     *
     * @throws UncheckedIOException if the folder can't be walked
     */
    public EraseReport applyRetention(Instant now) {
        if (retention == null) {
            return EraseReport.nothing();
        }
        Instant end = now.minus(retention);
        LocalDate lastDay = end.atZone(ZoneOffset.MAX).toLocalDate();
        return new Eraser(one -> one.start().filter(start -> start.isBefore(end)).isPresent())
                .erase(files.descriptionsUntil(lastDay));
    }

    @Override
    public String toString() {
        return "FolderSink[" + files.folder() + "]";
    }

    /** Collects the settings of a {@link FolderSink}; not thread-safe. */
    public static final class Builder {

        private final Path folder;
        private ZoneId zone = ZoneOffset.UTC;
        private @Nullable Duration retention;

        private Builder(Path folder) {
            this.folder = Objects.requireNonNull(folder, "folder");
        }

        /**
         * Sets the zone in which a start becomes a day, for names without one; UTC by default.
         * Don't change it later: what is here would not be found again.
         */
        public Builder zone(ZoneId value) {
            this.zone = Objects.requireNonNull(value, "zone");
            return this;
        }

        /**
         * Sets for how long recordings are kept, from their start; for ever by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder retention(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("retention(...) must be positive: " + value);
            }
            this.retention = value;
            return this;
        }

        /** Returns the sink; touches no disk. */
        public FolderSink build() {
            return new FolderSink(this);
        }
    }
}
