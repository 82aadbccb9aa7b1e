package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.internal.Outbox;
import java.time.Instant;

/** Bytes to and from one server, in the order in which they were sent. */
interface ByteStream extends Outbox.Wire {

    /**
     * Reads what has come, at least one byte; waits for it as long as it takes.
     *
     * @return how many bytes were read, or -1 when the peer has ended it
     * @throws io.github.pbxsdk.core.PbxConnectionException if it was lost or closed
     */
    int read(byte[] buffer, int from);

    /** Returns when something was last read. */
    Instant lastRead();
}
