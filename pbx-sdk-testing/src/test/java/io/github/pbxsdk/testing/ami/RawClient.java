package io.github.pbxsdk.testing.ami;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that knows lines and nothing else. */
final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader input;

    RawClient(FakeAmi server) throws IOException {
        socket = new Socket(server.address().getAddress(), server.port());
        socket.setSoTimeout(5000);
        input =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    String readLine() throws IOException {
        return input.readLine();
    }

    void send(AmiMessage action) throws IOException {
        byte[] bytes = action.text("\r\n").getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(bytes);
    }

    /** Waits for the next message; one without lines is the end. */
    AmiMessage receive() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.isEmpty() && !text.isEmpty()) {
                break;
            }
            text.append(line).append('\n');
        }
        return AmiMessage.parse(text.toString());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
