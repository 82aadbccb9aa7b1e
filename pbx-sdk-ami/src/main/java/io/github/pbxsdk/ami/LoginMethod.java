package io.github.pbxsdk.ami;

/** How the client shows that it knows the secret. */
public enum LoginMethod {
    /**
     * By a digest of the secret and a number of the server's: the secret is never on the wire.
     * Every Asterisk can do it.
     */
    MD5,
    /**
     * By the secret itself; for what stands in front of a server and cannot do better. It needs
     * TLS, a server on this machine, or {@link AmiClient.Builder#allowPlaintext()}.
     */
    PLAIN
}
