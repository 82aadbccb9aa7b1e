package io.github.pbxsdk.ari;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A recording that was downloaded and compared with what was announced.
 *
 * @param name its name on the server
 * @param file where it lies now
 * @param bytes how long it is
 * @param sha256 the SHA-256 of its content, in small hexadecimal digits
 * @param contentType what the server says it is, such as {@code audio/wav}; its list may say
 *     otherwise where there are two formats of one name
 */
public record DownloadedRecording(
        String name, Path file, long bytes, String sha256, String contentType) {

    /** Checks that nothing is null. */
    public DownloadedRecording {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(contentType, "contentType");
    }
}
