package io.github.pbxsdk.core.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that greets with one line, as a manager interface does, and then hangs up. */
final class OneLineServer implements AutoCloseable {

    private final ServerSocket listening;

    OneLineServer(String line) throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> greet(line), "one-line-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void greet(String line) {
        try (Socket socket = listening.accept()) {
            socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The test is over.
        }
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
