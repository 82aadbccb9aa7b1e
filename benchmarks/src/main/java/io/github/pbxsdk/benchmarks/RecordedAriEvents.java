package io.github.pbxsdk.benchmarks;

import ch.loway.oss.ari4java.generated.ari_10_0_0.models.Message_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.models.Message;
import ch.loway.oss.ari4java.tools.BaseAriAction;
import ch.loway.oss.ari4java.tools.RestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ARI events of all recorded calls of Asterisk 22, in the mix in which it sent them; without
 * the few with members that the peer does not know, which it refuses to read.
 */
final class RecordedAriEvents {

    private static final Path CALLS = Path.of("recorded", "asterisk", "calls", "22.10.1");

    private RecordedAriEvents() {}

    static List<String> load() throws IOException {
        try (Stream<Path> files = Files.walk(CALLS)) {
            return files.filter(file -> file.endsWith("ari.jsonl"))
                    .sorted()
                    .flatMap(RecordedAriEvents::lines)
                    .filter(RecordedAriEvents::isKnownToThePeer)
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isKnownToThePeer(String event) {
        try {
            readByThePeer(event);
            return true;
        } catch (RestException e) {
            // A member that came after the peer's last version.
            return false;
        }
    }

    /** Reads an event as the peer does when one comes in. */
    static Message readByThePeer(String event) throws RestException {
        return BaseAriAction.deserializeEvent(event, Message_impl_ari_10_0_0.class);
    }
}
