package io.github.pbxsdk.testing.ami;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP connection to a {@link FakeAmi}. */
final class FakeConnection implements FakeSession.Wire {

    private static final Logger log = LoggerFactory.getLogger(FakeConnection.class);

    private final FakeAmi server;
    private final Socket socket;
    private final ReentrantLock writing = new ReentrantLock();

    FakeConnection(FakeAmi server, Socket socket) {
        this.server = server;
        this.socket = socket;
    }

    void serve(FakeSession session) {
        try (BufferedReader input =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            server.awaitNotStalled();
            write(server.release().greeting() + "\r\n");
            StringBuilder text = new StringBuilder();
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (!line.isEmpty()) {
                    text.append(line).append('\n');
                } else if (!text.isEmpty()) {
                    session.take(text.toString());
                    text.setLength(0);
                }
            }
        } catch (IOException e) {
            log.debug("a connection to the fake ended: {}", e.getMessage());
        } finally {
            session.close();
        }
    }

    @Override
    public void write(String text) throws IOException {
        writing.lock();
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing a connection of the fake failed", e);
        }
    }
}
