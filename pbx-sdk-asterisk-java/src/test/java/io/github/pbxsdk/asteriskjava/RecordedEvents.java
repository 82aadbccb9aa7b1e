package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.testing.ami.AmiMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The events of the recorded sessions with Asterisk 16 and 22. */
final class RecordedEvents {

    private static final Path RECORDED = Path.of("..", "recorded", "asterisk");

    private RecordedEvents() {}

    /** Returns all events, file by file, in the order in which they came. */
    static List<AmiMessage> all() throws IOException {
        return files().stream().flatMap(file -> events(file).stream()).toList();
    }

    /** Returns the files of the sessions. */
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(RECORDED)) {
            return files.filter(RecordedEvents::isAmi).sorted().toList();
        }
    }

    private static boolean isAmi(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".ami.txt") || name.equals("ami.txt");
    }

    private static List<AmiMessage> events(Path file) {
        try {
            List<AmiMessage> events = new ArrayList<>();
            List<String> block = new ArrayList<>();
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (line.isEmpty()) {
                    add(events, block);
                    block.clear();
                } else if (!line.startsWith(">")) {
                    block.add(line);
                }
            }
            add(events, block);
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(List<AmiMessage> events, List<String> block) {
        if (block.stream().noneMatch(line -> line.startsWith("Event: "))) {
            return;
        }
        events.add(message(block));
    }

    /** Returns the lines of a message. */
    static AmiMessage message(List<String> lines) {
        AmiMessage message = AmiMessage.of();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                message =
                        message.with(
                                line.substring(0, colon),
                                line.substring(colon + 1).replaceFirst("^ ", ""));
            }
        }
        return message;
    }
}
