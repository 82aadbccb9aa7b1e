package io.github.pbxsdk.sip.internal.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The hash functions of RFC 8760. */
enum DigestAlgorithm {
    MD5("MD5", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    SHA_512_256("SHA-512-256", "SHA-512/256");

    private final String headerName;
    private final String javaName;

    DigestAlgorithm(String headerName, String javaName) {
        this.headerName = headerName;
        this.javaName = javaName;
    }

    /** Returns the algorithm with the name in a challenge, without {@code -sess}. */
    static Optional<DigestAlgorithm> find(String name) {
        String base = isSession(name) ? name.substring(0, name.length() - 5) : name;
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.headerName.equalsIgnoreCase(base)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    static boolean isSession(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith("-sess");
    }

    String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(javaName).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + javaName, e);
        }
    }
}
