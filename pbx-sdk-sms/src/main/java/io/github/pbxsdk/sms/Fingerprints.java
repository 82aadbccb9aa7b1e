package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.TextMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What tells the caller's message from another one under the same key.
 *
 * <p>A file is read when somebody asks, and once: many texts can have the same one.
 */
final class Fingerprints {

    private final Map<MediaItem, String> files =
            Collections.synchronizedMap(new IdentityHashMap<>());

    /**
     * Returns the fingerprint of a message.
     *
     * @throws PbxException if a file of the message can't be read
     */
    String of(TextMessage message) {
        StringBuilder parts = new StringBuilder();
        message.to().forEach(to -> add(parts, to.key()));
        add(parts, message.from().map(Address::key).orElse(""));
        add(parts, message.text());
        message.media().forEach(item -> add(parts, partOf(item)));
        // Added where there is one only: what ledgers hold of all others stays as it is.
        message.scheduledAt().ifPresent(at -> add(parts, "at " + at));
        byte[] bytes = parts.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private String partOf(MediaItem item) {
        return item.url()
                .map(Object::toString)
                .orElseGet(() -> files.computeIfAbsent(item, Fingerprints::digestOf));
    }

    private static String digestOf(MediaItem file) {
        MessageDigest digest = sha256();
        try (InputStream content = new DigestInputStream(file.open(), digest)) {
            content.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | RuntimeException e) {
            throw new PbxException(
                    "a file of the text can't be read, so nothing was sent", e, false);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length, so that no two messages have the same parts. */
    private static void add(StringBuilder parts, String part) {
        parts.append(part.length()).append(':').append(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }
}
