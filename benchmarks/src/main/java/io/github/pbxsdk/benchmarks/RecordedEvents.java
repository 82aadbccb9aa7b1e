package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The events of all recorded calls, in the form and the mix in which Asterisk sent them. */
final class RecordedEvents {

    private static final Path CALLS = Path.of("recorded", "asterisk", "calls");

    /** In every so many events one has a name that no client knows. */
    private static final int UNKNOWN_EVERY = 100;

    private RecordedEvents() {}

    /** Returns them as bytes that can be sent. */
    static List<byte[]> load() throws IOException {
        List<byte[]> events = new ArrayList<>();
        for (String event : texts()) {
            boolean unknown = events.size() % UNKNOWN_EVERY == UNKNOWN_EVERY - 1;
            String text =
                    unknown ? event.replaceFirst("^Event: .*", "Event: VendorSpecific") : event;
            events.add((text.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        }
        return events;
    }

    /** Events that end a session or belong to a list are left out: nobody asked for them here. */
    private static List<String> texts() throws IOException {
        try (Stream<Path> files = Files.walk(CALLS)) {
            return files.filter(file -> file.endsWith("ami.txt"))
                    .sorted()
                    .flatMap(file -> Stream.of(read(file).split("\n\n")))
                    .filter(text -> text.startsWith("Event: "))
                    .filter(text -> !text.contains("\nActionID: "))
                    .filter(text -> !text.startsWith("Event: Shutdown"))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
