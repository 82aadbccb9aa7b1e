package io.github.pbxsdk.core;

/**
 * Gives the credentials at the moment they are needed, for instance from a vault.
 *
 * <p>It is asked before each log-in. After the peer has refused what it gave, nothing is sent until
 * it gives something else.
 */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * Returns the credentials to use now; may block for a moment.
     *
     * <p>It is called on a thread of the client, never on a listener's.
     */
    Credentials credentials();

    /** Returns a provider that always gives the same. */
    static CredentialsProvider of(Credentials credentials) {
        return () -> credentials;
    }
}
