package io.github.pbxsdk.core.security;

import io.github.pbxsdk.core.security.SecretVaultException.Kind;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bytes that tie something sealed to its place. */
final class SealedPlace {

    private SealedPlace() {}

    /** Returns each part behind its length, so that no two places have the same bytes. */
    static byte[] bytes(String format, String keyId, SecretField field) {
        List<byte[]> parts =
                List.of(
                        utf8(format, "the format"),
                        utf8(keyId, "the key id"),
                        utf8(field.tenant(), "the tenant"),
                        utf8(field.instance(), "the instance"),
                        utf8(field.field(), "the field"));
        ByteBuffer all =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> 4 + part.length).sum());
        parts.forEach(part -> all.putInt(part.length).put(part));
        return all.array();
    }

    /** Refuses what UTF-8 cannot hold, for which Java would otherwise write a question mark. */
    static byte[] utf8(String text, String what) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    what + " holds half a character (a lone surrogate) and cannot be sealed", e);
        }
    }

    static SecretVaultException damagedOrMoved(SecretField field, String keyId, Exception cause) {
        return new SecretVaultException(
                Kind.DAMAGED_OR_MOVED,
                field
                        + (" does not open with key " + keyId)
                        + ": it was changed, or sealed for another tenant, instance or field,"
                        + " or with another key of that id",
                cause);
    }
}
