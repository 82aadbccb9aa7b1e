package io.github.pbxsdk.testing.ami;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's end of one WebSocket (RFC 6455), as much as AMI over it takes. */
final class WebSocketPeer {

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
    static WebSocketPeer accept(Socket socket) throws IOException {
        WebSocketPeer peer = new WebSocketPeer(socket);
        String key = peer.readRequest();
        String answer =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + ("Sec-WebSocket-Accept: " + acceptance(key) + "\r\n\r\n");
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        return peer;
    }

    private String readRequest() throws IOException {
        String key = "";
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            requestHead.append(line).append('\n');
            if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
                key = line.substring(18).strip();
            }
        }
        return key;
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
    String requestHead() {
        return requestHead.toString();
    }

    /**
     * Waits for the next message, whatever its frames.
     *
     * @throws IOException when there will not be another one
     */
    byte[] receive() throws IOException {
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

    void sendText(String message) throws IOException {
        send(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    void sendBinary(byte[] message) throws IOException {
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
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing a WebSocket failed: {}", e.getMessage());
        }
    }
}
