package io.github.pbxsdk.sip;

/** How SIP messages travel. */
public enum SipTransport {
    /** Datagrams; what most telephones use. */
    UDP("UDP", "udp", 5060),
    /** One connection in clear text. */
    TCP("TCP", "tcp", 5060),
    /** One connection over TLS, with the certificate and its name checked. */
    TLS("TLS", "tls", 5061),
    /** A WebSocket in clear text, as browsers use it. */
    WS("WS", "ws", 80),
    /** A WebSocket over TLS, with the certificate and its name checked. */
    WSS("WSS", "ws", 443);

    private final String viaName;
    private final String uriName;
    private final int defaultPort;

    SipTransport(String viaName, String uriName, int defaultPort) {
        this.viaName = viaName;
        this.uriName = uriName;
        this.defaultPort = defaultPort;
    }

    /**
     * Returns the port where servers listen unless told otherwise; Asterisk has 8088, 8089 for WS.
     */
    public int defaultPort() {
        return defaultPort;
    }

    /** Tells whether others on the network can't read what is said. */
    public boolean isSecure() {
        return this == TLS || this == WSS;
    }

    /** Tells whether messages travel over a connection, which is lost or stands. */
    boolean isConnected() {
        return this != UDP;
    }

    boolean isWebSocket() {
        return this == WS || this == WSS;
    }

    /** Returns the name in a Via header. */
    String viaName() {
        return viaName;
    }

    /** Returns the parameter {@code transport} of a URI. */
    String uriName() {
        return uriName;
    }
}
