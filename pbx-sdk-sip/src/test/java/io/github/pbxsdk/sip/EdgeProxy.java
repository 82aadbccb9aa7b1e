package io.github.pbxsdk.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A proxy at the edge of a network, over UDP: whoever registers through it is reached through it
 * (RFC 3327).
 */
final class EdgeProxy implements AutoCloseable {

    private static final String END = "\r\n";

    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private volatile SocketAddress client = new InetSocketAddress(0);

    EdgeProxy(InetSocketAddress server) throws IOException {
        this.server = server;
        this.socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::relay, "edge-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Returns what it writes into registrations. */
    String path() {
        return "<sip:edge@127.0.0.1:" + port() + ";lr>";
    }

    private void relay() {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        while (!socket.isClosed()) {
            try {
                packet.setLength(65_536);
                socket.receive(packet);
                passOn(packet);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void passOn(DatagramPacket packet) throws IOException {
        String message =
                new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
        if (packet.getPort() == server.getPort()) {
            send(message.replace("Route: " + path() + END, ""), client);
        } else {
            client = packet.getSocketAddress();
            send(withPath(message), server);
        }
    }

    private String withPath(String message) {
        return message.startsWith("REGISTER")
                ? message.replaceFirst(END, END + "Path: " + path() + END)
                : message;
    }

    private void send(String message, SocketAddress to) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    @Override
    public void close() {
        socket.close();
    }
}
