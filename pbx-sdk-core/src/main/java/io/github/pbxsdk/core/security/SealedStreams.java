package io.github.pbxsdk.core.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals or opens the chunks of one stream, in their order.
 *
 * <p>Format {@code pbxs1}: a line {@code pbxs1.<keyId>.<salt>}, the salt 32 bytes in URL-safe
 * Base64, then chunks of 65,536 bytes and their 16 bytes of check, the last one shorter or as long.
 * Each stream has a key of its own, HMAC-SHA256 under the vault's key of the place (as in {@link
 * SealedPlace}) and the salt: no two streams share a key, so nonces may count. The nonce of a chunk
 * is three zero bytes, eight of its number from 0 on, and one that is 1 for the last chunk: chunks
 * cannot change places, and an end cannot be cut off or added to.
 */
final class SealedStreams {

    static final String FORMAT = "pbxs1";
    static final int SALT_BYTES = 32;
    static final int CHUNK_BYTES = 64 * 1024;
    static final int TAG_BYTES = 16;

    private static final int NONCE_BYTES = 12;

    private final int mode;
    private final SecretKey key;
    private final Cipher cipher;
    private long chunks;

    private SealedStreams(int mode, VaultKey vaultKey, SecretField field, byte[] salt) {
        this.mode = mode;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(vaultKey.as("HmacSHA256"));
            mac.update(SealedPlace.bytes(FORMAT, vaultKey.id(), field));
            this.key = new SecretKeySpec(mac.doFinal(salt), "AES");
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal with AES-256-GCM", e);
        }
    }

    static SealedStreams sealing(VaultKey key, SecretField field, byte[] salt) {
        return new SealedStreams(Cipher.ENCRYPT_MODE, key, field, salt);
    }

    static SealedStreams opening(VaultKey key, SecretField field, byte[] salt) {
        return new SealedStreams(Cipher.DECRYPT_MODE, key, field, salt);
    }

    /** Returns the next chunk sealed or opened. */
    byte[] next(byte[] chunk, boolean isLast) throws GeneralSecurityException {
        byte[] done = process(chunk, isLast);
        chunks++;
        return done;
    }

    /** Tells whether a chunk is genuine, and not the last one. */
    boolean isFollowedByMore(byte[] chunk) {
        try {
            process(chunk, false);
            return true;
        } catch (GeneralSecurityException e) {
            // That is the answer.
            return false;
        }
    }

    boolean isAtStart() {
        return chunks == 0;
    }

    private byte[] process(byte[] chunk, boolean isLast) throws GeneralSecurityException {
        ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
        nonce.putLong(3, chunks).put(NONCE_BYTES - 1, (byte) (isLast ? 1 : 0));
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce.array()));
        return cipher.doFinal(chunk);
    }
}
