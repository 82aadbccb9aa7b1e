package io.github.pbxsdk.testing.sip;

/** Takes messages on a port of loopback. */
interface SipDoor extends AutoCloseable {

    /** Who gets what comes in; called on the threads of the doors. */
    interface Receiver {

        /** Takes what came, one message or what a datagram held. */
        void take(SipPeer from, byte[] data);

        /** Learns that a connection has ended. */
        void gone(SipPeer peer);
    }

    /** Returns the port. */
    int port();

    /** Closes all connections and goes on taking new ones. */
    void cut();

    /** Closes the port and all connections. */
    @Override
    void close();
}
