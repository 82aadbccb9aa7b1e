package io.github.pbxsdk.ari;

import java.util.Objects;

/**
 * What stands between a client and the ARI of a server, if anything.
 *
 * @param outcome what it is
 * @param words the same in words, with what to do about it
 */
public record AriCheck(Outcome outcome, String words) {

    /** Checks that nothing is null. */
    public AriCheck {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(words, "words");
    }

    /** Tells whether a client can work, even if only by reading. */
    public boolean isUsable() {
        return outcome == Outcome.OK || outcome == Outcome.READ_ONLY;
    }

    /** What a check finds. */
    public enum Outcome {
        /** Nothing is wrong. */
        OK,
        /** The user may only read. */
        READ_ONLY,
        /** The HTTP server answers, and has no ARI at this address. */
        NO_ARI,
        /** The server does not accept user and password. */
        CREDENTIALS,
        /** The server is starting. */
        NOT_BOOTED,
        /** TLS does not come about: a certificate, or no TLS on this port. */
        TLS,
        /** Nobody listens there, or the name is not known. */
        UNREACHABLE,
        /** No answer comes: a firewall, or a wrong address. */
        SILENT,
        /** Something else. */
        OTHER
    }
}
