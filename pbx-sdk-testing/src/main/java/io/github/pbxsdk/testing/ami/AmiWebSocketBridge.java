package io.github.pbxsdk.testing.ami;

import io.github.pbxsdk.testing.internal.WebSocketPeer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A WebSocket on loopback that carries the bytes of a manager interface, cut wherever it likes.
 *
 * <pre>{@code
 * try (FakeAmi server = FakeAmi.asterisk22();
 *         AmiWebSocketBridge bridge = AmiWebSocketBridge.binary(server.address(), 7)) {
 *     // … connect a client to bridge.uri()
 * }
 * }</pre>
 *
 * <p>The server may be a fake or a real one. Thread-safe.
 */
public final class AmiWebSocketBridge implements AutoCloseable {

    private final InetSocketAddress ami;
    private final boolean binary;
    private final int longest;
    private final WebSocketListener listener = new WebSocketListener(this::serve);

    private AmiWebSocketBridge(InetSocketAddress ami, boolean binary, int longest) {
        this.ami = ami;
        this.binary = binary;
        this.longest = longest;
        listener.start("ami-bridge");
    }

    /**
     * Starts a bridge that sends text messages.
     *
     * @param longest how many characters one has at most
     */
    public static AmiWebSocketBridge text(InetSocketAddress ami, int longest) {
        return new AmiWebSocketBridge(ami, false, longest);
    }

    /**
     * Starts a bridge that sends binary messages.
     *
     * @param longest how many bytes one has at most
     */
    public static AmiWebSocketBridge binary(InetSocketAddress ami, int longest) {
        return new AmiWebSocketBridge(ami, true, longest);
    }

    /** Returns where to connect to. */
    public URI uri() {
        return listener.uri();
    }

    /** Hangs up on all clients, as a network does. */
    public void cut() {
        listener.cut();
    }

    private void serve(WebSocketPeer peer) throws IOException {
        try (Socket server = new Socket(ami.getAddress(), ami.getPort())) {
            FakeAmi.thread("ami-bridge-back", () -> carryBack(server, peer));
            while (true) {
                server.getOutputStream().write(peer.receive());
            }
        }
    }

    private void carryBack(Socket server, WebSocketPeer peer) {
        try (InputStream input = server.getInputStream()) {
            if (binary) {
                carryBytes(input, peer);
            } else {
                carryText(input, peer);
            }
        } catch (IOException e) {
            // One of the two has hung up; the other one learns it below.
        } finally {
            peer.close();
        }
    }

    private void carryBytes(InputStream input, WebSocketPeer peer) throws IOException {
        byte[] chunk = new byte[longest];
        for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
            peer.sendBinary(Arrays.copyOf(chunk, count));
        }
    }

    private void carryText(InputStream input, WebSocketPeer peer) throws IOException {
        Reader reader = new InputStreamReader(input, StandardCharsets.UTF_8);
        char[] chunk = new char[longest];
        for (int count = reader.read(chunk); count >= 0; count = reader.read(chunk)) {
            peer.sendText(new String(chunk, 0, count));
        }
    }

    /** Closes the port and all connections; repeatable. */
    @Override
    public void close() {
        listener.close();
    }
}
