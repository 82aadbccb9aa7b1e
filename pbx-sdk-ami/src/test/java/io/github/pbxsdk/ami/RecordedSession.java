package io.github.pbxsdk.ami;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a real server sent in a recorded session, without the client's lines. */
record RecordedSession(Path file, String banner, String serverText) {

    private static final Path RECORDED = Path.of("..", "recorded");

    static Stream<RecordedSession> all() {
        try (Stream<Path> files = Files.walk(RECORDED)) {
            List<RecordedSession> sessions =
                    files.filter(file -> file.getFileName().toString().endsWith("ami.txt"))
                            .sorted()
                            .map(RecordedSession::read)
                            .toList();
            return sessions.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordedSession read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            StringBuilder server = new StringBuilder();
            for (String line : lines.subList(1, lines.size())) {
                if (isFromServer(line)) {
                    server.append(line).append("\r\n");
                }
            }
            return new RecordedSession(file, lines.get(0), server.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFromServer(String line) {
        return !line.startsWith("> ")
                && !line.equals(">")
                && !line.equals("<connection closed by server>");
    }

    @Override
    public String toString() {
        return RECORDED.relativize(file).toString();
    }
}
