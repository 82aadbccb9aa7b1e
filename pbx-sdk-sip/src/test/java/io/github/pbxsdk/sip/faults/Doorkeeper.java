package io.github.pbxsdk.sip.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy in front of a server that lets no WebSocket through: it wants credentials of its own. */
final class Doorkeeper implements AutoCloseable {

    private static final String REFUSAL =
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final ServerSocket listener;
    private final AtomicInteger refusals = new AtomicInteger();

    Doorkeeper(int port) throws IOException {
        this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::refuse, "doorkeeper");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns how often it has refused. */
    int refusals() {
        return refusals.get();
    }

    private void refuse() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                readHead(client);
                refusals.incrementAndGet();
                client.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // One that breaks off is not refused; the next one is.
            }
        }
    }

    private static void readHead(Socket client) throws IOException {
        BufferedReader head =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = head.readLine(); line != null; line = head.readLine()) {
            if (line.isEmpty()) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
