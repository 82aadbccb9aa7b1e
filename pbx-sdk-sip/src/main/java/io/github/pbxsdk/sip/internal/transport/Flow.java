package io.github.pbxsdk.sip.internal.transport;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** A way to one server that stands: a connected socket or a WebSocket. */
public interface Flow extends AutoCloseable {

    /** Returns where it leads. */
    HostAndPort peer();

    /** Returns our end, as a host that others can write into an address: Via and Contact. */
    String localAddress();

    /** Returns how messages travel, as a Via header names it. */
    String protocol();

    /** Tells whether what is sent arrives, or the flow ends. */
    boolean isReliable();

    /**
     * Hands over a message; does not wait until it has left.
     *
     * @param mayLeave asked just before it leaves; if it never is or says no, nothing has left
     * @throws PbxConnectionException if nothing is sent any more; nor is this
     */
    void send(byte[] message, BooleanSupplier mayLeave);

    /**
     * Reads until the flow ends.
     *
     * @throws PbxException with the reason for the end
     */
    void run(FlowReader reader);

    /** Returns when something was last heard. */
    Instant lastHeard();

    /** Ends it; repeatable, from any thread. */
    @Override
    void close();
}
