package io.github.pbxsdk.testing.ami;

import io.github.pbxsdk.testing.internal.WebSocketPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes WebSockets on a port of loopback. */
final class WebSocketListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebSocketListener.class);

    private final ServerSocket listener;
    private final Service service;
    private final List<WebSocketPeer> peers = new CopyOnWriteArrayList<>();

    /** What is done with each WebSocket. */
    @FunctionalInterface
    interface Service {

        /** Serves one until it ends. */
        void serve(WebSocketPeer peer) throws IOException;
    }

    WebSocketListener(Service service) {
        this.service = service;
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("no port on loopback is free", e);
        }
    }

    void start(String name) {
        FakeAmi.thread(name, () -> accept(name));
    }

    private void accept(String name) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                FakeAmi.thread(name + "-peer", () -> serve(socket));
            } catch (IOException e) {
                log.debug("no more WebSockets: {}", e.getMessage());
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            WebSocketPeer peer = WebSocketPeer.accept(socket);
            peers.add(peer);
            try {
                service.serve(peer);
            } finally {
                peers.remove(peer);
            }
        } catch (IOException e) {
            log.debug("a WebSocket ended: {}", e.getMessage());
        }
    }

    URI uri() {
        String host = listener.getInetAddress().getHostAddress();
        return URI.create("ws://" + host + ":" + listener.getLocalPort() + "/ami");
    }

    List<WebSocketPeer> peers() {
        return peers;
    }

    void cut() {
        peers.forEach(WebSocketPeer::close);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            log.debug("closing a port failed: {}", e.getMessage());
        }
        cut();
    }
}
