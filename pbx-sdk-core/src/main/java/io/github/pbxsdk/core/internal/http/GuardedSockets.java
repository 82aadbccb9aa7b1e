package io.github.pbxsdk.core.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/**
 * Makes sockets that look at the address when they connect: a name that was looked up before may
 * mean another address by then.
 */
final class GuardedSockets extends SocketFactory {

    private final Predicate<? super InetAddress> allowed;

    GuardedSockets(Predicate<? super InetAddress> allowed) {
        this.allowed = allowed;
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new GuardedSocket(allowed);
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(
            InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(address, port));
    }

    private Socket connected(InetSocketAddress peer) throws IOException {
        Socket socket = createSocket();
        socket.connect(peer);
        return socket;
    }

    private static final class GuardedSocket extends Socket {

        private final Predicate<? super InetAddress> allowed;

        GuardedSocket(Predicate<? super InetAddress> allowed) {
            this.allowed = allowed;
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress peer)
                    || peer.getAddress() == null
                    || !allowed.test(peer.getAddress())) {
                throw new SocketException("this address must not be connected to");
            }
            super.connect(endpoint, timeout);
        }
    }
}
