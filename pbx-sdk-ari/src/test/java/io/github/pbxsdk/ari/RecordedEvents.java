package io.github.pbxsdk.ari;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The frames that real servers sent in the recorded sessions. */
final class RecordedEvents {

    static final Path FOLDER = Path.of("../recorded/asterisk");

    private RecordedEvents() {}

    static Stream<String> all() {
        return files().stream().flatMap(RecordedEvents::frames);
    }

    static List<Path> files() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(RecordedEvents::holdsEvents).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holdsEvents(Path file) {
        String name = file.getFileName().toString();
        return name.equals("ari.jsonl") || name.equals("ari-events.jsonl");
    }

    static Stream<String> frames(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
