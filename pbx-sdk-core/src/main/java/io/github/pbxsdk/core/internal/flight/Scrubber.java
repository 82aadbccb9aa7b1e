package io.github.pbxsdk.core.internal.flight;

import io.github.pbxsdk.core.internal.redact.Redaction;

/**
 * Takes the secrets out of a message of one protocol.
 *
 * <p>Called on the thread that writes, from one thread at a time for each recorder. It is given the
 * message from its first byte on; a very long one may be cut at its end.
 */
@FunctionalInterface
public interface Scrubber {

    /** Returns the message without secrets. */
    String scrub(String message);

    /** Returns a scrubber that runs this one after it has masked secrets known to the client. */
    default Scrubber knowing(Redaction secrets) {
        return message -> scrub(secrets.maskKnown(message));
    }
}
