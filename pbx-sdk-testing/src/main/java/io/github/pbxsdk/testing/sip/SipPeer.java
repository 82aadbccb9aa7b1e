package io.github.pbxsdk.testing.sip;

import java.net.InetSocketAddress;

/** Whoever is at the other end of a connection, or sends datagrams from an address. */
interface SipPeer {

    /** Returns {@code UDP}, {@code TCP}, {@code TLS}, {@code WS} or {@code WSS}. */
    String transport();

    /** Returns where it sends from. */
    InetSocketAddress address();

    /** Sends a message; does nothing if the connection is gone. */
    void send(byte[] message);

    /** Ends the connection, as a network does; does nothing for datagrams. */
    void cut();

    default boolean isWebSocket() {
        return transport().startsWith("WS");
    }

    /** Tells whether what is sent can be lost, so that it must be sent again. */
    default boolean losesMessages() {
        return transport().equals("UDP");
    }
}
