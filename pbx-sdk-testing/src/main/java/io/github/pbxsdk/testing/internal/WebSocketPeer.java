package io.github.pbxsdk.testing.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's end of one WebSocket (RFC 6455), as much as AMI and SIP over it take. */
public final class WebSocketPeer {

    private static final Logger log = LoggerFactory.getLogger(WebSocketPeer.class);

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MAX_FRAME = 1 << 20;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream input;
    private final ReentrantLock writing = new ReentrantLock();
    private final StringBuilder requestHead = new StringBuilder();

    private WebSocketPeer(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new DataInputStream(socket.getInputStream());
    }

    /** Takes the opening request and agrees to it. */
    public static WebSocketPeer accept(Socket socket) throws IOException {
        WebSocketPeer peer = new WebSocketPeer(socket);
        peer.readRequest();
        peer.agree("");
        return peer;
    }

    /**
     * Takes the opening request and agrees to it if it has that path and offers that protocol.
     *
     * @throws IOException if it was refused
     */
    public static WebSocketPeer accept(Socket socket, String path, String protocol)
            throws IOException {
        WebSocketPeer peer = new WebSocketPeer(socket);
        peer.readRequest();
        if (!peer.requestHead().startsWith("GET " + path + " ")) {
            throw peer.refuse("404 Not Found");
        }
        if (!List.of(peer.header("Sec-WebSocket-Protocol").split("\\s*,\\s*")).contains(protocol)) {
            throw peer.refuse("400 Bad Request");
        }
        peer.agree("Sec-WebSocket-Protocol: " + protocol + "\r\n");
        return peer;
    }

    private void readRequest() throws IOException {
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            requestHead.append(line).append('\n');
        }
    }

    private void agree(String headers) throws IOException {
        write(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + ("Sec-WebSocket-Accept: " + acceptance(header("Sec-WebSocket-Key")))
                        + ("\r\n" + headers + "\r\n"));
    }

    private IOException refuse(String status) throws IOException {
        write(
                ("HTTP/1.1 " + status + "\r\nSec-WebSocket-Version: 7, 8, 13\r\n")
                        + "Content-Length: 0\r\n\r\n");
        close();
        return new IOException("a WebSocket was refused: " + status);
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String header(String name) {
        return requestHead
                .toString()
                .lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the opening request broke off");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static String acceptance(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            byte[] hash = digest.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        }
    }

    /** Returns the request that opened it. */
    public String requestHead() {
        return requestHead.toString();
    }

    /**
     * Waits for the next message, whatever its frames.
     *
     * @throws IOException when there will not be another one
     */
    public byte[] receive() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int first = input.readUnsignedByte();
            byte[] payload = payload();
            switch (first & 0x0F) {
                case CONTINUATION, TEXT, BINARY -> {
                    message.write(payload);
                    if ((first & 0x80) != 0) {
                        return message.toByteArray();
                    }
                }
                case PING -> send(PONG, payload);
                case CLOSE -> {
                    send(CLOSE, payload);
                    throw new EOFException("the client closed the WebSocket");
                }
                default -> log.debug("a frame without meaning for us");
            }
        }
    }

    private byte[] payload() throws IOException {
        int second = input.readUnsignedByte();
        long length = second & 0x7F;
        if (length == 126) {
            length = input.readUnsignedShort();
        } else if (length == 127) {
            length = input.readLong();
        }
        if (length > MAX_FRAME || length < 0) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] mask = new byte[4];
        if ((second & 0x80) != 0) {
            input.readFully(mask);
        }
        byte[] payload = new byte[(int) length];
        input.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    /** Sends a text frame. */
    public void sendText(String message) throws IOException {
        send(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a binary frame. */
    public void sendBinary(byte[] message) throws IOException {
        send(BINARY, message);
    }

    private void send(int opcode, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 10);
        frame.write(0x80 | opcode);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.write(payload);
        writing.lock();
        try {
            socket.getOutputStream().write(frame.toByteArray());
        } finally {
            writing.unlock();
        }
    }

    /** Hangs up without a word, as a network does. */
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing a WebSocket failed: {}", e.getMessage());
        }
    }
}
