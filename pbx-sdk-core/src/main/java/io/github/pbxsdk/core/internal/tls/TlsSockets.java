package io.github.pbxsdk.core.internal.tls;

import io.github.pbxsdk.core.security.TlsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes sockets that keep to {@link TlsOptions}: TLS 1.2 or 1.3, with the host's name checked in
 * the handshake.
 */
public final class TlsSockets extends SSLSocketFactory {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final SSLSocketFactory sockets;
    private final int handshakeMillis;

    /**
     * Creates a factory.
     *
     * @param handshakeTimeout how long the peer may stay silent in the handshake; whoever has the
     *     socket then sets what holds afterwards
     */
    public TlsSockets(TlsOptions options, Duration handshakeTimeout) {
        this.sockets = options.sslContext().getSocketFactory();
        this.handshakeMillis = Math.toIntExact(handshakeTimeout.toMillis());
    }

    /**
     * Lays TLS over a connected socket; the handshake is still to be started.
     *
     * @param host the name that the certificate must hold
     */
    @Override
    public SSLSocket createSocket(Socket connected, String host, int port, boolean autoClose)
            throws IOException {
        return prepared(sockets.createSocket(connected, host, port, autoClose));
    }

    @Override
    public SSLSocket createSocket() throws IOException {
        return prepared(sockets.createSocket());
    }

    @Override
    public SSLSocket createSocket(String host, int port) throws IOException {
        return prepared(sockets.createSocket(host, port));
    }

    @Override
    public SSLSocket createSocket(String host, int port, InetAddress localHost, int localPort)
            throws IOException {
        return prepared(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public SSLSocket createSocket(InetAddress host, int port) throws IOException {
        return prepared(sockets.createSocket(host, port));
    }

    @Override
    public SSLSocket createSocket(
            InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return prepared(sockets.createSocket(address, port, localAddress, localPort));
    }

    private SSLSocket prepared(Socket socket) throws SocketException {
        SSLSocket secure = (SSLSocket) socket;
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.setSoTimeout(handshakeMillis);
        return secure;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }
}
