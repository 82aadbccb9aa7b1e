package io.github.pbxsdk.ami;

import java.time.Duration;
import java.time.Instant;

/** Bytes to and from one server, in the order in which they were sent. */
interface ByteStream extends AutoCloseable {

    /** Returns where it leads, for messages. */
    String peer();

    /**
     * Reads what has come, at least one byte; waits for it as long as it takes.
     *
     * @return how many bytes were read, or -1 when the peer has ended it
     * @throws io.github.pbxsdk.core.PbxConnectionException if it was lost or closed
     */
    int read(byte[] buffer, int from);

    /**
     * Writes all bytes.
     *
     * @throws io.github.pbxsdk.core.PbxException if they are not taken in time
     */
    void write(byte[] bytes, Duration timeout);

    /** Returns when something was last read. */
    Instant lastRead();

    /** Ends it at once, also under a thread that reads or writes. */
    @Override
    void close();
}
