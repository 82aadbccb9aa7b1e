package io.github.pbxsdk.testing.sip;

import io.github.pbxsdk.testing.internal.WebSocketPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes connections: plain ones or TLS, with SIP straight or in WebSockets. */
final class StreamDoor implements SipDoor {

    private static final Logger log = LoggerFactory.getLogger(StreamDoor.class);

    private final String transport;
    private final ServerSocket listener;
    private final Receiver receiver;
    private final @Nullable Supplier<SSLContext> tls;
    private final Thread acceptor;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /**
     * Opens a port.
     *
     * @param tls asked for each connection; null for plain ones
     */
    StreamDoor(String transport, int port, @Nullable Supplier<SSLContext> tls, Receiver receiver)
            throws IOException {
        this.transport = transport;
        this.tls = tls;
        this.receiver = receiver;
        this.listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        this.acceptor = Daemon.start("fake-sip-" + transport, this::accept);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                connections.add(socket);
                Daemon.start("fake-sip-" + transport + "-connection", () -> serve(socket));
            } catch (IOException e) {
                log.debug("no more connections over {}: {}", transport, e.getMessage());
            }
        }
    }

    private void serve(Socket plain) {
        try (plain;
                Socket socket = secured(plain)) {
            if (transport.startsWith("WS")) {
                serveWebSocket(socket);
            } else {
                serveStream(socket);
            }
        } catch (IOException e) {
            log.debug("a connection over {} ended: {}", transport, e.getMessage());
        } finally {
            connections.remove(plain);
        }
    }

    private Socket secured(Socket plain) throws IOException {
        if (tls == null) {
            return plain;
        }
        SSLSocket socket = (SSLSocket) tls.get().getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    private void serveStream(Socket socket) throws IOException {
        SipFrames frames = new SipFrames(socket.getInputStream());
        Peer peer = new Peer(socket, message -> socket.getOutputStream().write(message));
        try {
            for (byte[] message = frames.next(); message != null; message = frames.next()) {
                receiver.take(peer, message);
            }
        } finally {
            receiver.gone(peer);
        }
    }

    private void serveWebSocket(Socket socket) throws IOException {
        WebSocketPeer webSocket = WebSocketPeer.accept(socket, "/ws", "sip");
        Peer peer =
                new Peer(
                        socket,
                        message -> webSocket.sendText(new String(message, StandardCharsets.UTF_8)));
        try {
            while (true) {
                receiver.take(peer, webSocket.receive());
            }
        } finally {
            receiver.gone(peer);
        }
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void cut() {
        connections.forEach(StreamDoor::close);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a port failed", e);
        }
        // As long as it waits for connections, the port takes some.
        Daemon.awaitEnd(acceptor);
        cut();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing a connection failed: {}", e.getMessage());
        }
    }

    /** Writes to a connection. */
    @FunctionalInterface
    private interface Writer {

        void write(byte[] message) throws IOException;
    }

    /** One connection. */
    private final class Peer implements SipPeer {

        private final Socket socket;
        private final Writer writer;
        private final ReentrantLock writing = new ReentrantLock();

        Peer(Socket socket, Writer writer) {
            this.socket = socket;
            this.writer = writer;
        }

        @Override
        public String transport() {
            return transport;
        }

        @Override
        public InetSocketAddress address() {
            return (InetSocketAddress) socket.getRemoteSocketAddress();
        }

        @Override
        public void send(byte[] message) {
            writing.lock();
            try {
                writer.write(message);
            } catch (IOException e) {
                log.debug("a message was not sent: {}", e.getMessage());
            } finally {
                writing.unlock();
            }
        }

        @Override
        public void cut() {
            close(socket);
        }
    }
}
