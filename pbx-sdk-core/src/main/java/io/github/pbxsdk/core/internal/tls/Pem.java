package io.github.pbxsdk.core.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads PEM text (RFC 7468): certificates, and private keys as PKCS#8, PKCS#1 or SEC 1.
 *
 * <p>Text outside the blocks is skipped. Failures say what is wrong but never show a key.
 */
public final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    /** Algorithm identifier of RSA, in DER. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /** Object identifier of elliptic-curve keys, in DER. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int CURVE = 0xa0;

    private Pem() {}

    /**
     * Returns the certificates in a text, in their order.
     *
     * @throws IllegalArgumentException if there is none, or one that cannot be read
     */
    public static List<X509Certificate> certificates(String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(text)) {
            if (block.label.equals("CERTIFICATE") || block.label.equals("TRUSTED CERTIFICATE")) {
                certificates.add(certificate(block));
            }
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no certificate: no block that begins with"
                            + " -----BEGIN CERTIFICATE-----");
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate certificate(Block block) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a certificate is damaged", e);
        }
    }

    /**
     * Returns the first private key in a text.
     *
     * @throws IllegalArgumentException if there is none, or one that is encrypted or cannot be read
     */
    public static PrivateKey privateKey(String text) {
        for (Block block : blocks(text)) {
            PrivateKey key = privateKey(block);
            if (key != null) {
                return key;
            }
        }
        // The old kind of openssl has headers in its block, and so is none for us.
        if (text.contains("Proc-Type: 4,ENCRYPTED")) {
            throw encrypted();
        }
        throw new IllegalArgumentException(
                "there is no private key: no block that begins with -----BEGIN PRIVATE KEY-----");
    }

    private static @Nullable PrivateKey privateKey(Block block) {
        return switch (block.label) {
            case "PRIVATE KEY" -> key(block.der);
            case "RSA PRIVATE KEY" -> key(pkcs8(RSA, block.der));
            case "EC PRIVATE KEY" -> key(pkcs8(der(SEQUENCE, EC, curve(block.der)), block.der));
            case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
            default -> null;
        };
    }

    private static IllegalArgumentException encrypted() {
        return new IllegalArgumentException(
                "the private key is encrypted; give it without, or as PKCS#12 with its password");
    }

    private static PrivateKey key(byte[] pkcs8) {
        GeneralSecurityException reason = null;
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // Of another kind, and the next one may fit.
                reason = e;
            }
        }
        throw new IllegalArgumentException(
                "the private key is damaged, or neither RSA nor an elliptic curve", reason);
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return der(SEQUENCE, VERSION_0, algorithm, der(OCTET_STRING, key));
    }

    /** Finds the curve in a key of SEC 1: SEQUENCE { 1, OCTET STRING, [0] curve, … }. */
    private static byte[] curve(byte[] key) {
        int at = headerLength(key, 0) + 3;
        if (at + 2 < key.length) {
            at += headerLength(key, at) + (key[at + 1] & 0xff);
        }
        if (at + 2 >= key.length || (key[at] & 0xff) != CURVE) {
            throw new IllegalArgumentException(
                    "the EC private key does not name its curve; give it as PKCS#8");
        }
        int length = key[at + 1] & 0xff;
        return Arrays.copyOfRange(key, at + 2, Math.min(key.length, at + 2 + length));
    }

    private static int headerLength(byte[] der, int at) {
        int first = der.length > at + 1 ? der[at + 1] & 0xff : 0;
        return first < 0x80 ? 2 : 2 + (first & 0x7f);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        writeLength(out, content.size());
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), decode(matcher.group(1), matcher.group(2))));
        }
        return blocks;
    }

    private static byte[] decode(String label, String base64) {
        String content = base64.replaceAll("\\s", "");
        try {
            return Base64.getDecoder().decode(content.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the block " + label + " is not Base64", e);
        }
    }

    private static final class Block {

        private final String label;
        private final byte[] der;

        Block(String label, byte[] der) {
            this.label = label;
            this.der = der;
        }
    }
}
