package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.sip.internal.digest.DigestSecret;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to register an extension.
 *
 * <p>Immutable.
 */
public final class RegisterOptions {

    private static final RegisterOptions DEFAULTS =
            new RegisterOptions(Duration.ofHours(1), OtherDevices.KEEP, null);

    private final Duration expires;
    private final OtherDevices otherDevices;
    private final DigestSecret.@Nullable Hashed hashed;

    private RegisterOptions(
            Duration expires, OtherDevices otherDevices, DigestSecret.@Nullable Hashed hashed) {
        this.expires = expires;
        this.otherDevices = otherDevices;
        this.hashed = hashed;
    }

    /** Returns the defaults: an hour, and other devices are left alone. */
    public static RegisterOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns options that ask for another time; one hour by default. Servers may grant more or
     * less, and it is prolonged before it runs out.
     *
     * @throws IllegalArgumentException if it is less than a second or more than a day
     */
    public RegisterOptions expires(Duration value) {
        if (value.toSeconds() < 1 || value.toSeconds() > 86_400) {
            throw new IllegalArgumentException(
                    "expires must be between a second and a day, not " + value);
        }
        return new RegisterOptions(value, otherDevices, hashed);
    }

    /**
     * Returns options for when another device is registered; {@link OtherDevices#KEEP} by default.
     */
    public RegisterOptions otherDevices(OtherDevices value) {
        return new RegisterOptions(expires, Objects.requireNonNull(value, "otherDevices"), hashed);
    }

    /** Returns options that end the registrations of other devices first. */
    public RegisterOptions takeOver() {
        return otherDevices(OtherDevices.TAKE_OVER);
    }

    /**
     * Returns options for credentials whose secret is not the password but the hash of {@code
     * user:realm:password} in hexadecimal digits, as {@code md5_cred} of Asterisk holds it. It
     * proves who we are to this realm and with this algorithm alone.
     *
     * @param realm the realm of the server; {@code asterisk} unless it was changed
     * @param algorithm {@code MD5}, {@code SHA-256} or {@code SHA-512-256}
     * @throws IllegalArgumentException if it is another algorithm
     */
    public RegisterOptions hashedSecret(String realm, String algorithm) {
        return new RegisterOptions(
                expires, otherDevices, new DigestSecret.Hashed(realm, algorithm));
    }

    /** Returns the time asked for. */
    public Duration expires() {
        return expires;
    }

    /** Returns what happens when another device is registered. */
    public OtherDevices otherDevices() {
        return otherDevices;
    }

    DigestSecret secret(Credentials credentials) {
        return new DigestSecret(credentials, hashed);
    }

    @Override
    public String toString() {
        return "RegisterOptions[" + expires + ", " + otherDevices + "]";
    }
}
