package io.github.pbxsdk.core.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A source as an application may bring it: the WAV files of a directory. */
record DirectorySource(Path directory) implements RecordingSource {

    private static final String WAV = ".wav";

    @Override
    public String name() {
        return "directory";
    }

    @Override
    public String road() {
        return "local";
    }

    @Override
    public Set<SourceCapability> capabilities() {
        return EnumSet.of(SourceCapability.LIST, SourceCapability.RANGES);
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // Whoever asked for the stream closes it.
    public Stream<RecordingEntry> stream() {
        try {
            return Files.walk(directory)
                    .filter(path -> path.toString().endsWith(WAV))
                    .map(this::entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<RecordingContent> open(RecordingEntry entry, long offset) {
        Path file = directory.resolve(entry.name() + WAV);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            InputStream stream = Files.newInputStream(file);
            stream.skipNBytes(offset);
            return Optional.of(
                    RecordingContent.builder(stream)
                            .offset(offset)
                            .length(Files.size(file) - offset)
                            .contentType("audio/wav")
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RecordingEntry entry(Path file) {
        String path = directory.relativize(file).toString().replace('\\', '/');
        return RecordingEntry.builder(path.substring(0, path.length() - WAV.length()))
                .format("wav")
                .build();
    }
}
