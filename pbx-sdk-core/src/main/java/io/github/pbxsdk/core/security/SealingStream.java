package io.github.pbxsdk.core.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Gives the sealed form of a plain stream. */
final class SealingStream extends ChunkStream {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SealedStreams chunks;
    private byte @Nullable [] header;
    private byte @Nullable [] ahead;
    private boolean isDone;

    SealingStream(VaultKey key, SecretField field, InputStream plain) {
        this(key, field, plain, randomSalt());
    }

    SealingStream(VaultKey key, SecretField field, InputStream plain, byte[] salt) {
        super(plain);
        this.chunks = SealedStreams.sealing(key, field, salt);
        this.header = header(key, salt).getBytes(StandardCharsets.US_ASCII);
    }

    static String header(VaultKey key, byte[] salt) {
        String saltText = Base64.getUrlEncoder().withoutPadding().encodeToString(salt);
        return SealedStreams.FORMAT + "." + key.id() + "." + saltText + "\n";
    }

    static byte[] randomSalt() {
        byte[] salt = new byte[SealedStreams.SALT_BYTES];
        RANDOM.nextBytes(salt);
        return salt;
    }

    @Override
    byte @Nullable [] nextChunk(InputStream plain) throws IOException {
        if (header != null) {
            byte[] first = header;
            header = null;
            return first;
        }
        return isDone ? null : sealNext(plain);
    }

    private byte[] sealNext(InputStream plain) throws IOException {
        byte[] current = ahead != null ? ahead : read(plain);
        ahead = current.length < SealedStreams.CHUNK_BYTES ? new byte[0] : read(plain);
        isDone = ahead.length == 0;
        try {
            return chunks.next(current, isDone);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal with AES-256-GCM", e);
        }
    }

    private static byte[] read(InputStream plain) throws IOException {
        return plain.readNBytes(SealedStreams.CHUNK_BYTES);
    }
}
