package io.github.pbxsdk.sms.internal.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What all signature schemes are made of. Comparisons take the same time whatever they find. */
public final class Signatures {

    /** What stands before the 32 bytes of an Ed25519 key in DER. */
    private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private Signatures() {}

    /** Returns a text as bytes in UTF-8. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the parts, one behind the other. */
    public static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Tells whether two texts are equal. */
    public static boolean same(String expected, String given) {
        return MessageDigest.isEqual(utf8(expected), utf8(given));
    }

    /** Tells whether a given text equals what one of the secrets makes; all are tried. */
    public static boolean anySame(
            List<String> secrets, Function<String, String> scheme, String given) {
        boolean found = false;
        for (String secret : secrets) {
            found |= same(scheme.apply(secret), given);
        }
        return found;
    }

    /** Returns the HMAC of some bytes. */
    public static byte[] hmac(String algorithm, byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every Java has " + algorithm, e);
        }
    }

    /** Returns bytes in lower-case hexadecimal. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns bytes in base64. */
    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Returns the bytes of a text in base64, if it is one. */
    public static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64.strip()));
        } catch (IllegalArgumentException e) {
            // A signature that is none is wrong, which is all there is to know.
            return Optional.empty();
        }
    }

    /** Returns the SHA-256 of some bytes. */
    public static byte[] sha256(byte[] content) {
        return digest("SHA-256", content);
    }

    /** Returns the MD5 of some bytes, for providers that still use it. */
    public static byte[] md5(byte[] content) {
        return digest("MD5", content);
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every Java has " + algorithm, e);
        }
    }

    /**
     * Returns an Ed25519 key from its 32 bytes in base64.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static PublicKey ed25519(String base64) {
        byte[] raw = decoded(base64).orElse(new byte[0]);
        return key("Ed25519", joined(ED25519_HEAD, raw));
    }

    /**
     * Returns an RSA key from its DER form in base64.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static PublicKey rsa(String base64) {
        return key("RSA", decoded(base64).orElse(new byte[0]));
    }

    private static PublicKey key(String algorithm, byte[] der) {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this is no public key for " + algorithm, e);
        }
    }

    /** Tells whether a signature is by the owner of a key. */
    public static boolean isSigned(
            String algorithm, PublicKey key, byte[] content, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(content);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // A signature of the wrong length or form is a wrong one.
            return false;
        }
    }
}
