package io.github.pbxsdk.sip.internal.digest;

import io.github.pbxsdk.core.Credentials;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A user with what proves that it is he: the password, or the hash of user, realm and password,
 * which is good for that realm and algorithm alone.
 */
public record DigestSecret(Credentials credentials, @Nullable Hashed hashed) {

    /** What a hash was made for. */
    public record Hashed(String realm, String algorithm) {

        /**
         * Checks the algorithm.
         *
         * @throws IllegalArgumentException if it is not one of RFC 8760
         */
        public Hashed {
            if (DigestAlgorithm.find(algorithm).isEmpty() || DigestAlgorithm.isSession(algorithm)) {
                throw new IllegalArgumentException(
                        "the algorithm is MD5, SHA-256 or SHA-512-256, not " + algorithm);
            }
        }
    }

    /**
     * Checks a hash; the password can be anything.
     *
     * @throws IllegalArgumentException if it is not a hash of its algorithm
     */
    public DigestSecret {
        if (hashed != null) {
            int digits = hashed.algorithm().equalsIgnoreCase("MD5") ? 32 : 64;
            if (!credentials.secret().matches("[0-9A-Fa-f]{" + digits + "}")) {
                throw new IllegalArgumentException(
                        "the secret is to be a hash of "
                                + (hashed.algorithm() + ": " + digits + " hexadecimal digits"));
            }
        }
    }

    /** Tells whether it is good for a challenge. */
    boolean suits(DigestChallenge challenge) {
        return hashed == null
                || (hashed.realm().equals(challenge.realm())
                        && DigestAlgorithm.find(hashed.algorithm())
                                .filter(challenge.hash()::equals)
                                .isPresent());
    }

    /** Returns the hash of user, realm and password. */
    String hash(String realm, DigestAlgorithm algorithm) {
        return hashed != null
                ? credentials.secret().toLowerCase(Locale.ROOT)
                : algorithm.hash(credentials.user() + ":" + realm + ":" + credentials.secret());
    }
}
