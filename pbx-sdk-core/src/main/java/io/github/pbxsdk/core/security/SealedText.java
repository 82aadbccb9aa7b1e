package io.github.pbxsdk.core.security;

import io.github.pbxsdk.core.security.SecretVaultException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The text {@code pbx1.<keyId>.<nonce>.<cipher>}, the last two in URL-safe Base64 without padding.
 *
 * <p>Sealed in with it are, each as four bytes of length and its UTF-8 bytes: {@code pbx1}, key id,
 * tenant, instance, field.
 */
final class SealedText {

    private static final String FORMAT = "pbx1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private static final Pattern VERSION = Pattern.compile("pbx([1-9][0-9]{0,3})\\..*");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String keyId;
    private final byte[] nonce;
    private final byte[] sealed;

    private SealedText(String keyId, byte[] nonce, byte[] sealed) {
        this.keyId = keyId;
        this.nonce = nonce;
        this.sealed = sealed;
    }

    static SealedText seal(VaultKey key, SecretField field, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return seal(key, field, secret, nonce);
    }

    static SealedText seal(VaultKey key, SecretField field, String secret, byte[] nonce) {
        byte[] plain = SealedPlace.utf8(secret, "the secret for " + field);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, field, nonce);
            return new SealedText(key.id(), nonce, cipher.doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal with AES-256-GCM", e);
        }
    }

    static SealedText parse(SecretField field, String text) {
        requireKnownVersion(field, text);
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4 || !VaultKey.isId(parts[1])) {
            throw notSealed(field);
        }
        byte[] nonce = decode(parts[2]);
        byte[] sealed = decode(parts[3]);
        if (nonce == null
                || nonce.length != NONCE_BYTES
                || sealed == null
                || sealed.length < TAG_BYTES) {
            throw notSealed(field);
        }
        return new SealedText(parts[1], nonce, sealed);
    }

    private static void requireKnownVersion(SecretField field, String text) {
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.matches()) {
            throw notSealed(field);
        }
        if (!matcher.group(1).equals("1")) {
            throw new SecretVaultException(
                    Kind.NEWER_FORMAT,
                    field
                            + (" is sealed in format pbx" + matcher.group(1))
                            + "; this version of pbx-sdk reads pbx1: update it",
                    null);
        }
    }

    private static SecretVaultException notSealed(SecretField field) {
        return new SecretVaultException(
                Kind.NOT_SEALED,
                field + " does not hold a whole sealed text, which looks like pbx1.….….…",
                null);
    }

    /** Refuses a text with stray bits at its end, which Java's decoder would let pass. */
    private static byte @Nullable [] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return encode(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            // Not Base64, so not sealed; the caller says so.
            return null;
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String keyId() {
        return keyId;
    }

    String open(VaultKey key, SecretField field) {
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, field, nonce).doFinal(sealed);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain)).toString();
        } catch (GeneralSecurityException | CharacterCodingException e) {
            throw SealedPlace.damagedOrMoved(field, keyId, e);
        }
    }

    private static Cipher cipher(int mode, VaultKey key, SecretField field, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.as("AES"), new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(SealedPlace.bytes(FORMAT, key.id(), field));
        return cipher;
    }

    @Override
    public String toString() {
        return FORMAT + "." + keyId + "." + encode(nonce) + "." + encode(sealed);
    }
}
