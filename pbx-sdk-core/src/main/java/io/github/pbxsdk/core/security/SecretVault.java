package io.github.pbxsdk.core.security;

import io.github.pbxsdk.core.security.SecretVaultException.Kind;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Seals secrets, so that they can lie in a database or a settings file.
 *
 * <pre>{@code
 * SecretVault vault = SecretVault.of(VaultKey.fromEnvironment("2026-11", "PBX_VAULT_KEY"));
 *
 * SecretField field = SecretField.of("acme", "pbx-7", "ami.secret");
 * String sealed = vault.seal(field, secret);      // pbx1.2026-11.….…
 * String opened = vault.open(field, sealed);
 * }</pre>
 *
 * <p>A sealed text opens only for the very {@link SecretField} it was sealed for: copied to another
 * tenant, instance or field it is refused. Sealing the same secret twice gives two different texts.
 *
 * <p>To change the key, give the new one first and the old ones after it. Old texts still open, new
 * ones get the new key, and {@link #reseal} carries old texts over; then the old key can go.
 *
 * <p>The cipher is AES-256-GCM with a random nonce: one key is good for four thousand million
 * texts. Thread-safe.
 */
public final class SecretVault {

    private static final Pattern SEALED = Pattern.compile("pbx[1-9][0-9]{0,3}\\..*");

    private final VaultKeys keys;

    private SecretVault(VaultKeys keys) {
        this.keys = keys;
    }

    /**
     * Returns a vault with fixed keys.
     *
     * @param current seals, and opens what it sealed
     * @param older open what they sealed before
     * @throws IllegalArgumentException if two keys have the same id
     */
    public static SecretVault of(VaultKey current, VaultKey... older) {
        return of(VaultKeys.of(current, List.of(older)));
    }

    /** Returns a vault that asks for its keys, for instance a key server. */
    public static SecretVault of(VaultKeys keys) {
        return new SecretVault(keys);
    }

    /**
     * Tells whether a text looks sealed, by this or a newer version, rather than plain.
     *
     * <p>For settings that may be written either way. It says nothing about whether the text opens.
     */
    public static boolean isSealed(String text) {
        return SEALED.matcher(text).matches();
    }

    /**
     * Seals a secret for a place.
     *
     * @throws IllegalArgumentException if the secret or the field holds half a character (a lone
     *     surrogate), which could not be given back as it is
     */
    public String seal(SecretField field, String secret) {
        return SealedText.seal(keys.current(), field, secret).toString();
    }

    /**
     * Opens what was sealed for this place.
     *
     * @throws SecretVaultException if it does not open
     */
    public String open(SecretField field, String sealed) {
        SealedText text = SealedText.parse(field, sealed);
        return text.open(find(text.keyId(), field), field);
    }

    /**
     * Tells whether a text was sealed with another key than the one that seals now.
     *
     * @throws SecretVaultException if the text is not sealed, or by a newer version
     */
    public boolean needsReseal(SecretField field, String sealed) {
        return !SealedText.parse(field, sealed).keyId().equals(keys.current().id());
    }

    /**
     * Returns the text sealed with the key that seals now; the text itself if it is so already.
     *
     * @throws SecretVaultException if it needs to be sealed anew and does not open
     */
    public String reseal(SecretField field, String sealed) {
        return needsReseal(field, sealed) ? seal(field, open(field, sealed)) : sealed;
    }

    /**
     * Returns a stream with the sealed form of another one, for what is too long for a text.
     *
     * <p>The end is sealed in only when the other stream has come to its end in order. If it fails,
     * so does this one, and what was read until then is never taken for the whole. Closing it
     * closes the other stream. Memory: two chunks of 64 KiB.
     *
     * @throws IllegalArgumentException if the field holds half a character (a lone surrogate)
     */
    public InputStream sealing(SecretField field, InputStream plain) {
        return new SealingStream(keys.current(), field, plain);
    }

    /**
     * Returns a stream that writes the sealed form of what is written to it, in the format of the
     * other {@code sealing}.
     *
     * <p>Closing it seals the end in and closes the other stream. To give up halfway, close the
     * other one instead: what it has got is never taken for the whole then. Memory: two chunks of
     * 64 KiB.
     *
     * @throws IllegalArgumentException if the field holds half a character (a lone surrogate)
     */
    public OutputStream sealing(SecretField field, OutputStream sealed) {
        return new SealingOutput(keys.current(), field, sealed, SealingStream.randomSalt());
    }

    /**
     * Returns a stream with what was sealed by {@code sealing}.
     *
     * <p>Nothing of it is read before the first call of {@code read}. Each chunk of 64 KiB is
     * checked before any of it is handed out. When a chunk, or the end, does not pass, {@code read}
     * throws an {@link java.io.IOException} whose cause is a {@link SecretVaultException}: what
     * came before is genuine and not the whole. Closing it closes the other stream.
     */
    public InputStream opening(SecretField field, InputStream sealed) {
        return new OpeningStream(keyId -> find(keyId, field), field, sealed);
    }

    private VaultKey find(String keyId, SecretField field) {
        VaultKey key =
                keys.find(keyId)
                        .orElseThrow(
                                () ->
                                        new SecretVaultException(
                                                Kind.UNKNOWN_KEY,
                                                field
                                                        + (" is sealed with key " + keyId)
                                                        + ", which this vault does not have",
                                                null));
        if (!key.id().equals(keyId)) {
            throw new IllegalStateException(
                    "asked for key " + keyId + ", the VaultKeys gave key " + key.id());
        }
        return key;
    }

    @Override
    public String toString() {
        return "SecretVault[keys not shown]";
    }
}
