package io.github.pbxsdk.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who we are: a user, or API key, with its secret.
 *
 * <p>Immutable. {@link #toString()} never shows the secret.
 */
public final class Credentials {

    private final String user;
    private final String secret;

    private Credentials(String user, String secret) {
        this.user = Objects.requireNonNull(user, "user");
        this.secret = Objects.requireNonNull(secret, "secret");
    }

    /**
     * Returns credentials.
     *
     * @throws IllegalArgumentException if the user is empty
     */
    public static Credentials of(String user, String secret) {
        if (user.isEmpty()) {
            throw new IllegalArgumentException("the user of credentials must not be empty");
        }
        return new Credentials(user, secret);
    }

    /** Returns the user or API key. */
    public String user() {
        return user;
    }

    /** Returns the secret. Give it to the peer and to nobody else: no log, no message. */
    public String secret() {
        return secret;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Credentials that
                && user.equals(that.user)
                && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return Objects.hash(user, secret);
    }

    @Override
    public String toString() {
        return "Credentials[" + user + ", secret not shown]";
    }
}
