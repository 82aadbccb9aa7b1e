package io.github.pbxsdk.freepbx;

import java.util.Objects;

/**
 * What stands between a client and the API of a PBX, if anything.
 *
 * @param outcome what it is
 * @param words the same in words, with what to do about it
 */
public record FreePbxCheck(Outcome outcome, String words) {

    /** Checks that nothing is null. */
    public FreePbxCheck {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(words, "words");
    }

    /** Tells whether a client can work, even if not with everything. */
    public boolean isUsable() {
        return outcome == Outcome.OK || outcome == Outcome.FEW_SCOPES;
    }

    /** What a check finds. */
    public enum Outcome {
        /** Nothing is wrong. */
        OK,
        /** The API application may do only a part of what this client has operations for. */
        FEW_SCOPES,
        /** A web server answers, and has no API at this address. */
        NO_API,
        /** The PBX does not accept the API application. */
        CREDENTIALS,
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
