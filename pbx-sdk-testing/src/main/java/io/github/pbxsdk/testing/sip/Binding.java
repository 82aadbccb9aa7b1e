package io.github.pbxsdk.testing.sip;

import java.time.Instant;
import java.util.List;

/**
 * A device that is registered with a {@link FakeSip}.
 *
 * @param extension the number it is registered for
 * @param uri where it is reached, as rewritten by the server
 * @param contact what the device sent as its contact, with all parameters
 * @param until when the registration runs out
 * @param path the {@code Path} that came with it, if the extension keeps one
 */
public record Binding(
        String extension, String uri, String contact, Instant until, List<String> path) {

    /** Copies the list. */
    public Binding {
        path = List.copyOf(path);
    }
}
